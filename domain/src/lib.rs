//! The rules of a shop: pure functions and types.
//!
//! Nothing here waits, knows the time, rolls dice or speaks to anything outside: facts in, verdict
//! out. Time, ids and rates are arguments. Contexts are modules; a use case has the same verb here
//! as in `app` and in the API.

pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod date;
pub mod events;
pub mod fulfilment;
pub mod id;
pub mod identity;
pub mod invalid;
pub mod inventory;
pub mod language;
pub mod money;
pub mod orders;
pub mod organisations;
pub mod outside;
pub mod payments;
pub mod pricing;
#[cfg(feature = "sql")]
mod sql;
pub mod text;
pub mod time;
