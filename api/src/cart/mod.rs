//! What is wanted.

pub mod address;
pub mod cart;
pub mod draft;
pub mod draft_input;
pub mod draft_mutation;
pub mod errors;
pub mod mutation;
pub mod query;
pub mod quote;
pub mod simulate;
pub mod steps;
pub mod warning;
