//! What there is of it.

pub mod backorder;
pub mod cart_hold;
pub mod inbound_supply;
pub mod location;
pub mod movement;
pub mod reservation;
pub mod stock_alert;
pub mod stock_allocation;
pub mod stock_count;
pub mod stock_count_line;
pub mod stock_level;
pub mod transfer;
pub mod transfer_line;
pub mod variant_selling;
