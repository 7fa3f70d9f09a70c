//! Companies that buy.

pub mod organisation;
