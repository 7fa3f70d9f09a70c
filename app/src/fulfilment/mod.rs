//! How it gets there.

pub mod delivery;
mod move_shipment;
mod ship;
pub mod shipments;

pub use move_shipment::{Step, shipment, states, step, units};
pub use ship::{Left, Parcel, ship};
