//! How it gets there.

pub mod delivery;
mod ship;
pub mod shipments;

pub use ship::{Parcel, ship};
