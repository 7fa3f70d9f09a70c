//! Why price lists, and limits of discounts, are not changed.

use domain::{invalid::Invalid, pricing::list::lineage::FollowError};
use store::{Fault, KeyReused};

use super::{AdjustRefused, RefusedPrice};
use crate::refusal::Denied;

/// Why price lists, and limits of discounts, are not changed.
#[derive(Debug, thiserror::Error)]
pub enum PricingError {
    /// There is no such list.
    #[error("there is no such list")]
    NoList,
    /// There is no such list to follow.
    #[error("there is no such parent")]
    NoParent,
    /// There is no such channel.
    #[error("there is no such channel")]
    NoChannel,
    /// There is no such customer group.
    #[error("there is no such customer group")]
    NoGroup,
    /// There is no such company.
    #[error("there is no such company")]
    NoOrganisation,
    /// There is no such unit of a company.
    #[error("there is no such unit")]
    NoUnit,
    /// Nobody buys by a list for this reason.
    #[error("there is no such assignment")]
    NoAssignment,
    /// The same buy by the list for the same reason already.
    #[error("they buy by the list already")]
    AssignedAlready,
    /// Another list has the code.
    #[error("another list has the code")]
    CodeTaken,
    /// The lists are of two currencies, or the list is not of the channel's.
    #[error("two currencies")]
    Currency {
        /// The field that names the other.
        field: &'static str,
    },
    /// The list cannot follow the other.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// It is not as the caller saw it, or another change came first.
    #[error("it has changed")]
    Stale,
    /// Some prices cannot be set.
    #[error("some prices cannot be set")]
    Refused(Vec<RefusedPrice>),
    /// Some prices cannot be raised or lowered so.
    #[error("some prices cannot be adjusted")]
    NotAdjusted(Vec<AdjustRefused>),
    /// What prices are chosen by is not there.
    #[error("there is no such thing")]
    NoSuch(String),
    /// There is no such variant to go on after.
    #[error("there is no such variant")]
    NoVariant,
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
