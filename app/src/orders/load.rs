//! Orders for readers, many at once.
//!
//! Who may see an order was asked where its id came from: [`super::visible`] and its like, and [`super::list`].

use std::collections::HashMap;

use domain::id::{Id, Order};
use entity::orders::{
    order, order_address, order_cancellation, order_cancellation_line, order_edit, order_edit_line, order_exchange,
    order_hold, order_hold_release, order_import, order_line, order_note, order_status, order_transition,
};
use store::Fault;

use super::rows;
use crate::{cx::Cx, list::grouped};

/// Orders by id.
pub async fn orders(cx: &Cx, ids: &[Id<Order>]) -> Result<HashMap<Id<Order>, order::Model>, Fault> {
    Ok(rows::orders(&cx.read(), ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// Where each order came from, of those that were imported.
pub async fn origins(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, order_import::Model>, Fault> {
    Ok(rows::origins(&cx.read(), orders).await?.into_iter().map(|row| (row.order_id, row)).collect())
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

/// A hold, and its end if it has one.
#[derive(Clone, Debug)]
pub struct Held {
    /// The hold.
    pub hold: order_hold::Model,
    /// Its end.
    pub release: Option<order_hold_release::Model>,
}

/// The holds of each order, the oldest first.
pub async fn holds(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<Held>>, Fault> {
    let read = cx.read();
    let holds = rows::holds(&read, orders).await?;
    let ids: Vec<_> = holds.iter().map(|hold| hold.id).collect();
    let mut released: HashMap<_, _> =
        rows::releases(&read, &ids).await?.into_iter().map(|release| (release.hold_id, release)).collect();
    let held = holds.into_iter().map(|hold| (hold.order_id, Held { release: released.remove(&hold.id), hold }));
    Ok(grouped(held))
}

/// The notes of each order, the oldest first.
pub async fn notes(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<order_note::Model>>, Fault> {
    let rows = rows::notes(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// The tags of each order, as they were written.
pub async fn tags(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<String>>, Fault> {
    let rows = rows::tags(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row.tag))))
}

/// What of each order was cancelled, the oldest first.
pub async fn cancellations(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<order_cancellation::Model>>, Fault> {
    let rows = rows::cancellations(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// Units of each order that were cancelled.
pub async fn cancelled(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<order_cancellation_line::Model>>, Fault> {
    let rows = rows::cancelled(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// What of each order was changed after its placement, the oldest first.
pub async fn edits(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<order_edit::Model>>, Fault> {
    let rows = rows::edits(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// Where each order goes that shall go elsewhere than was said, the last one last.
pub async fn addresses(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<order_address::Model>>, Fault> {
    let rows = rows::addresses(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// What of each order left for what came back.
pub async fn exchanges(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<order_exchange::Model>>, Fault> {
    let rows = rows::exchanges(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// The lines of each order that came in later.
pub async fn edit_lines(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<order_edit_line::Model>>, Fault> {
    let rows = rows::edit_lines(&cx.read(), orders).await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}
