//! Who did what.

pub mod entry;
pub mod seal;
