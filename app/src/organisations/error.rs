//! Why a company is not changed.

use domain::{invalid::Invalid, organisations::tree::StandError};
use store::{Fault, KeyReused};

use crate::refusal::Denied;

/// Why a company, a unit of it, or who buys for it, is not changed.
#[derive(Debug, thiserror::Error)]
pub enum OrganisationError {
    /// There is no such company.
    #[error("there is no such company")]
    NoOrganisation,
    /// There is no such unit, or it is another company's.
    #[error("there is no such unit")]
    NoUnit,
    /// There is no such unit of the company for it to be below.
    #[error("there is no such unit above")]
    NoParent,
    /// There are no such customers: where they stand in the input.
    #[error("there are no such customers")]
    NoCustomers(Vec<usize>),
    /// Another company, or another unit of the company, has the code.
    #[error("the code is taken")]
    CodeTaken {
        /// Whether it is a unit's.
        of_unit: bool,
    },
    /// The company has as many units as it may.
    #[error("too many units")]
    TooManyUnits,
    /// The unit cannot be below the other.
    #[error(transparent)]
    Stand(#[from] StandError),
    /// Something is below the unit, or somebody is in it.
    #[error("the unit is not empty")]
    UnitInUse,
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
