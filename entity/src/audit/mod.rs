//! Who did what.

pub mod entry;
