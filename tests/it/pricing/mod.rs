//! What it costs whom, and why.

mod adjust;
pub mod ask;
mod assign;
pub mod costs;
mod explain;
pub mod floors;
mod lists;
mod measures;
mod most;
mod prices;
pub mod promotions;
mod quantity_rules;
mod quote;
mod raised;
mod refuse;
mod sums;
pub mod taxes;
