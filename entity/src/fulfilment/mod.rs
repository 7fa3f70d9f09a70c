//! How it gets there.

pub mod delivery_method;
pub mod delivery_rate;
pub mod shipment;
pub mod shipment_line;
pub mod shipment_status;
pub mod shipment_step;
pub mod zone;
pub mod zone_city;
