//! Getting the goods to the buyer.

pub mod delivery;
pub mod events;
mod parcels;
pub mod reason;
pub mod shipment;
pub mod source;
