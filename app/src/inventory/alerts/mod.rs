//! Those who want to hear when a variant can be had again.
//!
//! Each is told once: an event says that it is due, and whoever writes to customers hears of that.

mod create;
mod due;
mod error;
mod forget;
pub mod list;
mod rows;
mod withdraw;

pub use create::{CreateAlert, create, token};
pub use due::{acts_on, on, tell_due};
pub use error::AlertError;
pub use forget::forget_old;
pub use withdraw::{remove, remove_own, withdraw};
