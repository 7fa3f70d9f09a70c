//! An order or a part of it ends before it left: its stock is free again.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
    orders::ship::Promise,
};
use entity::inventory::reservation;
use store::{Fault, Read, Tx};

use super::{news, rows, ship};

/// Gives back what is promised to an order. A second call changes nothing. Emits `stock.back` for each level of which
/// there was none.
pub async fn release(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let held = rows::reservations(tx, order, &["HELD", "CONFIRMED"]).await?;
    free(tx, &held).await
}

/// What is promised to an order and has not left, by variant and place, whether it waits for its payment or not.
pub async fn held(read: &Read, order: Id<Order>) -> Result<Vec<Promise>, Fault> {
    Ok(rows::held(read, order).await?.iter().map(ship::promise).collect())
}

/// Gives back so many units of each promise. What is left of one stays promised. Emits what [`release`] does.
///
/// The promises are as the caller read them: whoever changes them meanwhile changed the order, too.
pub async fn release_part(tx: &Tx, order: Id<Order>, parts: &[(Promise, i64)]) -> Result<(), Fault> {
    let held = rows::split(tx, order, parts).await?;
    free(tx, &held).await
}

async fn free(tx: &Tx, held: &[reservation::Model]) -> Result<(), Fault> {
    rows::end(tx, held, "RELEASED", Cause::Release).await?;
    let shifts: Vec<_> = held.iter().map(|one| ((one.variant_id, one.location_id), one.quantity)).collect();
    news::shifted(tx, &shifts).await
}
