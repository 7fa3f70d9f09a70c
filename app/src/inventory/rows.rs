//! The statements of stock.

use domain::{
    id::{Id, Location, Order, Reservation, Variant},
    inventory::movement::{Cause, Delta},
    orders::ship::Promise,
};
use entity::inventory::{location, movement, reservation, stock_level};
use sea_orm::{
    ColumnTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use store::{Actor, Backend, Fault, Find, Read, Tx};
use uuid::Uuid;

/// A level: of what, where.
pub(crate) type Place = (Id<Variant>, Id<Location>);

/// Promises `n` units of a level if so many are free when its safety stock and `left` units are left there: the rule
/// of [`domain::inventory::available::to_promise`]. Says whether they were.
pub(crate) async fn take(tx: &Tx, (variant, location): Place, left: i64, n: i64) -> Result<bool, Fault> {
    let free = Expr::col(stock_level::Column::OnHand).sub(Expr::col(stock_level::Column::Reserved));
    let free = free.sub(Expr::col(stock_level::Column::Safety)).sub(left);
    let changed = tx
        .update::<stock_level::Entity>()
        .by(variant)
        .by(location)
        .filter(free.gte(n))
        .set(stock_level::Column::Reserved, Expr::col(stock_level::Column::Reserved).add(n))
        .run()
        .await?;
    Ok(changed == 1)
}

/// Applies a movement to a level if the level allows it. Says whether it did.
pub(crate) async fn apply(tx: &Tx, (variant, location): Place, delta: Delta) -> Result<bool, Fault> {
    let on_hand = Expr::col(stock_level::Column::OnHand).add(delta.on_hand);
    let reserved = Expr::col(stock_level::Column::Reserved).add(delta.reserved);
    let quarantined = Expr::col(stock_level::Column::Quarantined).add(delta.quarantined);
    let changed = tx
        .update::<stock_level::Entity>()
        .by(variant)
        .by(location)
        .filter(reserved.clone().gte(0_i64))
        .filter(on_hand.clone().gte(reserved.clone()))
        .filter(quarantined.clone().gte(0_i64))
        .set(stock_level::Column::OnHand, on_hand)
        .set(stock_level::Column::Reserved, reserved)
        .set(stock_level::Column::Quarantined, quarantined)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Sets what is on the shelf of a level if there is what was expected, and no less than is promised. Says whether it
/// did.
pub(crate) async fn set(tx: &Tx, (variant, location): Place, from: i64, to: i64) -> Result<bool, Fault> {
    let changed = tx
        .update::<stock_level::Entity>()
        .by(variant)
        .by(location)
        .filter(stock_level::Column::OnHand.eq(from))
        .filter(stock_level::Column::Reserved.lte(to))
        .set(stock_level::Column::OnHand, to)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Makes an empty level, unless there is one.
pub(crate) async fn open(tx: &Tx, (variant, location): Place) -> Result<(), Fault> {
    let level = stock_level::ActiveModel {
        variant_id: Set(variant),
        location_id: Set(location),
        id: Set(tx.new_id()),
        since: Set(tx.now()),
        on_hand: Set(0),
        reserved: Set(0),
        quarantined: Set(0),
        ..Default::default()
    };
    tx.insert_new(level).await.map(drop)
}

/// Sets what is kept back of a level.
pub(crate) async fn keep(tx: &Tx, (variant, location): Place, safety: i64, low_at: Option<i64>) -> Result<(), Fault> {
    let update = tx.update::<stock_level::Entity>().by(variant).by(location);
    let update = update.set(stock_level::Column::Safety, safety).set(stock_level::Column::LowAt, low_at);
    update.run().await.map(drop)
}

/// A level as it is.
pub(crate) async fn level(read: &Read, (variant, location): Place) -> Result<Option<stock_level::Model>, Fault> {
    read.find::<stock_level::Entity>().by(variant).by(location).one().await
}

/// A level that is there, which nobody else changes until the transaction ends.
pub(crate) async fn lock(tx: &Tx, (variant, location): Place) -> Result<stock_level::Model, Fault> {
    let mut find = tx.find::<stock_level::Entity>().by(variant).by(location);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::Update);
    }
    find.one().await?.ok_or_else(|| Fault::new("a level that should be there is not"))
}

/// Places by id.
pub(crate) async fn locations(read: &Read, ids: &[Id<Location>]) -> Result<Vec<location::Model>, Fault> {
    read.find::<location::Entity>().by_any(ids.iter().copied()).all().await
}

/// Changes a place, if it still is as it was. Says whether it did.
pub(crate) async fn replace_location(tx: &Tx, was: &location::Model, next: &location::Model) -> Result<bool, Fault> {
    let changed = tx
        .update::<location::Entity>()
        .by(was.id)
        .filter(location::Column::Version.eq(was.version))
        .set(location::Column::NameAr, next.name_ar.clone())
        .set(location::Column::NameEn, next.name_en.clone())
        .set(location::Column::Kind, next.kind.clone())
        .set(location::Column::City, next.city.clone())
        .set(location::Column::Address, next.address.clone())
        .set(location::Column::IsActive, next.is_active)
        .set(location::Column::Version, next.version)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Those of these places that sell.
pub(crate) async fn active(read: &Read, ids: &[Id<Location>]) -> Result<Vec<location::Model>, Fault> {
    let find = read.find::<location::Entity>().by_any(ids.iter().copied());
    find.filter(location::Column::IsActive.eq(true)).all().await
}

/// Why a movement was made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Why {
    /// The reservation it is of.
    pub(crate) reservation: Option<Id<Reservation>>,
    /// The record it is of, where that is no reservation.
    pub(crate) reference: Option<Uuid>,
    /// In the words of who did it.
    pub(crate) reason: Option<String>,
    /// Who did it, if not who does the transaction.
    pub(crate) by: Option<Actor>,
}

impl From<Id<Reservation>> for Why {
    fn from(reservation: Id<Reservation>) -> Self {
        Self { reservation: Some(reservation), ..Self::default() }
    }
}

/// A movement of `n` units.
pub(crate) fn movement(tx: &Tx, place: Place, cause: Cause, n: i64, why: impl Into<Why>) -> movement::ActiveModel {
    let (delta, why) = (cause.delta(n), why.into());
    movement::ActiveModel {
        id: Set(tx.new_id()),
        variant_id: Set(place.0),
        location_id: Set(place.1),
        cause: Set(cause.code().to_owned()),
        on_hand_delta: Set(delta.on_hand),
        reserved_delta: Set(delta.reserved),
        quarantined_delta: Set(delta.quarantined),
        reservation_id: Set(why.reservation),
        reference_id: Set(why.reference),
        reason: Set(why.reason),
        actor: Set(why.by.unwrap_or(tx.stamp().actor).to_string()),
        at: Set(tx.now()),
        ..Default::default()
    }
}

/// The levels of these variants at these places.
pub(crate) async fn levels(
    read: &Read,
    variants: &[Id<Variant>],
    locations: &[Id<Location>],
) -> Result<Vec<stock_level::Model>, Fault> {
    find_levels(read, variants, locations).all().await
}

/// The same, locked in this order until the transaction ends. SQLite lets one write at a time anyway.
pub(crate) async fn lock_levels(
    tx: &Tx,
    variants: &[Id<Variant>],
    locations: &[Id<Location>],
) -> Result<Vec<stock_level::Model>, Fault> {
    let mut find = find_levels(tx, variants, locations);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::NoKeyUpdate);
    }
    find.all().await
}

