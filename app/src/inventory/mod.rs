//! What there is of each variant, where, and what is promised to whom.
//!
//! Every change of a level is one conditional statement together with the movement that explains it.

mod allocate;
mod confirm;
pub mod load;
mod release;
mod reserve;
mod rows;
mod ship;

pub use allocate::allocate;
pub use confirm::confirm;
pub use release::release;
pub use reserve::{Reserve, ReserveError, Shortage, reserve};
pub use ship::{promised, ship};
