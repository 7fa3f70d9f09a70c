//! Why a gift card or store credit is not changed.

use domain::{invalid::Invalid, money::Money};
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why a gift card or store credit is not changed.
#[derive(Debug, thiserror::Error)]
pub enum CreditError {
    /// There is no such gift card.
    #[error("there is no such gift card")]
    NoGiftCard,
    /// There is no such customer.
    #[error("there is no such customer")]
    NoCustomer,
    /// Another gift card has the code.
    #[error("another gift card has the code")]
    CodeTaken,
    /// There is less on it.
    #[error("there is less on it: {0}")]
    TooLittle(Money),
    /// It is not as the caller saw it.
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
