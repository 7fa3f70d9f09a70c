//! Nothing is to be paid any more.

use domain::{
    id::{Id, Order},
    payments::{
        entry::EntryKind,
        events::{Outcome, Request},
        status::Status,
    },
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{
    entries::{self, Became, Wanted},
    refund::{self, RefundError},
    rows,
};

/// Ends the payments of a reference: closes each, gives up what is held, or gives back what was paid. A second call changes
/// nothing. Not between [`capture`](super::capture()) and the gateway's answer: what is shipped is not
/// cancelled.
///
/// Emits `payment.voided`, `payment.void_requested`, or what [`refund`](super::refund()) does.
pub async fn cancel(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    for payment in rows::lock_all(tx, reference).await? {
        one(tx, &payment).await?;
    }
    Ok(())
}

/// Ends a locked payment.
pub(super) async fn one(tx: &Tx, payment: &payment::Model) -> Result<(), Fault> {
    let status = rows::status(payment)?;
    match status {
        Status::Pending | Status::RequiresAction | Status::Declined => close(tx, payment, status).await,
        Status::Authorised => give_up(tx, payment).await,
        Status::Captured | Status::PartRefunded => give_back(tx, payment).await,
        Status::Refunded | Status::Voided => Ok(()),
    }
}

async fn close(tx: &Tx, payment: &payment::Model, status: Status) -> Result<(), Fault> {
    let amount = rows::money(payment, payment.amount_minor)?;
    if rows::set_status(tx, payment.id, status, Status::Voided).await? {
        let outcome = Outcome::Voided;
        entries::became(tx, Became { payment: payment.id, outcome, answers: None, amount, code: None }).await?;
    }
    Ok(())
}

async fn give_up(tx: &Tx, payment: &payment::Model) -> Result<(), Fault> {
    if rows::has_entry(tx, payment.id, EntryKind::RequestedCapture).await? {
        return Err(Fault::new("a payment was cancelled while it is captured"));
    }
    let amount = rows::money(payment, payment.authorised_minor)?;
    let charge = payment.charge.as_deref().ok_or_else(|| Fault::new("an authorisation without a charge"))?;
    if rows::set_status(tx, payment.id, Status::Authorised, Status::Voided).await? {
        let request = Request::Void;
        entries::want(tx, Wanted { payment: payment.id, request, charge, stray: None, amount }).await?;
    }
    Ok(())
}

/// Gives back all that is left of what was paid.
async fn give_back(tx: &Tx, payment: &payment::Model) -> Result<(), Fault> {
    let left = rows::money(payment, payment.captured_minor.saturating_sub(payment.refunded_minor))?;
    match refund::one(tx, payment, left).await {
        Ok(()) | Err(RefundError::NothingToRefund) => Ok(()),
        Err(RefundError::Fault(fault)) => Err(fault),
        Err(refused @ (RefundError::Exceeds { .. } | RefundError::WrongCurrency | RefundError::NoSuchPayment)) => {
            Err(Fault::new(refused))
        }
    }
}
