//! How it gets there.

pub mod channel_sourcing;
pub mod delivery_method;
pub mod delivery_rate;
pub mod location_zone;
pub mod shipment;
pub mod shipment_line;
pub mod shipment_status;
pub mod shipment_step;
pub mod sourcing_decision;
pub mod zone;
pub mod zone_area;
