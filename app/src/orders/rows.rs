//! The statements of orders.

use std::collections::HashMap;

use domain::{
    id::{Account, Channel, Id, Location, Order, OrderHold, Variant},
    identity::kind::AccountKind,
    orders::hold::HoldKind,
};
use entity::{
    catalog::variant,
    identity::account,
    inventory::location,
    orders::{
        order, order_address, order_cancellation, order_cancellation_line, order_edit, order_edit_line, order_exchange,
        order_hold, order_hold_release, order_import, order_line, order_note, order_status, order_tag,
        order_transition,
    },
};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};
use store::{Fault, Read, Tx};

/// The order of an id.
pub(super) async fn order(read: &Read, id: Id<Order>) -> Result<Option<order::Model>, Fault> {
    read.find::<order::Entity>().by(id).one().await
}

/// The order of an id, if this customer placed it.
pub(super) async fn order_of(read: &Read, customer: Id<Account>, id: Id<Order>) -> Result<Option<order::Model>, Fault> {
    read.find::<order::Entity>().by(id).by(customer).one().await
}

/// The order of a number.
pub(super) async fn order_by_number(read: &Read, number: &str) -> Result<Option<order::Model>, Fault> {
    read.find::<order::Entity>().filter(order::Column::Number.eq(number)).one().await
}

/// Those of these numbers that were imported into a channel.
pub(super) async fn imported(
    read: &Read,
    channel: Id<Channel>,
    numbers: &[&str],
) -> Result<Vec<order_import::Model>, Fault> {
    let find = read.find::<order_import::Entity>().by(channel);
    find.filter(order_import::Column::ExternalNumber.is_in(numbers.iter().copied())).all().await
}

/// Where orders came from that were imported.
pub(super) async fn origins(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_import::Model>, Fault> {
    read.find::<order_import::Entity>().by_any(orders.iter().copied()).all().await
}

/// The e-mail addresses of those of these accounts that are customers.
pub(super) async fn customers(read: &Read, accounts: &[Id<Account>]) -> Result<HashMap<Id<Account>, String>, Fault> {
    let find = read.find::<account::Entity>().by_any(accounts.iter().copied());
    let rows = find.filter(account::Column::Kind.eq(AccountKind::Customer.code())).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.email)).collect())
}

/// The variants that have these SKUs now.
pub(super) async fn variants(read: &Read, skus: &[&str]) -> Result<HashMap<String, Id<Variant>>, Fault> {
    let find = read.find::<variant::Entity>().filter(variant::Column::Sku.is_in(skus.iter().copied()));
    Ok(find.all().await?.into_iter().map(|row| (row.sku, row.id)).collect())
}

/// Orders by id.
pub(super) async fn orders(read: &Read, ids: &[Id<Order>]) -> Result<Vec<order::Model>, Fault> {
    read.find::<order::Entity>().by_any(ids.iter().copied()).all().await
}

/// The lines of orders, each order's in their order.
pub(super) async fn lines(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_line::Model>, Fault> {
    let find = read.find::<order_line::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_line::Column::Position).all().await
}

/// Where an order stands.
pub(super) async fn status(read: &Read, order: Id<Order>) -> Result<Option<order_status::Model>, Fault> {
    read.find::<order_status::Entity>().by(order).one().await
}

