//! What there is of it.

pub mod location;
pub mod movement;
pub mod reservation;
pub mod stock_level;