/// In the order in which levels are locked: by variant, then by place.
fn find_levels<'r>(
    read: &'r Read,
    variants: &[Id<Variant>],
    locations: &[Id<Location>],
) -> Find<'r, stock_level::Entity> {
    read.find::<stock_level::Entity>()
        .by_any(variants.iter().copied())
        .by_any(locations.iter().copied())
        .order_by_asc(stock_level::Column::VariantId)
        .order_by_asc(stock_level::Column::LocationId)
}

/// An order's reservations in one of these states, in the order in which levels are locked.
pub(crate) async fn reservations(tx: &Tx, order: Id<Order>, states: &[&str]) -> Result<Vec<reservation::Model>, Fault> {
    let mut find = tx
        .find::<reservation::Entity>()
        .by(order)
        .filter(reservation::Column::State.is_in(states.iter().copied()))
        .order_by_asc(reservation::Column::VariantId)
        .order_by_asc(reservation::Column::LocationId);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::Update);
    }
    find.all().await
}

/// The variants of an order's reservations in one of these states. Locks nothing.
pub(crate) async fn reserved_variants(
    read: &Read,
    order: Id<Order>,
    states: &[&str],
) -> Result<Vec<Id<Variant>>, Fault> {
    let find = read.find::<reservation::Entity>().by(order);
    let rows = find.filter(reservation::Column::State.is_in(states.iter().copied())).all().await?;
    Ok(rows.into_iter().map(|row| row.variant_id).collect())
}

