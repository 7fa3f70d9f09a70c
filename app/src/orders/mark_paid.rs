//! Staff saw a bank transfer arrive.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManagePayments,
    orders::state::{Action, NotAllowed},
};
use store::{Fault, KeyReused};

use super::{Move, MoveError, machine, paid, release_hold::release_if_paid};
use crate::{
    cx::{Cx, Permit},
    payments::{self, ReceiveError},
    refusal::Denied,
};

/// Why an order is not marked as paid.
#[derive(Debug, thiserror::Error)]
pub enum MarkPaidError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// The order is not as the caller saw it, or another move came first.
    #[error("the order has changed")]
    Stale,
    /// The order does not wait for its payment.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The order is not paid by bank transfer, or its payment has ended.
    #[error("the payment is not one that staff receive")]
    NotPayable,
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

/// Takes note that the bank transfer for an order arrived, or for what came in later. Emits `order.paid`, or
/// `order.hold_released`.
pub async fn mark_paid(cx: &Cx, _may: Permit<ManagePayments>, input: Move) -> Result<Id<Order>, MarkPaidError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        match standing.step(Action::Pay) {
            Ok(step) => {
                payments::receive(tx, input.order).await?;
                paid::settle(tx, step).await?;
            }
            Err(MoveError::NotAllowed(refused)) => match payments::receive(tx, input.order).await {
                Ok(()) => release_if_paid(tx, input.order).await?,
                Err(ReceiveError::NotPayable) => return Err(refused.into()),
                Err(ReceiveError::Fault(fault)) => return Err(fault.into()),
            },
            Err(other) => return Err(other.into()),
        }
        Ok(input.order)
    })
    .await
}

impl From<MoveError> for MarkPaidError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotFound => Self::NotFound,
            MoveError::Stale => Self::Stale,
            MoveError::NotAllowed(refused) => Self::NotAllowed(refused),
            MoveError::KeyReused(reused) => Self::KeyReused(reused),
            MoveError::Denied(denied) => Self::Denied(denied),
            MoveError::Fault(fault) => Self::Fault(fault),
            other @ (MoveError::Invalid(_) | MoveError::OnHold(_)) => Self::Fault(Fault::new(other)),
        }
    }
}

impl From<ReceiveError> for MarkPaidError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::NotPayable => Self::NotPayable,
            ReceiveError::Fault(fault) => Self::Fault(fault),
        }
    }
}
