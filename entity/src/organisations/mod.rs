//! Companies that buy.

pub mod organisation;
pub mod organisation_member;
pub mod organisation_unit;
