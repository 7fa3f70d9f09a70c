//! The statements of stock that carts hold.

use domain::{
    id::{Cart, Channel, Id},
    inventory::movement::Cause,
    time::Instant,
};
use entity::inventory::{cart_hold, movement};
use sea_orm::{
    ColumnTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use store::{Actor, Backend, Fault, Find, Read, Tx};

use super::rows::{self, Place, Why};

/// What carts hold.
pub(super) async fn held(read: &Read, carts: &[Id<Cart>]) -> Result<Vec<cart_hold::Model>, Fault> {
    find(read, carts).all().await
}

/// The same, locked until the transaction ends. Call it before levels are locked. SQLite lets one write at a time
/// anyway.
pub(super) async fn lock(tx: &Tx, carts: &[Id<Cart>]) -> Result<Vec<cart_hold::Model>, Fault> {
    let mut find = find(tx, carts);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::Update);
    }
    find.all().await
}

/// In the order in which levels are locked, and of a level what was held first.
fn find<'r>(read: &'r Read, carts: &[Id<Cart>]) -> Find<'r, cart_hold::Entity> {
    read.find::<cart_hold::Entity>()
        .by_any(carts.iter().copied())
        .filter(cart_hold::Column::State.eq("HELD"))
        .order_by_asc(cart_hold::Column::VariantId)
        .order_by_asc(cart_hold::Column::LocationId)
        .order_by_asc(cart_hold::Column::Id)
}

/// Units of a level that a cart holds, and the movement that says so.
pub(super) fn hold(
    tx: &Tx,
    (cart, channel): (Id<Cart>, Id<Channel>),
    (place, n): (Place, i64),
    until: Instant,
) -> (cart_hold::ActiveModel, movement::ActiveModel) {
    let id = tx.new_id();
    let why = Why { reference: Some(id.uuid()), ..Why::default() };
    let hold = cart_hold::ActiveModel {
        id: Set(id),
        cart_id: Set(cart),
        variant_id: Set(place.0),
        location_id: Set(place.1),
        quantity: Set(n),
        state: Set("HELD".to_owned()),
        expires_at: Set(until),
        channel_id: Set(Some(channel)),
        ..Default::default()
    };
    (hold, rows::movement(tx, place, Cause::Reservation, n, why))
}

/// Gives back `n` units of a locked hold: all of it, or a part.
pub(super) async fn give_back(tx: &Tx, hold: &cart_hold::Model, n: i64) -> Result<(), Fault> {
    let update = tx.update::<cart_hold::Entity>().by(hold.id).filter(cart_hold::Column::State.eq("HELD"));
    let update = if n == hold.quantity {
        update.set(cart_hold::Column::State, "RELEASED")
    } else {
        let left = Expr::col(cart_hold::Column::Quantity).sub(n);
        update.filter(cart_hold::Column::Quantity.gt(n)).set(cart_hold::Column::Quantity, left)
    };
    let place = (hold.variant_id, hold.location_id);
    if update.run().await? != 1 || !rows::apply(tx, place, Cause::Release.delta(n)).await? {
        return Err(Fault::new("a cart's hold and its stock level disagree"));
    }
    let why = Why { reference: Some(hold.id.uuid()), ..Why::default() };
    tx.insert(rows::movement(tx, place, Cause::Release, n, why)).await
}

/// Gives what a locked cart holds to another one, which is locked, too.
pub async fn hand_over(tx: &Tx, from: Id<Cart>, into: Id<Cart>) -> Result<(), Fault> {
    let update = tx.update::<cart_hold::Entity>().by(from).filter(cart_hold::Column::State.eq("HELD"));
    update.set(cart_hold::Column::CartId, Expr::val(into)).run().await.map(drop)
}

/// Ends locked holds whose cart became an order, and gives the movements that say so. The levels are the caller's to
/// change.
pub(super) async fn ordered(tx: &Tx, holds: &[(cart_hold::Model, Actor)]) -> Result<Vec<movement::ActiveModel>, Fault> {
    if holds.is_empty() {
        return Ok(Vec::new());
    }
    let changed = tx
        .update::<cart_hold::Entity>()
        .filter(cart_hold::Column::Id.is_in(holds.iter().map(|(hold, _)| hold.id)))
        .filter(cart_hold::Column::State.eq("HELD"))
        .set(cart_hold::Column::State, "ORDERED")
        .run()
        .await?;
    if changed != u64::try_from(holds.len()).map_err(Fault::new)? {
        return Err(Fault::new("a cart's locked hold is not there any more"));
    }
    let movement = |(hold, actor): &(cart_hold::Model, Actor)| {
        let why = Why { reference: Some(hold.id.uuid()), by: Some(*actor), ..Why::default() };
        rows::movement(tx, (hold.variant_id, hold.location_id), Cause::Release, hold.quantity, why)
    };
    Ok(holds.iter().map(movement).collect())
}
