//! A place does not give what it promised: others do.

use std::collections::{BTreeMap, HashMap};

use domain::{
    fulfilment::source::Reach,
    id::{Id, Location, Order, OrderLine},
    inventory::movement::Cause,
};
use store::{Fault, Tx};

use super::{
    news,
    reserve::{Ground, Reserve, ReserveLine, Shelves, Sourced, Unsourced, promise_rows},
    rows, waiting,
};

/// Promises of a place that others shall give.
#[derive(Clone, Debug)]
pub struct MovePromises {
    /// Of which order.
    pub order: Id<Order>,
    /// The place that does not give them.
    pub from: Id<Location>,
    /// Of which lines; of all if nothing is said.
    pub lines: Option<Vec<Id<OrderLine>>>,
    /// How far places are from who ordered.
    pub reach: HashMap<Id<Location>, Reach>,
    /// Whether the warehouse set the goods aside already: then it does so at the other places, too.
    pub is_allocated: bool,
}

/// Why promises are not moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMoved {
    /// The place promises nothing of it any more.
    NothingThere,
    /// The other places cannot give it.
    Unsourced(Unsourced),
}

/// Moves what a place promised to an order to other places, as the channel's rules choose them: what was promised there
/// is free again, and as much is promised elsewhere. All of it, or nothing and why.
///
/// Emits `stock.low` and `stock.back` as it crosses the lines, and `order.backorder_served` for each who waited for what
/// is free at the place now.
pub async fn move_promises(
    tx: &Tx,
    wanted: MovePromises,
    ground: Ground<'_>,
) -> Result<Result<Vec<Sourced>, NotMoved>, Fault> {
    let MovePromises { order, from, lines, reach, is_allocated } = wanted;
    let states = ["HELD", "CONFIRMED"];
    let waiting = waiting::hold(tx, rows::reserved_variants(tx, order, &states).await?).await?;
    let mut held = rows::reservations(tx, order, &states).await?;
    held.retain(|one| one.location_id == from && lines.as_ref().is_none_or(|lines| lines.contains(&one.order_line_id)));
    let Some(first) = held.first() else { return Ok(Err(NotMoved::NothingThere)) };
    let (hold_until, state) = (first.expires_at, first.state.clone());
    let mut units: BTreeMap<_, i64> = BTreeMap::new();
    for one in &held {
        let sum = units.entry((one.order_line_id, one.variant_id)).or_default();
        *sum = sum.saturating_add(one.quantity);
    }
    let lines = units.into_iter().map(|((line, variant), quantity)| ReserveLine { line, variant, quantity }).collect();
    let wanted = Reserve { order, cart: None, lines, reach, hold_until, actor: tx.stamp().actor };

    // All levels at once, so that they are locked in their order.
    let variants: Vec<_> = wanted.lines.iter().map(|line| line.variant).collect();
    let all: Vec<_> = ground.places.iter().map(|place| place.location).chain([from]).collect();
    rows::lock_levels(tx, &variants, &all).await?;
    let others: Vec<_> = ground.places.iter().filter(|place| place.location != from).copied().collect();
    let ground = Ground { places: &others, ..ground };
    let mut shelves = Shelves::lock(tx, &variants, ground).await?;
    let sourced = match shelves.source(&wanted.lines, &wanted.reach) {
        Ok(sourced) => sourced,
        Err(refused) => return Ok(Err(NotMoved::Unsourced(refused))),
    };
    rows::end(tx, &held, "MOVED", Cause::Release).await?;
    let mut shifts = shelves.write(tx).await?;
    shifts.extend(held.iter().map(|one| ((one.variant_id, one.location_id), one.quantity)));
    let (reservations, mut movements): (Vec<_>, Vec<_>) =
        sourced.iter().map(|of| promise_rows(tx, &wanted, of, (ground.channel, &state))).unzip();
    if is_allocated {
        let set_aside = |(reservation, of): (&entity::inventory::reservation::ActiveModel, &Sourced)| {
            let id = reservation.id.try_as_ref().copied()?;
            Some(rows::movement(tx, (of.variant, of.location), Cause::Allocation, of.quantity, id))
        };
        let set_aside: Vec<_> = reservations.iter().zip(&sourced).filter_map(set_aside).collect();
        movements.extend(set_aside);
    }
    tx.insert_many(reservations).await?;
    tx.insert_many(movements).await?;
    shifts.extend(waiting::serve(tx, waiting).await?);
    news::shifted(tx, &shifts).await?;
    Ok(Ok(sourced))
}
