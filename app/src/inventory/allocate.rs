//! The warehouse sets goods aside.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::rows;

/// Writes down that what is promised to an order was set aside for its parcels: it stays promised, and on the
/// shelf.
pub async fn allocate(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let held = rows::reservations(tx, order, &["CONFIRMED"]).await?;
    let movement = |one: &entity::inventory::reservation::Model| {
        rows::movement(tx, (one.variant_id, one.location_id), Cause::Allocation, one.quantity, one.id)
    };
    tx.insert_many(held.iter().map(movement)).await
}
