//! Taking the money that is held.

use domain::{
    id::{Id, Order},
    payments::{entry::EntryKind, events::Request, status::Status},
};
use store::{Fault, Tx};

use super::{
    entries::{self, Wanted},
    rows,
};

/// Asks the gateway for the money that it holds, once. Does nothing if it holds none.
///
/// Emits `payment.capture_requested`.
pub async fn capture(tx: &Tx, reference: Id<Order>) -> Result<(), Fault> {
    let payment = rows::lock(tx, reference).await?;
    if rows::status(&payment)? != Status::Authorised
        || rows::has_entry(tx, payment.id, EntryKind::RequestedCapture).await?
    {
        return Ok(());
    }
    let amount = rows::money(&payment, payment.authorised_minor)?;
    let charge = payment.charge.as_deref().ok_or_else(|| Fault::new("an authorisation without a charge"))?;
    entries::want(tx, Wanted { payment: payment.id, request: Request::Capture, charge, stray: None, amount }).await
}
