//! Companies that buy.

mod list;
