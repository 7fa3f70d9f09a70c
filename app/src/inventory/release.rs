//! An order ends before anything left: its stock is free again.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::{news, rows};

/// Gives back what is promised to an order. A second call changes nothing. Emits `stock.back` for each level of which
/// there was none.
pub async fn release(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let held = rows::reservations(tx, order, &["HELD", "CONFIRMED"]).await?;
    rows::end(tx, &held, "RELEASED", Cause::Release).await?;
    let shifts: Vec<_> = held.iter().map(|one| ((one.variant_id, one.location_id), one.quantity)).collect();
    news::shifted(tx, &shifts).await
}