/// Where orders stand.
pub(super) async fn statuses(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_status::Model>, Fault> {
    read.find::<order_status::Entity>().by_any(orders.iter().copied()).all().await
}

/// The moves of orders, each order's in their sequence.
pub(super) async fn transitions(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_transition::Model>, Fault> {
    let find = read.find::<order_transition::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_transition::Column::Sequence).all().await
}

/// Locks where an order stands until the transaction ends.
pub(super) async fn lock_status(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    // SQLite has no row locks and needs none: one transaction writes at a time.
    tx.find::<order_status::Entity>().by(order).lock(LockType::Update).one().await.map(drop)
}

/// Sets an order's status to `next` if it still is as it was read, and not held meanwhile if it `waits_for_holds`.
/// Says whether it did.
pub(super) async fn replace_status(
    tx: &Tx,
    read: &order_status::Model,
    next: order_status::Model,
    waits_for_holds: bool,
) -> Result<bool, Fault> {
    let mut update = tx
        .update::<order_status::Entity>()
        .by(read.order_id)
        .filter(order_status::Column::Version.eq(read.version))
        .filter(order_status::Column::State.eq(read.state.as_str()));
    if waits_for_holds {
        update = update.filter(order_status::Column::OpenHolds.eq(0));
    }
    let changed = update
        .set(order_status::Column::State, next.state)
        .set(order_status::Column::Since, next.since)
        .set(order_status::Column::PayBefore, next.pay_before)
        .set(order_status::Column::Version, next.version)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Counts one more hold of an order if it still is as it was read. Says whether it was.
pub(super) async fn count_hold(tx: &Tx, read: &order_status::Model) -> Result<bool, Fault> {
    let changed = tx
        .update::<order_status::Entity>()
        .by(read.order_id)
        .filter(order_status::Column::Version.eq(read.version))
        .set(order_status::Column::OpenHolds, Expr::col(order_status::Column::OpenHolds).add(1))
        .run()
        .await?;
    Ok(changed == 1)
}

/// Counts one hold of an order less, if it has one. Says whether it had.
pub(super) async fn uncount_hold(tx: &Tx, order: Id<Order>) -> Result<bool, Fault> {
    let changed = tx
        .update::<order_status::Entity>()
        .by(order)
        .filter(order_status::Column::OpenHolds.gt(0))
        .set(order_status::Column::OpenHolds, Expr::col(order_status::Column::OpenHolds).sub(1))
        .run()
        .await?;
    Ok(changed == 1)
}

/// The place of a code.
pub(super) async fn location(read: &Read, code: &str) -> Result<Option<Id<Location>>, Fault> {
    let found = read.find::<location::Entity>().filter(location::Column::Code.eq(code)).one().await?;
    Ok(found.map(|row| row.id))
}

/// A hold by its id.
pub(super) async fn hold(read: &Read, id: Id<OrderHold>) -> Result<Option<order_hold::Model>, Fault> {
    read.find::<order_hold::Entity>().by(id).one().await
}

/// The holds of orders, the oldest first, released or not.
pub(super) async fn holds(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_hold::Model>, Fault> {
    let find = read.find::<order_hold::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_hold::Column::At).order_by_asc(order_hold::Column::Id).all().await
}

/// The ends of these holds.
pub(super) async fn releases(read: &Read, holds: &[Id<OrderHold>]) -> Result<Vec<order_hold_release::Model>, Fault> {
    read.find::<order_hold_release::Entity>().by_any(holds.iter().copied()).all().await
}

/// How many holds of a kind an order had that were released.
pub(super) async fn released_holds(read: &Read, order: Id<Order>, kind: HoldKind) -> Result<i64, Fault> {
    let of_kind = read.find::<order_hold::Entity>().by(order).filter(order_hold::Column::Kind.eq(kind.code()));
    let ended = order_hold_release::Column::HoldId.in_subquery(of_kind.only(order_hold::Column::Id));
    let count = read.find::<order_hold_release::Entity>().filter(ended).count().await?;
    i64::try_from(count).map_err(Fault::new)
}

/// Where orders go that shall go elsewhere than was said, of each the last one last.
pub(super) async fn addresses(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_address::Model>, Fault> {
    let find = read.find::<order_address::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_address::Column::OrderId).order_by_asc(order_address::Column::Sequence).all().await
}

/// The notes of orders, the oldest first.
pub(super) async fn notes(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_note::Model>, Fault> {
    let find = read.find::<order_note::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_note::Column::At).order_by_asc(order_note::Column::Id).all().await
}

/// The tags of orders, in the order in which they compare.
pub(super) async fn tags(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_tag::Model>, Fault> {
    let find = read.find::<order_tag::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_tag::Column::Folded).all().await
}

/// Takes a tag off an order. Says whether it bore it.
pub(super) async fn remove_tag(tx: &Tx, order: Id<Order>, folded: &str) -> Result<bool, Fault> {
    let removed = tx.delete::<order_tag::Entity>().by(order).filter(order_tag::Column::Folded.eq(folded)).run().await?;
    Ok(removed == 1)
}

/// What of orders was cancelled, the oldest first.
pub(super) async fn cancellations(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_cancellation::Model>, Fault> {
    let find = read.find::<order_cancellation::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_cancellation::Column::At).order_by_asc(order_cancellation::Column::Id).all().await
}

/// What of orders was changed after their placement, the oldest first.
pub(super) async fn edits(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_edit::Model>, Fault> {
    let find = read.find::<order_edit::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_edit::Column::At).order_by_asc(order_edit::Column::Id).all().await
}

/// What of orders left for what came back.
pub(super) async fn exchanges(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_exchange::Model>, Fault> {
    read.find::<order_exchange::Entity>().by_any(orders.iter().copied()).all().await
}

/// The lines of orders that came in later.
pub(super) async fn edit_lines(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_edit_line::Model>, Fault> {
    read.find::<order_edit_line::Entity>().by_any(orders.iter().copied()).all().await
}

/// Units of orders that were cancelled.
pub(super) async fn cancelled(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_cancellation_line::Model>, Fault> {
    read.find::<order_cancellation_line::Entity>().by_any(orders.iter().copied()).all().await
}
