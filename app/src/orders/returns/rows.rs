//! The statements of returns.

use domain::{
    id::{Id, Location, Order, OrderLine, Return},
    orders::returns::State,
};
use entity::orders::{
    order_line_returned, order_return, order_return_line, order_return_outcome, order_return_receipt,
    order_return_status, order_return_step,
};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

/// A return by its id.
pub(super) async fn one(read: &Read, id: Id<Return>) -> Result<Option<order_return::Model>, Fault> {
    read.find::<order_return::Entity>().by(id).one().await
}

/// Returns by id.
pub(super) async fn many(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return::Model>, Fault> {
    let find = read.find::<order_return::Entity>().by_any(ids.iter().copied());
    find.order_by_asc(order_return::Column::At).order_by_asc(order_return::Column::Id).all().await
}

/// The returns of orders, the oldest first.
pub(super) async fn of_orders(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_return::Model>, Fault> {
    let find = read.find::<order_return::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(order_return::Column::At).order_by_asc(order_return::Column::Id).all().await
}

/// Where a return stands.
pub(super) async fn status(read: &Read, id: Id<Return>) -> Result<Option<order_return_status::Model>, Fault> {
    read.find::<order_return_status::Entity>().by(id).one().await
}

/// Where returns stand.
pub(super) async fn statuses(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return_status::Model>, Fault> {
    read.find::<order_return_status::Entity>().by_any(ids.iter().copied()).all().await
}

/// What is in returns.
pub(super) async fn lines(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return_line::Model>, Fault> {
    read.find::<order_return_line::Entity>().by_any(ids.iter().copied()).all().await
}

/// What of returns came.
pub(super) async fn receipts(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return_receipt::Model>, Fault> {
    read.find::<order_return_receipt::Entity>().by_any(ids.iter().copied()).all().await
}

/// What became of what came.
pub(super) async fn outcomes(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return_outcome::Model>, Fault> {
    let find = read.find::<order_return_outcome::Entity>().by_any(ids.iter().copied());
    find.order_by_asc(order_return_outcome::Column::Outcome).all().await
}

/// What happened to the returns of orders, the oldest first.
pub(super) async fn steps_of_orders(read: &Read, orders: &[Id<Order>]) -> Result<Vec<order_return_step::Model>, Fault> {
    let find = read.find::<order_return_step::Entity>().by_any(orders.iter().copied());
    let find = find.order_by_asc(order_return_step::Column::At).order_by_asc(order_return_step::Column::ReturnId);
    find.order_by_asc(order_return_step::Column::Sequence).all().await
}

/// What happened to returns, each one's steps in their sequence.
pub(super) async fn steps(read: &Read, ids: &[Id<Return>]) -> Result<Vec<order_return_step::Model>, Fault> {
    let find = read.find::<order_return_step::Entity>().by_any(ids.iter().copied());
    find.order_by_asc(order_return_step::Column::Sequence).all().await
}

/// Units of an order that came back and whose money went back, or for which others left.
pub(in crate::orders) async fn refunded(
    read: &Read,
    order: Id<Order>,
) -> Result<Vec<order_return_receipt::Model>, Fault> {
    let of_order = read.find::<order_return::Entity>().by(order).only(order_return::Column::Id);
    let done = read
        .find::<order_return_status::Entity>()
        .filter(order_return_status::Column::State.is_in([State::Refunded, State::Exchanged].map(State::code)))
        .filter(order_return_status::Column::ReturnId.in_subquery(of_order));
    let ids = done.only(order_return_status::Column::ReturnId);
    read.find::<order_return_receipt::Entity>()
        .filter(order_return_receipt::Column::ReturnId.in_subquery(ids))
        .all()
        .await
}

/// Moves a return if it still is as it was read, and notes where its goods came in. Says whether it was.
pub(super) async fn set_state(
    tx: &Tx,
    read: &order_return_status::Model,
    to: State,
    location: Option<Id<Location>>,
) -> Result<bool, Fault> {
    let changed = tx
        .update::<order_return_status::Entity>()
        .by(read.return_id)
        .filter(order_return_status::Column::Version.eq(read.version))
        .set(order_return_status::Column::State, to.code())
        .set(order_return_status::Column::LocationId, location.or(read.location_id))
        .set(order_return_status::Column::Version, Expr::col(order_return_status::Column::Version).add(1))
        .run()
        .await?;
    Ok(changed == 1)
}

/// Counts units of a line as coming back, if no more than `delivered` are then. Says whether it did.
pub(super) async fn count(
    tx: &Tx,
    (order, line): (Id<Order>, Id<OrderLine>),
    units: i64,
    delivered: i64,
) -> Result<bool, Fault> {
    let none = order_line_returned::ActiveModel {
        order_line_id: Set(line),
        order_id: Set(order),
        quantity: Set(0),
        ..Default::default()
    };
    tx.insert_new(none).await?;
    let sum = Expr::col(order_line_returned::Column::Quantity).add(units);
    let changed = tx
        .update::<order_line_returned::Entity>()
        .by(line)
        .filter(sum.clone().lte(delivered))
        .set(order_line_returned::Column::Quantity, sum)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Counts units of a line as not coming back after all.
pub(super) async fn uncount(tx: &Tx, line: Id<OrderLine>, units: i64) -> Result<(), Fault> {
    let changed = tx
        .update::<order_line_returned::Entity>()
        .by(line)
        .filter(order_line_returned::Column::Quantity.gte(units))
        .set(order_line_returned::Column::Quantity, Expr::col(order_line_returned::Column::Quantity).sub(units))
        .run()
        .await?;
    if changed == 1 { Ok(()) } else { Err(Fault::new("fewer units come back than were counted")) }
}

/// Units of a line that come back.
pub(super) async fn counted(read: &Read, line: Id<OrderLine>) -> Result<i64, Fault> {
    let found = read.find::<order_line_returned::Entity>().by(line).one().await?;
    Ok(found.map(|row| row.quantity).unwrap_or_default())
}
