//! Rows: one file a table, a folder a context, typed ids, no behaviour.

pub mod audit;
pub mod cart;
pub mod catalog;
pub mod channels;
pub mod checkout;
pub mod events;
pub mod fulfilment;
pub mod identity;
pub mod inventory;
pub mod orders;
pub mod organisations;
pub mod payments;
pub mod pricing;
