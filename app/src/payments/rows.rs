//! The statements of payments.

use domain::{
    id::{self, Id, Order, Payment, PaymentEntry},
    money::{Currency, Money},
    payments::{entry::EntryKind, gateway::DeclineCode, method::Method, status::Status, tender::Tender},
};
use entity::payments::{gateway_notice, payment, payment_entry, payment_supplement};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};
use store::{Fault, Key, Read, Tx, Update};

use super::credit;

/// The payment that an id names, which nobody else can change until the transaction ends. Every step
/// begins with it, so that events of one payment are numbered in the order in which things happen.
pub(crate) async fn lock<K: Key<payment::Entity>>(tx: &Tx, id: K) -> Result<payment::Model, Fault> {
    // SQLite has no row locks and needs none: one transaction writes at a time.
    let found = tx.find::<payment::Entity>().by(id).lock(LockType::Update).one().await?;
    found.ok_or_else(|| Fault::new("there is no such payment"))
}

/// All payments of a reference, the first of them first, and the gift cards and store credit that they were paid with, which
/// nobody else can change until the transaction ends. Before stock, in all that locks both.
pub(crate) async fn lock_all(tx: &Tx, reference: Id<Order>) -> Result<Vec<payment::Model>, Fault> {
    // The first before the others: whoever adds one holds it, so that none is missed.
    let first = lock(tx, reference).await?;
    let more: Vec<_> = tx.find::<payment_supplement::Entity>().by(reference).all().await?;
    let mut all = vec![first];
    if !more.is_empty() {
        let find = tx.find::<payment::Entity>().by_any(more.iter().map(|row| row.payment_id));
        all.extend(find.order_by_asc(payment::Column::Id).lock(LockType::Update).all().await?);
    }
    credit::hold_of(tx, &all).await?;
    Ok(all)
}

/// The payments of references, each reference's first one first.
pub(crate) async fn payments_of(
    read: &Read,
    references: &[Id<Order>],
) -> Result<Vec<(Id<Order>, payment::Model)>, Fault> {
    let more = || read.find::<payment_supplement::Entity>().by_any(references.iter().copied());
    let is_first = payment::Column::ReferenceId.is_in(references.iter().copied());
    let is_more = payment::Column::Id.in_subquery(more().only(payment_supplement::Column::PaymentId));
    let find = read.find::<payment::Entity>().filter(is_first.or(is_more));
    let found = find.order_by_asc(payment::Column::Id).all().await?;
    let has_more = found.iter().any(|row| !references.contains(&row.reference_id));
    let more = if has_more { more().all().await? } else { Vec::new() };
    let pays = |row: &payment::Model| {
        let of = more.iter().find(|one| one.payment_id == row.id);
        of.map_or(row.reference_id, |one| one.reference_id)
    };
    Ok(found.into_iter().map(|row| (pays(&row), row)).collect())
}

/// What a payment pays, alone or with others.
pub(crate) async fn reference(read: &Read, payment: &payment::Model) -> Result<Id<Order>, Fault> {
    let more = read.find::<payment_supplement::Entity>().by(payment.id).one().await?;
    Ok(more.map_or(payment.reference_id, |row| row.reference_id))
}

/// A payment as it is.
pub(crate) async fn payment(read: &Read, id: Id<Payment>) -> Result<Option<payment::Model>, Fault> {
    read.find::<payment::Entity>().by(id).one().await
}

/// What a payment is paid with.
pub(crate) fn tender(payment: &payment::Model) -> Result<Tender, Fault> {
    Tender::parse(&payment.method).ok_or_else(|| Fault::new("a payment of an unknown method"))
}

/// Where a payment stands.
pub(crate) fn status(payment: &payment::Model) -> Result<Status, Fault> {
    Status::parse(&payment.status).ok_or_else(|| Fault::new("a payment of an unknown status"))
}

