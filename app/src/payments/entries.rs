//! Writing down what happens to a payment: an entry of its history, and the event of it.

use domain::{
    id::{Id, Payment, PaymentEntry},
    money::Money,
    payments::{
        entry::EntryKind,
        events::{Outcome, PaymentEvent, Request},
    },
};
use entity::payments::payment_entry;
use sea_orm::Set;
use store::{Fault, Tx};

/// One line of a payment's history.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'e> {
    /// Whose history.
    pub(crate) payment: Id<Payment>,
    /// What happened.
    pub(crate) kind: EntryKind,
    /// What it answers. One answer of a kind is written.
    pub(crate) answers: Option<Id<PaymentEntry>>,
    /// How much.
    pub(crate) amount: Money,
    /// Why, where it was refused.
    pub(crate) code: Option<&'e str>,
}

/// Writes an entry. `None`: what it answers has such an answer.
pub(crate) async fn write(tx: &Tx, entry: Entry<'_>) -> Result<Option<Id<PaymentEntry>>, Fault> {
    let id = tx.new_id();
    let row = payment_entry::ActiveModel {
        id: Set(id),
        payment_id: Set(entry.payment),
        kind: Set(entry.kind.code().to_owned()),
        request_id: Set(entry.answers),
        amount_minor: Set(entry.amount.minor),
        code: Set(entry.code.map(str::to_owned)),
        at: Set(tx.now()),
        ..Default::default()
    };
    Ok(tx.insert_new(row).await?.then_some(id))
}

/// Something that became of a payment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Became<'b> {
    /// Of which.
    pub(crate) payment: Id<Payment>,
    /// What.
    pub(crate) outcome: Outcome,
    /// What it answers. One answer of an outcome is written.
    pub(crate) answers: Option<Id<PaymentEntry>>,
    /// How much.
    pub(crate) amount: Money,
    /// Why, where it was refused.
    pub(crate) code: Option<&'b str>,
}

/// Writes what became of a payment. `false`: what it answers has such an answer.
///
/// Emits the event of the outcome.
pub(crate) async fn became(tx: &Tx, what: Became<'_>) -> Result<bool, Fault> {
    let Became { payment, outcome, answers, amount, code } = what;
    if write(tx, Entry { payment, kind: outcome.into(), answers, amount, code }).await?.is_none() {
        return Ok(false);
    }
    let code = code.map(str::to_owned);
    tx.emit(&PaymentEvent::Settled { payment, outcome, amount, code, at: tx.now() }).await?;
    Ok(true)
}

/// Something to ask the gateway for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'w> {
    /// For which payment.
    pub(crate) payment: Id<Payment>,
    /// What.
    pub(crate) request: Request,
    /// The charge it is about.
    pub(crate) charge: &'w str,
    /// The attempt whose charge the payment never took, and which is therefore given up.
    pub(crate) stray: Option<Id<PaymentEntry>>,
    /// How much.
    pub(crate) amount: Money,
}

/// Writes down what to ask the gateway for, once for a stray attempt. It is asked after the
/// transaction committed.
///
/// Emits the event of the request.
pub(crate) async fn want(tx: &Tx, wanted: Wanted<'_>) -> Result<(), Fault> {
    let Wanted { payment, request, charge, stray, amount } = wanted;
    let entry = Entry { payment, kind: request.into(), answers: stray, amount, code: None };
    let Some(entry) = write(tx, entry).await? else { return Ok(()) };
    let charge = charge.to_owned();
    tx.emit(&PaymentEvent::Requested { payment, entry, request, charge, amount, at: tx.now() }).await
}
