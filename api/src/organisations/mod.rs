//! Companies that buy.

pub mod organisation;
pub mod query;
