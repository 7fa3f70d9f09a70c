//! What is wanted.

pub mod address;
pub mod cart;
mod errors;
pub mod mutation;
pub mod query;
pub mod steps;
pub mod warning;
