//! The statements of orders.

use domain::id::{Account, Id, Order};
use entity::orders::{order, order_line, order_status, order_transition};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
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

/// Sets an order's status to `next` if it still is as it was read. Says whether it was.
pub(super) async fn replace_status(
    tx: &Tx,
    read: &order_status::Model,
    next: order_status::Model,
) -> Result<bool, Fault> {
    let changed = tx
        .update::<order_status::Entity>()
        .by(read.order_id)
        .filter(order_status::Column::Version.eq(read.version))
        .filter(order_status::Column::State.eq(read.state.as_str()))
        .set(order_status::Column::State, next.state)
        .set(order_status::Column::Since, next.since)
        .set(order_status::Column::PayBefore, next.pay_before)
        .set(order_status::Column::Version, next.version)
        .run()
        .await?;
    Ok(changed == 1)
}
