//! How it gets there: where it ships from and why, and where its parcels are.

mod decisions;
pub mod delivery;
mod error;
mod ground;
mod move_shipment;
mod rows;
mod ship;
pub mod shipments;
mod sourcing;
pub mod zones;

pub use decisions::{Decision, considered, decided, decisions_of};
pub use error::SourcingError;
pub use ground::{Grounds, grounds};
pub use move_shipment::{Step, shipment, states, step, units};
pub use ship::{Left, Parcel, ship};
pub use sourcing::{SetSourcing, Sourcing, set_sourcing, sourcing};
