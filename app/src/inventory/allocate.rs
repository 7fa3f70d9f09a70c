//! The warehouse sets goods aside.

use domain::{
    id::{Id, Order, OrderLine},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::rows;

/// Writes down that what is promised to an order, or to these lines of it, was set aside for its parcels: it stays
/// promised, and on the shelf.
pub async fn allocate(tx: &Tx, order: Id<Order>, lines: Option<&[Id<OrderLine>]>) -> Result<(), Fault> {
    let held = rows::reservations(tx, order, &["CONFIRMED"]).await?;
    let is_meant =
        |one: &&entity::inventory::reservation::Model| lines.is_none_or(|lines| lines.contains(&one.order_line_id));
    let movement = |one: &entity::inventory::reservation::Model| {
        rows::movement(tx, (one.variant_id, one.location_id), Cause::Allocation, one.quantity, one.id)
    };
    tx.insert_many(held.iter().filter(is_meant).map(movement)).await
}
