//! What is wanted.

pub mod cart;
pub mod cart_line;
pub mod draft_order;
