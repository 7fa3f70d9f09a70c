//! Why a draft was not changed.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use super::company::NoCompany;
use crate::{
    cart::{CartError, Rejection},
    refusal::Denied,
};

/// Why a draft was not changed.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// There is no such draft.
    #[error("no such draft")]
    NotFound,
    /// No draft was sent with this token.
    #[error("no draft of this token")]
    WrongToken,
    /// It became an order, or was given up.
    #[error("the draft is not open")]
    NotOpen,
    /// It was changed since the version that was expected.
    #[error("the draft was changed meanwhile")]
    Stale,
    /// Nobody of this name buys here.
    #[error("no such customer")]
    NoSuchCustomer,
    /// It cannot be for this company.
    #[error(transparent)]
    Company(#[from] NoCompany),
    /// The draft has no such line.
    #[error("no such line")]
    NoSuchLine,
    /// Some steps cannot be done; none was.
    #[error("some steps cannot be done")]
    Rejected(Vec<Rejection>),
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

impl From<CartError> for DraftError {
    fn from(error: CartError) -> Self {
        match error {
            CartError::NotFound => Self::NotFound,
            CartError::Completed => Self::NotOpen,
            CartError::Stale => Self::Stale,
            CartError::Rejected(rejected) => Self::Rejected(rejected),
            CartError::Invalid(invalid) => Self::Invalid(invalid),
            CartError::KeyReused(reused) => Self::KeyReused(reused),
            CartError::Fault(fault) => Self::Fault(fault),
        }
    }
}
