//! An order or a part of it ends before it left: its stock is free again.

use domain::{
    id::{Id, Order},
    inventory::movement::Cause,
    orders::ship::Promise,
};
use entity::inventory::reservation;
use store::{Fault, Read, Tx};

use super::{Awaited, news, rows, selling_rows, ship, waiting};

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
    free(tx, &given_back, held).await
}

/// What is promised to an order and has not left, by variant and place, whether it waits for its payment or not.
pub async fn held(read: &Read, order: Id<Order>) -> Result<Vec<Promise>, Fault> {
    Ok(rows::held(read, order).await?.iter().map(ship::promise).collect())
}

/// Gives back so many units of each promise, and gives up so many of those that the order waits for. What is left of
/// both stays as it is. Emits what [`release`] does.
///
/// The promises are as the caller read them after [`awaited`](super::awaited): whoever changes them meanwhile changed
/// the order, too.
pub async fn release_part(
    tx: &Tx,
    order: Id<Order>,
    parts: &[(Promise, i64)],
    given_up: &[Awaited],
) -> Result<(), Fault> {
    let open = waiting::open_of(tx, order).await?;
    let promised = rows::reserved_variants(tx, order, &["HELD", "CONFIRMED"]).await?;
    let held = waiting::hold(tx, open.iter().map(|one| one.variant_id).chain(promised)).await?;
    for units in given_up {
        let one = open.iter().find(|one| one.order_line_id == units.line);
        let one = one.ok_or_else(|| Fault::new("units are given up that nobody waits for"))?;
        selling_rows::give_up(tx, one, units.quantity).await?;
        selling_rows::unpromise(tx, one.variant_id, units.quantity).await?;
    }
    let split = rows::split(tx, order, parts).await?;
    free(tx, &split, held).await
}

/// Ends reservations, and gives what they held to those who wait for it.
async fn free(tx: &Tx, given_back: &[reservation::Model], held: waiting::Held) -> Result<(), Fault> {
    rows::end(tx, given_back, "RELEASED", Cause::Release).await?;
    let mut shifts: Vec<_> = given_back.iter().map(|one| ((one.variant_id, one.location_id), one.quantity)).collect();
    shifts.extend(waiting::serve(tx, held).await?);
    news::shifted(tx, &shifts).await
}