/// An amount of a payment.
pub(crate) fn money(payment: &payment::Model, minor: i64) -> Result<Money, Fault> {
    let currency = Currency::parse(&payment.currency).ok_or_else(|| Fault::new("a payment of an unknown currency"))?;
    Ok(Money::new(minor, currency))
}

/// Notes that the gateway holds so much money, if the payment waits for that. Says whether it did.
pub(crate) async fn set_authorised(tx: &Tx, payment: Id<Payment>, minor: i64, charge: &str) -> Result<bool, Fault> {
    let update = from(tx, payment, &Status::PAYABLE)
        .set(payment::Column::AuthorisedMinor, minor)
        .set(payment::Column::Charge, charge)
        .set(payment::Column::ChallengeUrl, None::<String>)
        .set(payment::Column::DeclineCode, None::<String>);
    to(update, Status::Authorised).await
}

/// Notes that the payer must confirm, if the payment waits for money. Says whether it did.
pub(crate) async fn set_challenged(tx: &Tx, payment: Id<Payment>, charge: &str, url: &str) -> Result<bool, Fault> {
    let update = from(tx, payment, &Status::PAYABLE)
        .set(payment::Column::Charge, charge)
        .set(payment::Column::ChallengeUrl, url)
        .set(payment::Column::DeclineCode, None::<String>);
    to(update, Status::RequiresAction).await
}

/// Notes that an attempt failed, if the payment waits for money. Says whether it did.
pub(crate) async fn set_declined(
    tx: &Tx,
    payment: Id<Payment>,
    charge: Option<&str>,
    code: DeclineCode,
) -> Result<bool, Fault> {
    let mut update = from(tx, payment, &Status::PAYABLE)
        .set(payment::Column::ChallengeUrl, None::<String>)
        .set(payment::Column::DeclineCode, code.code());
    if let Some(charge) = charge {
        update = update.set(payment::Column::Charge, charge);
    }
    to(update, Status::Declined).await
}

/// Notes that all of the money came in without a gateway, if none did yet. Says whether it did.
pub(crate) async fn set_received(tx: &Tx, payment: Id<Payment>, method: Method) -> Result<bool, Fault> {
    let due = Expr::col(payment::Column::AmountMinor).sub(Expr::col(payment::Column::ReducedMinor));
    let update = from(tx, payment, &[Status::Pending])
        .filter(payment::Column::Method.eq(method.code()))
        .set(payment::Column::AuthorisedMinor, due.clone())
        .set(payment::Column::CapturedMinor, due);
    to(update, Status::Captured).await
}

/// Asks for so much more, if the payment has waited for all of its money until now. Says whether it did.
pub(crate) async fn add_amount(tx: &Tx, payment: Id<Payment>, minor: i64) -> Result<bool, Fault> {
    let amount = Expr::col(payment::Column::AmountMinor).add(minor);
    let update = from(tx, payment, &[Status::Pending]).set(payment::Column::AmountMinor, amount);
    Ok(update.run().await? == 1)
}

/// Lets a part of what is to be paid fall away, if so much is to be paid and the shop got nothing. Says whether it did.
pub(crate) async fn add_reduced(tx: &Tx, payment: Id<Payment>, minor: i64) -> Result<bool, Fault> {
    let reduced = Expr::col(payment::Column::ReducedMinor).add(minor);
    let [pending, action, declined] = Status::PAYABLE;
    let update = from(tx, payment, &[pending, action, declined, Status::Authorised])
        .filter(reduced.clone().lte(Expr::col(payment::Column::AmountMinor)))
        .set(payment::Column::ReducedMinor, reduced);
    Ok(update.run().await? == 1)
}

/// Notes that the gateway took so much of what it held. Whether it may was settled before it did.
pub(crate) async fn add_captured(tx: &Tx, payment: Id<Payment>, minor: i64) -> Result<bool, Fault> {
    let captured = Expr::col(payment::Column::CapturedMinor).add(minor);
    let update = tx
        .update::<payment::Entity>()
        .by(payment)
        .filter(captured.clone().lte(Expr::col(payment::Column::AuthorisedMinor)))
        .set(payment::Column::CapturedMinor, captured);
    to(update, Status::Captured).await
}

