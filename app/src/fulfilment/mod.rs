//! How it gets there.

pub mod delivery;
mod ship;
pub mod shipments;

pub use ship::{Left, Parcel, ship};
