//! Getting the goods to the buyer.

pub mod delivery;
pub mod shipment;
