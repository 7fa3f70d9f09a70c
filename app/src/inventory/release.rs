//! An order ends before anything left: its stock is free again.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::{news, rows, selling_rows, waiting};

/// Gives back what is promised to an order, to those who wait for it first, and ends what the order waits for itself. A
/// second call changes nothing. Emits `stock.back` for each level of which there was none, and
/// `order.backorder_served`.
pub async fn release(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let states = ["HELD", "CONFIRMED"];
    let awaited = waiting::open_of(tx, order).await?.into_iter().map(|one| one.variant_id);
    let variants = rows::reserved_variants(tx, order, &states).await?.into_iter().chain(awaited);
    let held = waiting::hold(tx, variants).await?;
    // What came meanwhile is among the reservations now.
    for one in waiting::open_of(tx, order).await? {
        selling_rows::unpromise(tx, one.variant_id, one.quantity.saturating_sub(one.served)).await?;
    }
    selling_rows::release(tx, order).await?;
    let given_back = rows::reservations(tx, order, &states).await?;
    rows::end(tx, &given_back, "RELEASED", Cause::Release).await?;
    let mut shifts: Vec<_> = given_back.iter().map(|one| ((one.variant_id, one.location_id), one.quantity)).collect();
    shifts.extend(waiting::serve(tx, held).await?);
    news::shifted(tx, &shifts).await
}
