//! Who signs in.

pub mod account;
pub mod account_role;
pub mod customer_group;
pub mod customer_group_member;
pub mod role;
pub mod session;
