//! Goods leave for a customer.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
    orders::ship::Promise,
};
use entity::inventory::reservation;
use store::{Fault, Read, Tx};

use super::rows;

/// What is promised to an order and has not left, by variant and place.
pub async fn promised(read: &Read, order: Id<Order>) -> Result<Vec<Promise>, Fault> {
    Ok(rows::promised(read, order).await?.iter().map(promise).collect())
}

/// Takes so many units of each promise off the shelf. What is left of one stays promised.
///
/// The promises are as the caller read them: whoever changes them meanwhile changed the order, too.
pub async fn ship(tx: &Tx, order: Id<Order>, parts: &[(Promise, i64)]) -> Result<(), Fault> {
    let held = rows::split(tx, order, parts).await?;
    rows::end(tx, &held, "SHIPPED", Cause::Shipment).await
}

/// Units that a reservation promises.
pub(super) fn promise(row: &reservation::Model) -> Promise {
    Promise { reservation: row.id, line: row.order_line_id, location: row.location_id, quantity: row.quantity }
}
