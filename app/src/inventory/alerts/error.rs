//! Why nobody will be told.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why a wish to hear of a variant is not written down, or not taken back.
#[derive(Debug, thiserror::Error)]
pub enum AlertError {
    /// The channel shows no such variant.
    #[error("the channel shows no such variant")]
    NoVariant,
    /// It can be had now.
    #[error("it can be had now")]
    Available,
    /// There is no such wish, or it is somebody else's.
    #[error("there is no such wish")]
    NotFound,
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
