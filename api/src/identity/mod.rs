//! Who signs in, and what they may do.

pub mod account;
pub mod customer;
mod errors;
pub mod group;
pub mod group_input;
pub mod group_mutation;
pub mod mutation;
pub mod query;
pub mod reader;
pub mod sign_in;
