//! The contract: what the schema says of itself.

pub mod introspection;

mod codes;
mod descriptions;
mod lists;
