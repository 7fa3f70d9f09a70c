//! What a cart costs. Prices include tax.

pub mod adjust;
pub mod derive;
pub mod events;
pub mod floor;
pub mod list;
pub mod named;
pub mod promotions;
pub mod quantity_rule;
pub mod quote;
pub mod tax;
pub mod tiers;
pub mod validity;
#[cfg(test)]
mod worked_examples;
