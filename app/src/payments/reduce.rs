//! A part of what is to be paid falls away.

use domain::{
    id::{Id, Order},
    money::Money,
    payments::{entry::EntryKind, status::Status},
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{
    cancel,
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

/// Locks the payments of a reference until the transaction ends, as every step of a payment begins.
pub async fn lock(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    rows::lock_all(tx, reference).await.map(drop)
}

/// Lets a part of what is to be paid fall away: less is collected or captured later, or, of what was paid already, so
/// much goes back, at most what is left of it. Of several payments what is not paid yet falls away first, the last that was
/// asked for before the others, then what was paid goes back, the first before the others. Does nothing if nothing is to be paid any more. Not while the gateway is asked for the
/// money.
///
/// Emits what [`refund`](super::refund()) does, if it was paid, and `payment.voided` or `payment.void_requested` for a
/// payment of which nothing is left, for the first only if another keeps money.
pub async fn reduce(tx: &Tx, reference: Id<Order>, amount: Money) -> Result<(), ReduceError> {
    let payments = rows::lock_all(tx, reference).await?;
    let mut left = amount.minor;
    let mut is_over = false;
    let keeps = |payment: &payment::Model| payment.refunded_minor < payment.captured_minor;
    let is_kept = payments.iter().any(keeps);
    let (paid, open): (Vec<_>, Vec<_>) =
        payments.iter().enumerate().partition(|(_, payment)| 0 < payment.captured_minor);
    for (index, payment) in open.into_iter().rev().chain(paid) {
        match rows::status(payment)? {
            Status::Pending | Status::RequiresAction | Status::Declined | Status::Authorised => {
                let due = payment.amount_minor.saturating_sub(payment.reduced_minor);
                let part = due.min(left);
                if part == 0 {
                    continue;
                }
                less(tx, payment, part).await?;
                // The first is the reference's own; where nothing else pays, the end of the reference ends it.
                if part == due && (index != 0 || is_kept) {
                    cancel::one(tx, payment).await?;
                }
                left = left.saturating_sub(part);
            }
            Status::Captured | Status::PartRefunded => {
                let part = payment.captured_minor.saturating_sub(payment.refunded_minor).min(left);
                give_back(tx, payment, Money::new(part, amount.currency)).await?;
                left = left.saturating_sub(part);
                is_over = true;
            }
            Status::Refunded | Status::Voided => is_over = true,
        }
    }
    if 0 < left && !is_over { Err(Fault::new("more falls away than is to be paid").into()) } else { Ok(()) }
}

/// Lets so much of a payment fall away that is not paid yet.
async fn less(tx: &Tx, payment: &payment::Model, minor: i64) -> Result<(), ReduceError> {
    if payment.status == Status::Authorised.code()
        && rows::has_entry(tx, payment.id, EntryKind::RequestedCapture).await?
    {
        return Err(ReduceError::BeingCaptured);
    }
    if rows::add_reduced(tx, payment.id, minor).await? {
        Ok(())
    } else {
        Err(Fault::new("more falls away than is to be paid").into())
    }
}

async fn give_back(tx: &Tx, payment: &payment::Model, amount: Money) -> Result<(), ReduceError> {
    if amount.minor <= 0 {
        return Ok(());
    }
    match refund::one(tx, payment, amount).await {
        Ok(()) => Ok(()),
        Err(RefundError::Fault(fault)) => Err(fault.into()),
        Err(
            other @ (RefundError::NothingToRefund
            | RefundError::Exceeds { .. }
            | RefundError::WrongCurrency
            | RefundError::NoSuchPayment),
        ) => Err(Fault::new(other).into()),
    }
}
