//! The statements of promises beyond the shelf.

use domain::{
    date::Date,
    id::{Id, Location, Order, Variant},
    inventory::{
        selling::{Due, Policy, Selling},
        supply::SupplyState,
    },
};
use entity::inventory::{backorder, inbound_supply, stock_level, variant_selling};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use store::{Backend, Fault, Find, Read, Tx};

/// How variants are sold beyond their stock, by variant. One that has no row is not.
pub(super) async fn selling(read: &Read, variants: &[Id<Variant>]) -> Result<Vec<variant_selling::Model>, Fault> {
    find(read, variants).all().await
}

/// The same, locked in this order until the transaction ends. SQLite lets one write at a time anyway.
pub(super) async fn lock(tx: &Tx, variants: &[Id<Variant>]) -> Result<Vec<variant_selling::Model>, Fault> {
    let mut find = find(tx, variants);
    if tx.backend() == Backend::Postgres {
        find = find.lock(LockType::NoKeyUpdate);
    }
    find.all().await
}

fn find<'r>(read: &'r Read, variants: &[Id<Variant>]) -> Find<'r, variant_selling::Entity> {
    let find = read.find::<variant_selling::Entity>().by_any(variants.iter().copied());
    find.order_by_asc(variant_selling::Column::VariantId)
}

/// What a row says in the words of the domain.
pub(super) fn domain_selling(row: &variant_selling::Model) -> Result<Selling, Fault> {
    let policy = Policy::parse(&row.policy).ok_or_else(|| Fault::new("a variant with an unknown policy"))?;
    let expected_on = row.expected_on.map(Date::from_days);
    Ok(Selling { policy, limit: row.max_units, promised: row.promised, expected_on })
}

/// Every variant that somebody waits for.
pub(super) async fn waited_for(read: &Read) -> Result<Vec<Id<Variant>>, Fault> {
    let find = read.find::<variant_selling::Entity>().filter(variant_selling::Column::Promised.gt(0_i64));
    Ok(find.all().await?.into_iter().map(|row| row.variant_id).collect())
}

/// Makes a row that denies, unless there is one.
pub(super) async fn open(tx: &Tx, variant: Id<Variant>) -> Result<(), Fault> {
    let row = variant_selling::ActiveModel {
        variant_id: Set(variant),
        policy: Set(Policy::Deny.code().to_owned()),
        max_units: Set(0),
        promised: Set(0),
        expected_on: Set(None),
        ..Default::default()
    };
    tx.insert_new(row).await.map(drop)
}

/// Says how a variant is sold beyond its stock. What is promised stays promised.
pub(super) async fn set(tx: &Tx, variant: Id<Variant>, to: Selling) -> Result<(), Fault> {
    let update = tx.update::<variant_selling::Entity>().by(variant);
    let update = update.set(variant_selling::Column::Policy, to.policy.code());
    let update = update.set(variant_selling::Column::MaxUnits, to.limit);
    update.set(variant_selling::Column::ExpectedOn, to.expected_on.map(Date::days)).run().await.map(drop)
}

/// Promises `n` units beyond the shelf if with them no more than `bound` are promised. Says whether it did.
pub(super) async fn promise(tx: &Tx, variant: Id<Variant>, n: i64, bound: i64) -> Result<bool, Fault> {
    let promised = Expr::col(variant_selling::Column::Promised).add(n);
    let update = tx.update::<variant_selling::Entity>().by(variant).filter(promised.clone().lte(bound));
    Ok(update.set(variant_selling::Column::Promised, promised).run().await? == 1)
}

/// Counts `n` units that nobody waits for any more.
pub(super) async fn unpromise(tx: &Tx, variant: Id<Variant>, n: i64) -> Result<(), Fault> {
    let promised = Expr::col(variant_selling::Column::Promised).sub(n);
    let update = tx.update::<variant_selling::Entity>().by(variant).filter(promised.clone().gte(0_i64));
    match update.set(variant_selling::Column::Promised, promised).run().await? {
        1 => Ok(()),
        _ => Err(Fault::new("more units were waited for than were counted")),
    }
}

/// What suppliers are to deliver of variants at places on a day or before.
pub(super) async fn due(
    read: &Read,
    variants: &[Id<Variant>],
    locations: &[Id<Location>],
    until: Date,
) -> Result<Vec<(Id<Variant>, Due)>, Fault> {
    let supplies = read
        .find::<inbound_supply::Entity>()
        .by_any(variants.iter().copied())
        .by_any(locations.iter().copied())
        .filter(inbound_supply::Column::State.eq(SupplyState::Expected.code()))
        .filter(inbound_supply::Column::ExpectedOn.lte(until.days()))
        .all()
        .await?;
    let due = |row: inbound_supply::Model| {
        let quantity = row.quantity.saturating_sub(row.received);
        (row.variant_id, Due { quantity, on: Date::from_days(row.expected_on) })
    };
    Ok(supplies.into_iter().map(due).collect())
}

