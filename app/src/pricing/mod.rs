//! What it costs: the facts that `domain::pricing` makes a quote of.

pub mod load;
mod rows;

pub use rows::{prices, promotions, tax_rates};
