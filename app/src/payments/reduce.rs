//! A part of what is to be paid falls away.

use domain::{
    id::{Id, Order},
    money::Money,
    payments::{entry::EntryKind, status::Status},
};
use store::{Fault, Tx};

use super::{
    refund::{self, RefundError},
    rows,
};

/// Why nothing falls away.
#[derive(Debug, thiserror::Error)]
pub enum ReduceError {
    /// The gateway was asked for the money and did not answer yet.
    #[error("the money is being captured")]
    BeingCaptured,
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Locks the payment of a reference until the transaction ends, as every step of a payment begins.
pub async fn lock(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    rows::lock(tx, reference).await.map(drop)
}

/// Lets a part of what is to be paid fall away: less is collected or captured later, or, of what was paid already, so
/// much goes back, at most what is left of it. Does nothing if nothing is to be paid any more. Not while the gateway is
/// asked for the money.
///
/// Emits what [`refund`](super::refund()) does, if it was paid.
pub async fn reduce(tx: &Tx, reference: Id<Order>, amount: Money) -> Result<(), ReduceError> {
    let payment = rows::lock(tx, reference).await?;
    match rows::status(&payment)? {
        Status::Authorised if rows::has_entry(tx, payment.id, EntryKind::RequestedCapture).await? => {
            Err(ReduceError::BeingCaptured)
        }
        Status::Pending | Status::RequiresAction | Status::Declined | Status::Authorised => {
            if rows::add_reduced(tx, payment.id, amount.minor).await? {
                Ok(())
            } else {
                Err(Fault::new("more falls away than is to be paid").into())
            }
        }
        Status::Captured | Status::PartRefunded => {
            let left = payment.captured_minor.saturating_sub(payment.refunded_minor);
            give_back(tx, reference, Money::new(amount.minor.min(left), amount.currency)).await
        }
        Status::Refunded | Status::Voided => Ok(()),
    }
}

async fn give_back(tx: &Tx, reference: Id<Order>, amount: Money) -> Result<(), ReduceError> {
    if amount.minor <= 0 {
        return Ok(());
    }
    match refund::refund(tx, reference, Some(amount)).await {
        Ok(_) => Ok(()),
        Err(RefundError::Fault(fault)) => Err(fault.into()),
        Err(other @ (RefundError::NothingToRefund | RefundError::Exceeds { .. } | RefundError::WrongCurrency)) => {
            Err(Fault::new(other).into())
        }
    }
}