/// Every level of these variants, in the order in which levels are locked; locked if somebody is about to change them.
pub(super) async fn levels(
    tx: &Tx,
    variants: &[Id<Variant>],
    to_change: bool,
) -> Result<Vec<stock_level::Model>, Fault> {
    let mut find = tx
        .find::<stock_level::Entity>()
        .by_any(variants.iter().copied())
        .order_by_asc(stock_level::Column::VariantId)
        .order_by_asc(stock_level::Column::LocationId);
    if to_change && tx.backend() == Backend::Postgres {
        find = find.lock(LockType::NoKeyUpdate);
    }
    find.all().await
}

/// The next of those who wait for a variant, the first come first: those behind `last`.
pub(super) async fn waiting(
    tx: &Tx,
    variant: Id<Variant>,
    last: Option<&backorder::Model>,
    limit: u64,
) -> Result<Vec<backorder::Model>, Fault> {
    let mut find = tx.find::<backorder::Entity>().by(variant).filter(backorder::Column::State.eq("OPEN"));
    if let Some(last) = last {
        let same_instant = backorder::Column::PlacedAt.eq(last.placed_at).and(backorder::Column::Id.gt(last.id));
        find = find.filter(Condition::any().add(backorder::Column::PlacedAt.gt(last.placed_at)).add(same_instant));
    }
    let find = find.order_by_asc(backorder::Column::PlacedAt).order_by_asc(backorder::Column::Id);
    find.limit(limit).all().await
}

/// What orders wait for, or waited for.
pub(super) async fn of_orders(read: &Read, orders: &[Id<Order>]) -> Result<Vec<backorder::Model>, Fault> {
    let find = read.find::<backorder::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(backorder::Column::Id).all().await
}

/// Counts `n` units that came for who waits. Their variant's row must be held.
pub(super) async fn serve(tx: &Tx, one: &backorder::Model, n: i64) -> Result<(), Fault> {
    let served = one.served.saturating_add(n);
    let update = tx.update::<backorder::Entity>().by(one.id).filter(backorder::Column::State.eq("OPEN"));
    let update = update.set(backorder::Column::Served, served);
    let state = if served == one.quantity { "SERVED" } else { "OPEN" };
    match update.set(backorder::Column::State, state).run().await? {
        1 => Ok(()),
        _ => Err(Fault::new("who waits was served by somebody else")),
    }
}

/// Ends what an order waits for. The rows of its variants must be held.
pub(super) async fn release(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let update = tx.update::<backorder::Entity>().by(order).filter(backorder::Column::State.eq("OPEN"));
    update.set(backorder::Column::State, "RELEASED").run().await.map(drop)
}

/// Gives up `n` units that somebody waits for: they become a back-order of their own that is released, unless they are
/// all there is. Their variant's row must be held.
pub(super) async fn give_up(tx: &Tx, one: &backorder::Model, n: i64) -> Result<(), Fault> {
    let left = one.quantity.saturating_sub(n);
    let update = tx.update::<backorder::Entity>().by(one.id).filter(backorder::Column::State.eq("OPEN"));
    let update = update.filter(backorder::Column::Quantity.eq(one.quantity));
    let update = if left == 0 {
        update.set(backorder::Column::State, "RELEASED")
    } else {
        let state = if one.served == left { "SERVED" } else { "OPEN" };
        update.set(backorder::Column::State, state).set(backorder::Column::Quantity, left)
    };
    if update.filter(backorder::Column::Served.lte(left)).run().await? != 1 {
        return Err(Fault::new("units are given up that nobody waits for"));
    }
    if left == 0 {
        return Ok(());
    }
    let given_up =
        backorder::Model { id: tx.new_id(), quantity: n, served: 0, state: "RELEASED".to_owned(), ..one.clone() };
    tx.insert(given_up.into_active_model()).await
}

/// What an order waits for does not depend on its payment any more. The rows of its variants must be held.
pub(super) async fn confirm(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let update = tx.update::<backorder::Entity>().by(order).filter(backorder::Column::State.eq("OPEN"));
    update.set(backorder::Column::ExpiresAt, None::<i64>).run().await.map(drop)
}
