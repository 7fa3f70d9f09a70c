//! Payments that were made elsewhere, before.

use domain::{
    id::{Id, Order},
    money::Money,
    payments::{entry::EntryKind, method::Method, status::Status},
    time::Instant,
};
use entity::payments::{payment, payment_entry};
use sea_orm::Set;
use store::{Fault, Tx};

/// What became of an amount elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Recorded {
    /// For what.
    pub reference: Id<Order>,
    /// How.
    pub method: Method,
    /// How much.
    pub amount: Money,
    /// What became of it: captured, refunded or voided.
    pub status: Status,
    /// When.
    pub at: Instant,
}

/// Writes the one payment of each reference as it ended. Nobody is asked for money, nothing goes back, and no event tells
/// of it.
pub async fn record(tx: &Tx, payments: &[Recorded]) -> Result<(), Fault> {
    let (mut rows, mut entries) = (Vec::with_capacity(payments.len()), Vec::new());
    for one in payments {
        let id = tx.new_id();
        let captured = matches!(one.status, Status::Captured | Status::Refunded);
        let refunded = one.status == Status::Refunded;
        let amount = |is_so: bool| if is_so { one.amount.minor } else { 0 };
        rows.push(payment::ActiveModel {
            id: Set(id),
            reference_id: Set(one.reference),
            method: Set(one.method.code().to_owned()),
            status: Set(one.status.code().to_owned()),
            currency: Set(one.amount.currency.code().to_owned()),
            amount_minor: Set(one.amount.minor),
            reduced_minor: Set(0),
            authorised_minor: Set(amount(captured)),
            captured_minor: Set(amount(captured)),
            refunded_minor: Set(amount(refunded)),
            created_at: Set(one.at),
            ..Default::default()
        });
        let kinds = [(captured, EntryKind::Captured), (refunded, EntryKind::Refunded), (!captured, EntryKind::Voided)];
        entries.extend(kinds.into_iter().filter(|(is_so, _)| *is_so).map(|(_, kind)| payment_entry::ActiveModel {
            id: Set(tx.new_id()),
            payment_id: Set(id),
            kind: Set(kind.code().to_owned()),
            request_id: Set(None),
            amount_minor: Set(one.amount.minor),
            code: Set(None),
            at: Set(one.at),
            ..Default::default()
        }));
    }
    tx.insert_many(rows).await?;
    tx.insert_many(entries).await
}
