//! What a shopper is about to buy.

pub mod draft;
pub mod draft_events;
pub mod events;
pub mod quantity;
