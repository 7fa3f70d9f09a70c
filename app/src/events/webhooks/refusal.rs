//! Why a webhook is not changed.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why a webhook is not changed.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// There is no such webhook.
    #[error("there is no such webhook")]
    NotFound,
    /// There is no such delivery.
    #[error("there is no such delivery")]
    NoDelivery,
    /// The webhook is not as the caller saw it.
    #[error("the webhook has changed")]
    Stale,
    /// The delivery is to be sent already.
    #[error("the delivery waits already")]
    Waits,
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
