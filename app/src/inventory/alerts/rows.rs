//! The statements of those who want to hear.

use std::collections::HashSet;

use domain::{
    id::{Account, Channel, Id, StockAlert, Variant},
    identity::email::Email,
    language::Language,
    time::Instant,
};
use entity::inventory::stock_alert;
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{LockBehavior, LockType},
};
use store::{Backend, Fault, Find, Read, Tx};

use super::due::AGAIN;
use crate::catalog;

/// In which state somebody waits.
const WAITING: &str = "WAITING";

/// In which state somebody was told.
const TOLD: &str = "TOLD";

/// Of what somebody wants to hear.
pub(super) struct Wish<'w> {
    pub(super) alert: Id<StockAlert>,
    pub(super) channel: Id<Channel>,
    pub(super) variant: Id<Variant>,
    pub(super) customer: Option<Id<Account>>,
    pub(super) email: &'w Email,
    pub(super) language: Language,
    pub(super) token_hash: String,
}

/// Those who wait.
pub(super) fn waiting(read: &Read) -> Find<'_, stock_alert::Entity> {
    read.find::<stock_alert::Entity>().filter(stock_alert::Column::State.eq(WAITING))
}

/// How many variants an address, or a customer, waits for.
pub(super) async fn n_waiting(read: &Read, email: &Email, customer: Option<Id<Account>>) -> Result<u64, Fault> {
    let mut of = Condition::any().add(stock_alert::Column::Email.eq(email.as_str()));
    if let Some(customer) = customer {
        of = of.add(stock_alert::Column::AccountId.eq(customer));
    }
    waiting(read).filter(of).count().await
}

/// Writes down what somebody wants to hear of, unless the address waits for it already. Says whether it was written.
pub(super) async fn insert(tx: &Tx, wish: Wish<'_>) -> Result<bool, Fault> {
    let row = stock_alert::ActiveModel {
        id: Set(wish.alert),
        channel_id: Set(wish.channel),
        variant_id: Set(wish.variant),
        account_id: Set(wish.customer),
        email: Set(wish.email.as_str().to_owned()),
        language: Set(wish.language.tag().to_owned()),
        token_hash: Set(wish.token_hash),
        state: Set(WAITING.to_owned()),
        created_at: Set(tx.now()),
        look_at: Set(tx.now().plus(AGAIN)),
        told_at: Set(None),
        ..Default::default()
    };
    tx.insert_new(row).await
}

/// A wish by its id.
pub(super) async fn by_id(read: &Read, id: Id<StockAlert>) -> Result<Option<stock_alert::Model>, Fault> {
    read.find::<stock_alert::Entity>().by(id).one().await
}

/// A wish by the hash of its token.
pub(super) async fn by_token(read: &Read, hash: &str) -> Result<Option<stock_alert::Model>, Fault> {
    read.find::<stock_alert::Entity>().filter(stock_alert::Column::TokenHash.eq(hash)).one().await
}

/// Removes a wish. Says whether it was there.
pub(super) async fn delete(tx: &Tx, id: Id<StockAlert>) -> Result<bool, Fault> {
    Ok(tx.delete::<stock_alert::Entity>().by(id).run().await? == 1)
}

/// Has those who wait for a variant looked at now.
pub(super) async fn look_now(tx: &Tx, variant: Id<Variant>) -> Result<(), Fault> {
    tx.update::<stock_alert::Entity>()
        .by(variant)
        .filter(stock_alert::Column::State.eq(WAITING))
        .filter(stock_alert::Column::LookAt.gt(tx.now()))
        .set(stock_alert::Column::LookAt, tx.now())
        .run()
        .await
        .map(drop)
}

/// Holds those of a channel whom it is time to look at, the longest due first, and passes by those whom another worker
/// holds.
pub(super) async fn hold_due(tx: &Tx, channel: Id<Channel>, limit: u64) -> Result<Vec<stock_alert::Model>, Fault> {
    let find = waiting(tx).by(channel).filter(stock_alert::Column::LookAt.lte(tx.now()));
    let find = find.order_by_asc(stock_alert::Column::LookAt).order_by_asc(stock_alert::Column::Id);
    let mut find = find.limit(limit);
    if tx.backend() == Backend::Postgres {
        find = find.lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    }
    find.all().await
}

/// Has those who are held looked at later.
pub(super) async fn look_later(tx: &Tx, held: &[stock_alert::Model], at: Instant) -> Result<(), Fault> {
    if held.is_empty() {
        return Ok(());
    }
    let update =
        tx.update::<stock_alert::Entity>().filter(stock_alert::Column::Id.is_in(held.iter().map(|row| row.id)));
    update.set(stock_alert::Column::LookAt, at).run().await.map(drop)
}

/// Writes down that those who are held are told.
pub(super) async fn set_told(tx: &Tx, held: &[stock_alert::Model]) -> Result<(), Fault> {
    if held.is_empty() {
        return Ok(());
    }
    let update =
        tx.update::<stock_alert::Entity>().filter(stock_alert::Column::Id.is_in(held.iter().map(|row| row.id)));
    let update = update.filter(stock_alert::Column::State.eq(WAITING)).set(stock_alert::Column::State, TOLD);
    let n_told = update.set(stock_alert::Column::ToldAt, tx.now()).run().await?;
    if usize::try_from(n_told).is_ok_and(|n_told| n_told == held.len()) {
        return Ok(());
    }
    Err(Fault::new("somebody who was held was told by somebody else"))
}

/// Removes those who wait since before `created`, or were told before `told`, a bounded number. Says how many.
pub(super) async fn forget(tx: &Tx, created: Instant, told: Instant, limit: u64) -> Result<usize, Fault> {
    let is_told = stock_alert::Column::State.eq(TOLD).and(stock_alert::Column::ToldAt.lt(told));
    let old = Condition::any().add(stock_alert::Column::CreatedAt.lt(created)).add(is_told);
    let rows = tx.find::<stock_alert::Entity>().filter(old).limit(limit).all().await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let ids = stock_alert::Column::Id.is_in(rows.iter().map(|row| row.id));
    let n_removed = tx.delete::<stock_alert::Entity>().filter(ids).run().await?;
    Ok(usize::try_from(n_removed).unwrap_or(usize::MAX))
}

/// Those of the variants that a channel shows.
pub(super) async fn shown(tx: &Tx, channel: Id<Channel>, variants: &[Id<Variant>]) -> Result<Vec<Id<Variant>>, Fault> {
    let rows = catalog::load::any_variants(tx, variants).await?;
    let products: HashSet<_> = rows.values().map(|row| row.product_id).collect();
    let products: Vec<_> = products.into_iter().collect();
    let shown = catalog::shown_at(tx, channel, &products, tx.now()).await?;
    Ok(rows.into_iter().filter(|(_, row)| shown.contains(&row.product_id)).map(|(id, _)| id).collect())
}
