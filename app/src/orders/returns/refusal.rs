//! Why a return is not made, or not moved.

use domain::{invalid::Invalid, money::Money, orders::returns::NotAllowed, orders::state::State};
use store::{Fault, KeyReused};

use crate::{
    inventory::ChangeError,
    orders::{MoveError, RefundError, refund::NoCustomer},
    payments,
    refusal::Denied,
};

/// Why a return is not made, or not moved.
#[derive(Debug, thiserror::Error)]
pub enum ReturnError {
    /// There is no such return.
    #[error("there is no such return")]
    NotFound,
    /// There is no such order, or it is not the caller's to see.
    #[error("there is no such order")]
    NoSuchOrder,
    /// Another move came first.
    #[error("the return has changed")]
    Stale,
    /// The return is not where this can happen.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Nothing of an order in this state can be sent back.
    #[error("nothing of an order that is {state:?} can be sent back")]
    NotDelivered {
        /// Where the order stands.
        state: State,
    },
    /// The order was delivered too long ago.
    #[error("the order could be sent back for {days} days")]
    TooLate {
        /// How long it could be.
        days: i64,
    },
    /// The order has no such line.
    #[error("the order has no line as the one at {index}")]
    NoSuchLine {
        /// Which of the lines that were said.
        index: usize,
    },
    /// Too few units of the line can be sent back, or are.
    #[error("of the line at {index} only {max} can come back")]
    TooMany {
        /// Which of the lines that were said.
        index: usize,
        /// Units that could come back.
        max: i64,
    },
    /// It is not decided what becomes of all units of a line that came.
    #[error("{expected} units of the line at {index} came")]
    Undecided {
        /// Which of the lines that were said; the one after the last if the line was not said.
        index: usize,
        /// Units that came.
        expected: i64,
    },
    /// Somebody took the units from quarantine.
    #[error("only {available} of the units are in quarantine")]
    TooFewInQuarantine {
        /// Units that are there.
        available: i64,
    },
    /// There is no such place.
    #[error("there is no such place")]
    NoSuchLocation,
    /// The order is not moved.
    #[error(transparent)]
    Order(#[from] MoveError),
    /// More than there is to give back.
    #[error("no more than {max} can be refunded")]
    Exceeds {
        /// What can be given back.
        max: Money,
    },
    /// The shop has no money of this order.
    #[error("there is nothing to refund")]
    NothingToRefund,
    /// It cannot become store credit.
    #[error(transparent)]
    NoCustomer(#[from] NoCustomer),
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

impl From<payments::RefundError> for ReturnError {
    fn from(error: payments::RefundError) -> Self {
        match RefundError::from(error) {
            RefundError::Exceeds { max } => Self::Exceeds { max },
            RefundError::NothingToRefund => Self::NothingToRefund,
            RefundError::Fault(fault) => Self::Fault(fault),
            other @ (RefundError::NotFound
            | RefundError::Stale
            | RefundError::NotAllowed(_)
            | RefundError::NoSuchPayment
            | RefundError::NoCustomer(_)
            | RefundError::Invalid(_)
            | RefundError::KeyReused(_)
            | RefundError::Denied(_)) => Self::Fault(Fault::new(other)),
        }
    }
}

impl From<ChangeError> for ReturnError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Fault(fault) => Self::Fault(fault),
            other @ (ChangeError::Refused(_)
            | ChangeError::Invalid(_)
            | ChangeError::KeyReused(_)
            | ChangeError::Denied(_)) => Self::Fault(Fault::new(other)),
        }
    }
}
