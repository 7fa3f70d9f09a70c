//! Why an order is not moved.

use domain::{
    invalid::Invalid,
    orders::{hold::HoldKind, state::NotAllowed},
};
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why an order is not moved.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// The order is not as the caller saw it, or another move came first.
    #[error("the order has changed")]
    Stale,
    /// The state machine has no such move.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// It must not go on for now.
    #[error("it is on hold: {0:?}")]
    OnHold(Vec<HoldKind>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}