/// Notes that so much goes back, if so much is left. Says whether it was.
pub(crate) async fn add_refunded(tx: &Tx, payment: Id<Payment>, minor: i64) -> Result<bool, Fault> {
    let refunded = Expr::col(payment::Column::RefundedMinor).add(minor);
    let changed = tx
        .update::<payment::Entity>()
        .by(payment)
        .filter(refunded.clone().lte(Expr::col(payment::Column::CapturedMinor)))
        .set(payment::Column::RefundedMinor, refunded)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Moves a payment from one status to another, in which there is nothing to confirm. Says whether it stood there.
pub(crate) async fn set_status(tx: &Tx, payment: Id<Payment>, before: Status, after: Status) -> Result<bool, Fault> {
    to(from(tx, payment, &[before]).set(payment::Column::ChallengeUrl, None::<String>), after).await
}

fn from<'t>(tx: &'t Tx, payment: Id<Payment>, statuses: &[Status]) -> Update<'t, payment::Entity> {
    let codes = statuses.iter().map(|status| status.code());
    tx.update::<payment::Entity>().by(payment).filter(payment::Column::Status.is_in(codes))
}

async fn to(update: Update<'_, payment::Entity>, status: Status) -> Result<bool, Fault> {
    Ok(update.set(payment::Column::Status, status.code()).run().await? == 1)
}

/// An entry by its id.
pub(crate) async fn entry(read: &Read, id: Id<PaymentEntry>) -> Result<Option<payment_entry::Model>, Fault> {
    read.find::<payment_entry::Entity>().by(id).one().await
}

/// Whether a payment has an entry of this kind.
pub(crate) async fn has_entry(read: &Read, payment: Id<Payment>, kind: EntryKind) -> Result<bool, Fault> {
    let kind = payment_entry::Column::Kind.eq(kind.code());
    Ok(read.find::<payment_entry::Entity>().by(payment).filter(kind).one().await?.is_some())
}

/// Whether an attempt or a request has an entry of this kind for an answer.
pub(crate) async fn is_answered(read: &Read, request: Id<PaymentEntry>, kind: EntryKind) -> Result<bool, Fault> {
    let answers = payment_entry::Column::RequestId.eq(request).and(payment_entry::Column::Kind.eq(kind.code()));
    Ok(read.find::<payment_entry::Entity>().filter(answers).one().await?.is_some())
}

/// Whether the gateway answered an attempt at all.
pub(crate) async fn has_answer(read: &Read, attempt: Id<PaymentEntry>) -> Result<bool, Fault> {
    let answers = payment_entry::Column::RequestId.eq(attempt);
    Ok(read.find::<payment_entry::Entity>().filter(answers).one().await?.is_some())
}

/// The entries of payments, the oldest first.
pub(crate) async fn entries(read: &Read, payments: &[Id<Payment>]) -> Result<Vec<payment_entry::Model>, Fault> {
    let find = read.find::<payment_entry::Entity>().by_any(payments.iter().copied());
    find.order_by_asc(payment_entry::Column::At).order_by_asc(payment_entry::Column::Id).all().await
}

/// A message of a gateway.
pub(crate) async fn notice(read: &Read, id: Id<id::Notice>) -> Result<Option<gateway_notice::Model>, Fault> {
    read.find::<gateway_notice::Entity>().by(id).one().await
}

/// Takes a message to act on it. `false`: somebody did.
pub(crate) async fn claim_notice(tx: &Tx, id: Id<id::Notice>) -> Result<bool, Fault> {
    let claim = tx
        .update::<gateway_notice::Entity>()
        .by(id)
        .filter(gateway_notice::Column::HandledAt.is_null())
        .set(gateway_notice::Column::HandledAt, Some(tx.now()));
    Ok(claim.run().await? == 1)
}
