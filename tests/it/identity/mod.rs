//! Who signs in, and as whom they are let in.

mod customers;
pub(crate) mod entering;
pub(crate) mod groups;
mod me;
mod merge;
mod refresh;
mod register;
mod sign_in;
mod sign_out;
mod token;
