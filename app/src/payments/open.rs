//! Amounts are to be paid.

use domain::{
    id::{Id, Order, Payment},
    money::Money,
    payments::{
        entry::EntryKind,
        events::{Outcome, PaymentEvent},
        method::Method,
        status::Status,
        tender::{Share, Split, Tender},
    },
};
use entity::payments::{payment, payment_entry, payment_supplement};
use sea_orm::Set;
use store::{Fault, Stamp, Tx};

use super::credit;

/// What is to be paid.
#[derive(Clone, Debug)]
pub struct Open {
    /// For what.
    pub reference: Id<Order>,
    /// How what is left is paid; none if nothing is.
    pub method: Option<Method>,
    /// What is paid with gift cards and store credit, which [`credit::hold`] holds, and what is left.
    pub split: Split,
    /// Who pays.
    pub by: Stamp,
}

/// Opens the payments of each reference: one of what is left, and one that is paid already for each gift card and for store
/// credit; of what costs nothing, one of nothing, that is paid already.
///
/// Emits `payment.captured` for what is paid, and what [`credit`] does.
pub async fn open(tx: &Tx, payments: &[Open]) -> Result<(), Fault> {
    let (mut rows, mut supplements, mut paid) = (Vec::new(), Vec::new(), Vec::new());
    for open in payments {
        let rest = open.method.map(|method| (Tender::Method(method), open.split.rest, None));
        let shares = open.split.shares.iter().map(|share| (Tender::Credit(share.kind), share.amount, Some(share)));
        let is_free = open.method.is_none() && open.split.shares.is_empty();
        let free = is_free.then_some((Tender::Nothing, open.split.rest, None));
        for (index, (tender, amount, share)) in rest.into_iter().chain(shares).chain(free).enumerate() {
            let id = tx.new_id();
            let reference = if index == 0 { open.reference } else { own(id) };
            if index != 0 {
                supplements.push(supplement(id, open.reference));
            }
            let row = row(tx, (id, reference), tender, amount);
            rows.push(if share.is_some() || is_free { received(row, amount) } else { row });
            paid.extend(share.map(|share| (id, share, &open.by)));
        }
    }
    tx.insert_many(rows).await?;
    tx.insert_many(supplements).await?;
    redeem(tx, &paid).await
}

/// A payment, what is paid of it, and by whom.
type PaidBy<'p> = (Id<Payment>, &'p Share, &'p Stamp);

/// Pays payments with gift cards and store credit.
async fn redeem(tx: &Tx, paid: &[PaidBy<'_>]) -> Result<(), Fault> {
    for (payment, share, by) in paid {
        credit::redeem(tx, *payment, share, by).await?;
    }
    tx.insert_many(captures(tx, paid)).await?;
    let (stamps, events): (Vec<_>, Vec<_>) = paid.iter().map(|paid| (paid.2, captured(paid))).unzip();
    tx.emit_all(stamps.into_iter().zip(&events)).await
}

fn captures(tx: &Tx, paid: &[PaidBy<'_>]) -> Vec<payment_entry::ActiveModel> {
    let entry = |(payment, share, _): &PaidBy<'_>| payment_entry::ActiveModel {
        id: Set(tx.new_id()),
        payment_id: Set(*payment),
        kind: Set(EntryKind::Captured.code().to_owned()),
        request_id: Set(None),
        amount_minor: Set(share.amount.minor),
        code: Set(None),
        at: Set(tx.now()),
        ..Default::default()
    };
    paid.iter().map(entry).collect()
}

fn captured((payment, share, by): &PaidBy<'_>) -> PaymentEvent {
    let (outcome, amount) = (Outcome::Captured, share.amount);
    PaymentEvent::Settled { payment: *payment, outcome, amount, code: None, at: by.at }
}

/// What one more payment refers to: nothing else, for what both pay has its first payment.
pub(super) const fn own(payment: Id<Payment>) -> Id<Order> {
    Id::new(payment.uuid())
}

/// That a payment is one more for what another pays already.
pub(super) fn supplement(payment: Id<Payment>, reference: Id<Order>) -> payment_supplement::ActiveModel {
    payment_supplement::ActiveModel { payment_id: Set(payment), reference_id: Set(reference), ..Default::default() }
}

/// A payment of which nothing was paid yet.
pub(super) fn row(
    tx: &Tx,
    (id, reference): (Id<Payment>, Id<Order>),
    tender: Tender,
    amount: Money,
) -> payment::ActiveModel {
    payment::ActiveModel {
        id: Set(id),
        reference_id: Set(reference),
        method: Set(tender.code().to_owned()),
        status: Set(Status::Pending.code().to_owned()),
        currency: Set(amount.currency.code().to_owned()),
        amount_minor: Set(amount.minor),
        reduced_minor: Set(0),
        authorised_minor: Set(0),
        captured_minor: Set(0),
        refunded_minor: Set(0),
        created_at: Set(tx.now()),
        ..Default::default()
    }
}

/// The same, paid.
fn received(row: payment::ActiveModel, amount: Money) -> payment::ActiveModel {
    payment::ActiveModel {
        status: Set(Status::Captured.code().to_owned()),
        authorised_minor: Set(amount.minor),
        captured_minor: Set(amount.minor),
        ..row
    }
}
