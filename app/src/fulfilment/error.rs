//! Why zones and sourcing are not changed.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why zones and sourcing are not changed.
#[derive(Debug, thiserror::Error)]
pub enum SourcingError {
    /// There is no such channel.
    #[error("there is no such channel")]
    NoChannel,
    /// There is no such place.
    #[error("there is no such place")]
    NoLocation,
    /// There is no such zone.
    #[error("there is no such zone")]
    NoZone,
    /// There are no such zones: where they stand in the input.
    #[error("there are no such zones")]
    NoZones(Vec<usize>),
    /// Another zone has the code.
    #[error("another zone has the code")]
    CodeTaken,
    /// It is not as the caller saw it, or another change came first.
    #[error("it has changed")]
    Stale,
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
