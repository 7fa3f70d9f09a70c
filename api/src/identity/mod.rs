//! Who signs in, and what they may do.

pub mod account;
pub mod customer;
mod errors;
pub mod mutation;
pub mod query;
mod reader;
mod sign_in;
