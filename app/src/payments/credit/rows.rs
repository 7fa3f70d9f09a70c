//! The statements of gift cards and store credit.

use std::collections::HashMap;

use domain::{
    id::{Account, Credit, CreditLot, Id, Payment},
    money::Currency,
    payments::credit::CreditKind,
};
use entity::payments::{credit, credit_entry, credit_lot};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};
use store::{Fault, Read, Tx};

use super::Held;
use crate::list::grouped;

/// The ones of these ids, which nobody else can change until the transaction ends, in the order of their ids.
pub(super) async fn hold(tx: &Tx, ids: &[Id<Credit>]) -> Result<Vec<Held>, Fault> {
    // SQLite has no row locks and needs none: one transaction writes at a time.
    let find = tx.find::<credit::Entity>().by_any(ids.iter().copied()).order_by_asc(credit::Column::Id);
    let rows = find.lock(LockType::Update).all().await?;
    with_lots(tx, rows).await
}

/// The ones of these ids.
pub(super) async fn by_ids(read: &Read, ids: &[Id<Credit>]) -> Result<Vec<Held>, Fault> {
    let rows = read.find::<credit::Entity>().by_any(ids.iter().copied()).all().await?;
    with_lots(read, rows).await
}

/// Gift cards of these ids, and the store credit of customers in a currency.
pub(super) async fn wished(
    read: &Read,
    cards: &[Id<Credit>],
    (owners, currency): (&[Id<Account>], Currency),
) -> Result<Vec<credit::Model>, Fault> {
    let are_cards = Condition::all()
        .add(credit::Column::Kind.eq(CreditKind::GiftCard.code()))
        .add(credit::Column::Id.is_in(cards.iter().copied()));
    let theirs = Condition::all()
        .add(credit::Column::Kind.eq(CreditKind::StoreCredit.code()))
        .add(credit::Column::CustomerId.is_in(owners.iter().copied()))
        .add(credit::Column::Currency.eq(currency.code()));
    read.find::<credit::Entity>().filter(Condition::any().add(are_cards).add(theirs)).all().await
}

/// The store credit of a customer, in every currency.
pub(super) async fn of_customer(read: &Read, customer: Id<Account>) -> Result<Vec<Held>, Fault> {
    let find = read.find::<credit::Entity>().by(customer);
    let find = find.filter(credit::Column::Kind.eq(CreditKind::StoreCredit.code()));
    with_lots(read, find.order_by_asc(credit::Column::Currency).all().await?).await
}

/// The gift card whose code has this digest.
pub(super) async fn by_code(read: &Read, digest: &str) -> Result<Option<Held>, Fault> {
    let rows = read.find::<credit::Entity>().filter(credit::Column::CodeHash.eq(digest)).all().await?;
    Ok(with_lots(read, rows).await?.pop())
}

/// What is on these.
pub(super) async fn with_lots(read: &Read, rows: Vec<credit::Model>) -> Result<Vec<Held>, Fault> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let find = read.find::<credit_lot::Entity>().by_any(rows.iter().map(|row| row.id));
    let is_told = credit_lot::Column::LeftMinor.gt(0).or(credit_lot::Column::ExpiredMinor.gt(0));
    let lots = find.filter(is_told).order_by_asc(credit_lot::Column::Id).all().await?;
    let mut lots: HashMap<_, Vec<_>> = grouped(lots.into_iter().map(|lot| (lot.credit_id, lot)));
    Ok(rows.into_iter().map(|row| Held { lots: lots.remove(&row.id).unwrap_or_default(), row }).collect())
}

/// Lots by id.
pub(super) async fn lots(read: &Read, ids: &[Id<CreditLot>]) -> Result<Vec<credit_lot::Model>, Fault> {
    read.find::<credit_lot::Entity>().filter(credit_lot::Column::Id.is_in(ids.iter().copied())).all().await
}

/// Takes so much of a lot, if so much is left. Says whether it was.
pub(super) async fn take(tx: &Tx, lot: Id<CreditLot>, minor: i64) -> Result<bool, Fault> {
    let left = Expr::col(credit_lot::Column::LeftMinor).sub(minor);
    let update = tx.update::<credit_lot::Entity>().filter(credit_lot::Column::Id.eq(lot));
    let changed =
        update.filter(credit_lot::Column::LeftMinor.gte(minor)).set(credit_lot::Column::LeftMinor, left).run().await?;
    Ok(changed == 1)
}

/// Notes that what is left of a lot is worth nothing any more, if it is so much. Says whether it was.
pub(super) async fn expire(tx: &Tx, lot: Id<CreditLot>, minor: i64) -> Result<bool, Fault> {
    let update = tx.update::<credit_lot::Entity>().filter(credit_lot::Column::Id.eq(lot));
    let changed = update
        .filter(credit_lot::Column::LeftMinor.eq(minor))
        .set(credit_lot::Column::LeftMinor, 0_i64)
        .set(credit_lot::Column::ExpiredMinor, minor)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Blocks a gift card, or has it be good again, and counts the change.
pub(super) async fn set_blocked(tx: &Tx, id: Id<Credit>, is_blocked: bool) -> Result<(), Fault> {
    let update = tx.update::<credit::Entity>().by(id).set(credit::Column::IsBlocked, is_blocked);
    update.set(credit::Column::Version, Expr::col(credit::Column::Version).add(1_i64)).run().await.map(drop)
}

/// What moved balances because of payments, the oldest first.
pub(super) async fn entries_of(read: &Read, payments: &[Id<Payment>]) -> Result<Vec<credit_entry::Model>, Fault> {
    let find = read.find::<credit_entry::Entity>().by_any(payments.iter().copied());
    find.order_by_asc(credit_entry::Column::At).order_by_asc(credit_entry::Column::Id).all().await
}