/// What is promised to an order and has not left, in the order in which levels are locked. Locks nothing.
pub(crate) async fn promised(read: &Read, order: Id<Order>) -> Result<Vec<reservation::Model>, Fault> {
    read.find::<reservation::Entity>()
        .by(order)
        .filter(reservation::Column::State.eq("CONFIRMED"))
        .order_by_asc(reservation::Column::VariantId)
        .order_by_asc(reservation::Column::LocationId)
        .order_by_asc(reservation::Column::Id)
        .all()
        .await
}

/// What is promised to an order and has not left, whether it waits for its payment or not, in the order in which
/// levels are locked. Locks nothing.
pub(crate) async fn held(read: &Read, order: Id<Order>) -> Result<Vec<reservation::Model>, Fault> {
    read.find::<reservation::Entity>()
        .by(order)
        .filter(reservation::Column::State.is_in(["HELD", "CONFIRMED"]))
        .order_by_asc(reservation::Column::VariantId)
        .order_by_asc(reservation::Column::LocationId)
        .order_by_asc(reservation::Column::Id)
        .all()
        .await
}

/// Splits off the units of each promise that are about to be ended: a promise of which all units are, is given as it
/// is; of another, so many units become a reservation of their own, and the rest stays.
pub(crate) async fn split(
    tx: &Tx,
    order: Id<Order>,
    parts: &[(Promise, i64)],
) -> Result<Vec<reservation::Model>, Fault> {
    let held = reservations(tx, order, &["HELD", "CONFIRMED"]).await?;
    let mut split = Vec::with_capacity(parts.len());
    for one in held {
        let Some((_, part)) = parts.iter().find(|(promise, _)| promise.reservation == one.id) else { continue };
        if *part == one.quantity {
            split.push(one);
            continue;
        }
        let changed = tx
            .update::<reservation::Entity>()
            .by(one.id)
            .filter(reservation::Column::State.eq(one.state.as_str()))
            .filter(reservation::Column::Quantity.gt(*part))
            .set(reservation::Column::Quantity, Expr::col(reservation::Column::Quantity).sub(*part))
            .run()
            .await?;
        if changed != 1 {
            return Err(Fault::new("a reservation has too few units to be split"));
        }
        let new = reservation::Model { id: tx.new_id(), quantity: *part, ..one };
        tx.insert(new.clone().into_active_model()).await?;
        split.push(new);
    }
    if split.len() != parts.len() {
        return Err(Fault::new("a reservation is not promised any more"));
    }
    Ok(split)
}

/// Ends reservations: sets their state and moves the stock they hold.
pub(crate) async fn end(tx: &Tx, held: &[reservation::Model], state: &str, cause: Cause) -> Result<(), Fault> {
    let mut movements = Vec::with_capacity(held.len());
    for one in held {
        let changed = tx
            .update::<reservation::Entity>()
            .by(one.id)
            .filter(reservation::Column::State.eq(one.state.as_str()))
            .set(reservation::Column::State, state)
            .set(reservation::Column::ExpiresAt, None::<i64>)
            .run()
            .await?;
        let place = (one.variant_id, one.location_id);
        if changed != 1 || !apply(tx, place, cause.delta(one.quantity)).await? {
            return Err(Fault::new("a reservation and its stock level disagree"));
        }
        movements.push(movement(tx, place, cause, one.quantity, one.id));
    }
    tx.insert_many(movements).await
}
