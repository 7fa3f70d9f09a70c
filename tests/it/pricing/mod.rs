//! What it costs whom, and why.

pub mod ask;
mod assign;
mod explain;
mod lists;
mod prices;
pub mod promotions;
mod quantity_rules;
mod quote;
mod refuse;
pub mod taxes;
