//! Goods leave for a customer.

use domain::{
    id::{Id, Location, Order, OrderLine},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::rows;

/// Units of an order's line that left a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    /// From where.
    pub location: Id<Location>,
    /// Of which line.
    pub order_line: Id<OrderLine>,
    /// Units.
    pub quantity: i64,
}

/// Takes what is promised to an order off the shelf. A second call changes nothing.
pub async fn ship(tx: &Tx, order: Id<Order>) -> Result<Vec<Shipped>, Fault> {
    let held = rows::reservations(tx, order, &["CONFIRMED"]).await?;
    rows::end(tx, &held, "SHIPPED", Cause::Shipment).await?;
    let shipped = |one: &entity::inventory::reservation::Model| Shipped {
        location: one.location_id,
        order_line: one.order_line_id,
        quantity: one.quantity,
    };
    Ok(held.iter().map(shipped).collect())
}
