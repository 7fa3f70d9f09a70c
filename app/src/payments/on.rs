//! Asking the gateway for what was written down to be asked.

use domain::{
    id::{Id, Payment, PaymentEntry},
    money::Money,
    outside::HttpRequest,
    payments::events::Request,
};
use serde::Deserialize;
use store::{Fault, Tx};

use super::{
    entries::{self, Became, Entry},
    rows,
};
use crate::{cx::Cx, outside};

/// The JSON of a request's event.
#[derive(Debug, Deserialize)]
struct Asked {
    payment: Id<Payment>,
    entry: Id<PaymentEntry>,
    request: Request,
    charge: String,
    amount: Money,
}

/// Whether it is one of the events that [`on`] carries out.
pub fn acts_on(event: &str) -> bool {
    matches!(event, "payment.capture_requested" | "payment.void_requested" | "payment.refund_requested")
}

/// Carries out what an event asks of the gateway. Twice has one effect. Fails for as long as the gateway does.
///
/// Emits `payment.captured`, `payment.voided` or `payment.refunded`.
pub async fn on(cx: &Cx, payload: &str) -> Result<(), Fault> {
    let asked: Asked = serde_json::from_str(payload).map_err(Fault::new)?;
    if is_done(cx, &asked).await? {
        return Ok(());
    }
    call(cx, &asked).await?;
    cx.write(async |tx| record(tx, &asked).await).await
}

async fn is_done(cx: &Cx, asked: &Asked) -> Result<bool, Fault> {
    // Its own handle, so that none is held while the gateway is asked.
    let read = cx.app().db.read(cx.scope());
    rows::is_answered(&read, asked.entry, asked.request.fulfilled().into()).await
}

async fn call(cx: &Cx, asked: &Asked) -> Result<(), Fault> {
    let gateway = cx.app().card_gateway(cx.scope().tenant());
    let gateway = gateway.ok_or_else(|| Fault::new("the card gateway is switched off"))?;
    let request: HttpRequest = match asked.request {
        Request::Capture => gateway.capture(&asked.charge, asked.amount, asked.entry),
        Request::Void => gateway.void(&asked.charge, asked.entry),
        Request::Refund => gateway.refund(&asked.charge, asked.amount, asked.entry),
    };
    let answer = outside::send(cx, request).await?;
    gateway.done(&answer).map_err(Fault::new)
}

/// Writes down that the gateway did it, once.
async fn record(tx: &Tx, asked: &Asked) -> Result<(), Fault> {
    rows::lock(tx, asked.payment).await?;
    let (payment, answers, amount) = (asked.payment, Some(asked.entry), asked.amount);
    let outcome = asked.request.fulfilled();
    if is_stray(tx, asked).await? {
        return entries::write(tx, Entry { payment, kind: outcome.into(), answers, amount, code: None })
            .await
            .map(drop);
    }
    let is_new = entries::became(tx, Became { payment, outcome, answers, amount, code: None }).await?;
    if is_new && asked.request == Request::Capture && !rows::add_captured(tx, payment, amount.minor).await? {
        return Err(Fault::new("more was captured than authorised"));
    }
    Ok(())
}

/// Whether the charge is one that the payment never took: then nothing became of the payment.
async fn is_stray(tx: &Tx, asked: &Asked) -> Result<bool, Fault> {
    Ok(rows::entry(tx, asked.entry).await?.is_some_and(|entry| entry.request_id.is_some()))
}
