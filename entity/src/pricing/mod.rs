//! What it costs.

pub mod price;
pub mod price_list;
pub mod promotion;
pub mod tax_rate;
