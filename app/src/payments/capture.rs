//! Taking the money that is held.

use domain::{
    id::{Id, Order},
    payments::{entry::EntryKind, events::Request, status::Status},
};
use entity::payments::payment;
use store::{Fault, Tx};

use super::{
    cancel,
    entries::{self, Wanted},
    rows,
};

/// Asks the gateway for the money that it holds, once: all but what fell away of what is to be paid. Does nothing if it
/// holds none. If all of it fell away it is given up.
///
/// Emits `payment.capture_requested`, or `payment.void_requested`.
pub async fn capture(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    for payment in rows::lock_all(tx, reference).await? {
        if rows::status(&payment)? == Status::Authorised {
            one(tx, &payment).await?;
        }
    }
    Ok(())
}

async fn one(tx: &Tx, payment: &payment::Model) -> Result<(), Fault> {
    if rows::has_entry(tx, payment.id, EntryKind::RequestedCapture).await? {
        return Ok(());
    }
    let due = payment.amount_minor.saturating_sub(payment.reduced_minor);
    if due == 0 {
        return cancel::one(tx, payment).await;
    }
    let amount = rows::money(payment, due.min(payment.authorised_minor))?;
    let charge = payment.charge.as_deref().ok_or_else(|| Fault::new("an authorisation without a charge"))?;
    entries::want(tx, Wanted { payment: payment.id, request: Request::Capture, charge, stray: None, amount }).await
}
