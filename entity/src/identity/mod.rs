//! Who signs in.

pub mod account;
pub mod account_role;
pub mod role;
pub mod session;
