//! What it costs.

pub mod list_price;
pub mod price_list;
pub mod price_list_assignment;
pub mod promotion;
pub mod tax_rate;
