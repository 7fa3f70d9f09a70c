//! Who did what.

pub mod audit;
pub mod query;
