//! The simulated card gateway itself. It moves no money, and stands outside of the shop: the shop
//! reaches it over HTTP with a key, and hears of its charges by notices that come late and twice.

mod capture;
mod challenge;
mod charge;
mod key;
mod notices;
mod refund;
mod rows;
mod serve;
mod void;

pub use capture::capture;
pub use challenge::{Challenge, challenge, find_challenge};
pub use charge::{Charge, charge};
pub use key::{key, tenant_of_key};
pub use notices::send_due_notices;
pub use refund::{Refund, refund};
pub use serve::{Answer, Call, serve};
pub use void::void;

use store::Fault;

/// Why the gateway does not do something.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// No test card has this token.
    #[error("no test card has this token")]
    InvalidCard,
    /// The amount is below zero, or not the charge's.
    #[error("the amount is not right")]
    InvalidAmount,
    /// The request cannot be read, or has no key.
    #[error("the request cannot be read")]
    InvalidRequest,
    /// The key was used for something else.
    #[error("the idempotency key was used for something else")]
    KeyReused,
    /// The merchant has no such charge.
    #[error("there is no such charge")]
    NotFound,
    /// The charge does not allow it as it is.
    #[error("the charge does not allow it")]
    NotAllowed,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}
