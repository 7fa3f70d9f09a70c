//! What a shopper is about to buy.

pub mod quantity;
