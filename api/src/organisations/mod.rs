//! Companies that buy.

pub mod errors;
pub mod input;
pub mod member;
pub mod mutation;
pub mod organisation;
pub mod query;
pub mod unit;
pub mod unit_input;
pub mod unit_mutation;
