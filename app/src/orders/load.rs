//! Orders for readers, many at once.
//!
//! Who may see an order was asked where its id came from: [`super::visible`] and its like, and [`super::list`].

use std::collections::HashMap;

use domain::id::{Id, Order};
use entity::orders::{order, order_line, order_status, order_transition};
use store::Fault;

use super::rows;
use crate::{cx::Cx, list::grouped};

/// Orders by id.
pub async fn orders(cx: &Cx, ids: &[Id<Order>]) -> Result<HashMap<Id<Order>, order::Model>, Fault> {
    Ok(rows::orders(&cx.read(), ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// The lines of each order, in their order.
pub async fn lines(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<order_line::Model>>, Fault> {
    let rows = rows::lines(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// Where each order stands.
pub async fn statuses(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, order_status::Model>, Fault> {
    let rows = rows::statuses(&cx.read(), orders).await?;
    Ok(rows.into_iter().map(|row| (row.order_id, row)).collect())
}

/// The moves of each order, in their sequence.
pub async fn transitions(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<order_transition::Model>>, Fault> {
    let rows = rows::transitions(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}
