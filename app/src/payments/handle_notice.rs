//! Acting on a message of a gateway.

use domain::{
    id::{self, Id, PaymentEntry},
    payments::{
        entry::EntryKind,
        gateway::{Authorisation, News, Notice},
    },
};
use store::{Fault, Read, Tx};

use super::{
    attempt::Attempt,
    rows,
    settle::{Settled, settle},
};
use crate::cx::Cx;

/// A stored message, read but not acted on yet.
#[derive(Clone, Debug)]
pub struct Incoming {
    id: Id<id::Notice>,
    /// The attempt it is about, and what it says; `None` if it is not about a payment of this shop.
    about: Option<(Attempt, Notice)>,
}

/// Reads a stored message, before the transaction in which it is acted on.
///
/// One that cannot be read any more, because the gateway was switched off or the key was changed
/// since, is logged, and [`handle_notice`] will put it aside.
pub async fn read_notice(cx: &Cx, id: Id<id::Notice>) -> Result<Incoming, Fault> {
    let read = cx.read();
    let stored = rows::notice(&read, id).await?.ok_or_else(|| Fault::new("there is no such notice"))?;
    let gateway = cx.app().card_gateway(cx.scope().tenant());
    let Some(notice) = gateway.and_then(|gateway| gateway.notice(&stored.signature, &stored.body).ok()) else {
        tracing::error!(notice = %id, "a stored notice of the card gateway cannot be read");
        return Ok(Incoming { id, about: None });
    };
    let Some(attempt) = attempt(&read, notice.attempt).await? else {
        tracing::warn!(notice = %id, "a notice of the card gateway is about no payment of this shop");
        return Ok(Incoming { id, about: None });
    };
    Ok(Incoming { id, about: Some((attempt, notice)) })
}

/// Acts on a message once. `None`: somebody did, or it says nothing about a payment's authorisation.
///
/// Emits what [`settle`](super::settle()) does.
pub async fn handle_notice(tx: &Tx, incoming: &Incoming) -> Result<Option<Settled>, Fault> {
    if !rows::claim_notice(tx, incoming.id).await? {
        return Ok(None);
    }
    let Some((attempt, notice)) = &incoming.about else { return Ok(None) };
    let charge = notice.charge.clone();
    match notice.news {
        News::Authorised => settle(tx, attempt, &Authorisation::Granted { charge }).await.map(Some),
        News::Declined(code) => {
            let payment = rows::lock(tx, attempt.payment).await?;
            // The end of an older attempt is not the end of the one that is under way.
            if payment.charge.is_some_and(|current| current != charge) {
                return Ok(None);
            }
            settle(tx, attempt, &Authorisation::Refused { charge: Some(charge), code }).await.map(Some)
        }
        // Our own requests are repeated under their keys until the gateway confirms them. The notices of
        // it say nothing new, and do not say which of several refunds they mean.
        News::Captured | News::Voided | News::Refunded => Ok(None),
    }
}

/// The attempt that an entry is.
async fn attempt(read: &Read, entry: Id<PaymentEntry>) -> Result<Option<Attempt>, Fault> {
    let Some(tried) = rows::entry(read, entry).await? else { return Ok(None) };
    if tried.kind != EntryKind::Attempt.code() {
        return Ok(None);
    }
    let Some(payment) = rows::payment(read, tried.payment_id).await? else { return Ok(None) };
    let amount = rows::money(&payment, tried.amount_minor)?;
    Ok(Some(Attempt { payment: payment.id, reference: rows::reference(read, &payment).await?, entry, amount }))
}
