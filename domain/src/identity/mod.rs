//! People: who they are, how to reach them, and what they may do.

pub mod address;
pub mod country;
pub mod email;
pub mod events;
pub mod group_events;
pub mod kind;
pub mod password;
pub mod permission;
pub mod phone;
