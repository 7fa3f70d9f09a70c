//! Why taxes are not changed.

use domain::invalid::Invalid;
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why taxes are not changed.
#[derive(Debug, thiserror::Error)]
pub enum TaxError {
    /// There is no such class, customer, group, channel or exemption.
    #[error("there is no such record")]
    Missing {
        /// The path of the field that names it.
        field: &'static [&'static str],
    },
    /// There are no such products: their places in the input.
    #[error("there are no such products")]
    NoProducts(Vec<usize>),
    /// Another class has the code.
    #[error("another class has the code")]
    CodeTaken,
    /// Another exemption of the same people says the same.
    #[error("another exemption says the same")]
    GrantedAlready,
    /// Another change came first.
    #[error("another change came first")]
    Stale,
    /// It is not as the caller saw it.
    #[error("it has changed")]
    StaleVersion,
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

/// There is no such record as this field names.
pub(super) const fn missing(field: &'static [&'static str]) -> TaxError {
    TaxError::Missing { field }
}
