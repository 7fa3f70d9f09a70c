//! What a cart costs. Prices include tax.

pub mod promotion;
pub mod quote;
pub mod tax;
