//! Companies that buy: their units, who buys for them, and what they are registered as.

pub mod events;
pub mod registration;
pub mod seat;
pub mod tree;
