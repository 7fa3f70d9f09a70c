//! Shipments for readers, of many orders at once.

use std::collections::HashMap;

use domain::id::{Id, Order};
use entity::fulfilment::{shipment, shipment_line, shipment_status, shipment_step};
use sea_orm::QueryOrder;
use store::Fault;

use crate::{cx::Cx, list::grouped};

/// The shipments of each order, the oldest first, those of one instant by place. Who may see an order was asked where its id came from.
pub async fn of_orders(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<shipment::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<shipment::Entity>().by_any(orders.iter().copied());
    let find = find.order_by_asc(shipment::Column::ShippedAt).order_by_asc(shipment::Column::LocationId);
    let rows = find.order_by_asc(shipment::Column::Id).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// What is in the shipments of each order. Who may see an order was asked where its id came from.
pub async fn lines_of(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<shipment_line::Model>>, Fault> {
    let rows = cx.read().find::<shipment_line::Entity>().by_any(orders.iter().copied()).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// Where the shipments of each order are. Who may see an order was asked where its id came from.
pub async fn statuses_of(
    cx: &Cx,
    orders: &[Id<Order>],
) -> Result<HashMap<Id<Order>, Vec<shipment_status::Model>>, Fault> {
    let rows = cx.read().find::<shipment_status::Entity>().by_any(orders.iter().copied()).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}

/// What happened to the shipments of each order, the oldest first. Who may see an order was asked where its id came from.
pub async fn steps_of(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<shipment_step::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<shipment_step::Entity>().by_any(orders.iter().copied());
    let find = find.order_by_asc(shipment_step::Column::At).order_by_asc(shipment_step::Column::ShipmentId);
    let rows = find.order_by_asc(shipment_step::Column::Sequence).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}
