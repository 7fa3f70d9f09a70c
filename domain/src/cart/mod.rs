//! What a shopper is about to buy.

pub mod events;
pub mod quantity;
