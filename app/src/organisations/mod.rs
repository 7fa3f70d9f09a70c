//! Companies that buy.

pub mod list;
pub mod load;
