//! What is wanted.

pub mod cart;
pub mod cart_line;
