//! From a cart to an order: the one orchestrator.

mod complete;
mod error;
mod notice;
mod pay;
mod place;
mod token;

pub use complete::{Card, Complete, Completed, complete};
pub use error::{CheckoutError, Missing, PayError};
pub use notice::handle_notices;
pub use pay::{Pay, pay};
pub use token::order_token;
