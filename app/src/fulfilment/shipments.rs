//! Shipments for readers, of many orders at once.

use std::collections::HashMap;

use domain::id::{Id, Order};
use entity::fulfilment::shipment;
use sea_orm::QueryOrder;
use store::Fault;

use crate::{cx::Cx, list::grouped};

/// The shipments of each order, by place. Who may see an order was asked where its id came from.
pub async fn of_orders(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Vec<shipment::Model>>, Fault> {
    let read = cx.read();
    let find = read.find::<shipment::Entity>().by_any(orders.iter().copied());
    let rows = find.order_by_asc(shipment::Column::LocationId).all().await?;
    Ok(grouped(rows.into_iter().map(|row| (row.order_id, row))))
}
