//! Those who wait for units: first come, first served, before anybody else is sold what comes.
//!
//! What can be promised of a variant beyond its shelf is held by one row, which is locked before the levels. Whoever
//! brings units holds it first, so that nobody is promised that they will come who could have them already.

use std::collections::{BTreeMap, HashMap, btree_map::Entry};

use domain::{
    id::{Channel, Id, Location, Order, OrderLine, Variant},
    inventory::{available, movement::Cause, selling, supply_events::SupplyEvent},
};
use entity::inventory::{backorder, reservation, stock_level};
use sea_orm::Set;
use store::{Fault, Read, Tx};

use super::{
    allocations::Allocations,
    bulk::domain_level,
    news::Shift,
    rows::{self, Place},
    selling_rows, sources,
};
use crate::{channels::Source, list::grouped};

/// How many of those who wait are read at once.
const BATCH: usize = 200;

/// Variants whose promises are held until the transaction ends.
#[derive(Debug)]
pub(super) struct Held {
    /// Those that somebody waits for.
    waited_for: Vec<Id<Variant>>,
}

/// Holds what is promised of variants, and their levels if somebody waits for one of them. Call it before any level is
/// changed or locked.
pub(super) async fn hold(tx: &Tx, variants: impl IntoIterator<Item = Id<Variant>>) -> Result<Held, Fault> {
    let mut variants: Vec<_> = variants.into_iter().collect();
    variants.sort_unstable();
    variants.dedup();
    let selling = selling_rows::lock(tx, &variants).await?;
    let waited_for: Vec<_> = selling.iter().filter(|row| 0 < row.promised).map(|row| row.variant_id).collect();
    if !waited_for.is_empty() {
        selling_rows::levels(tx, &variants, true).await?;
    }
    Ok(Held { waited_for })
}

/// Locks all that is known of variants until the transaction ends, in the order of all: whoever gives units back and then
/// takes others begins with it.
pub async fn lock(tx: &Tx, variants: impl IntoIterator<Item = Id<Variant>>) -> Result<(), Fault> {
    let mut variants: Vec<_> = variants.into_iter().collect();
    variants.sort_unstable();
    variants.dedup();
    selling_rows::lock(tx, &variants).await?;
    selling_rows::levels(tx, &variants, true).await.map(drop)
}

/// Gives those who wait what is free now, the first come first, and says what that changed of levels. Call it when the
/// levels are changed, before their news are told. Emits `order.backorder_served` for each who has something now.
pub(super) async fn serve(tx: &Tx, held: Held) -> Result<Vec<Shift>, Fault> {
    if held.waited_for.is_empty() {
        return Ok(Vec::new());
    }
    let levels = selling_rows::levels(tx, &held.waited_for, false).await?;
    let levels = grouped(levels.into_iter().map(|level| (level.variant_id, level)));
    let allocations = Allocations::load(tx, &held.waited_for).await?;
    let mut queue = Queue { levels, allocations, ..Queue::default() };
    for variant in held.waited_for {
        queue.serve(tx, variant).await?;
    }
    tx.insert_many(queue.reservations).await?;
    tx.insert_many(queue.movements).await?;
    for event in queue.events {
        tx.emit(&event).await?;
    }
    Ok(queue.shifts)
}

/// Those who wait, while they are served.
#[derive(Default)]
struct Queue {
    levels: HashMap<Id<Variant>, Vec<stock_level::Model>>,
    allocations: Allocations,
    sources: BTreeMap<Id<Channel>, Vec<Source>>,
    reservations: Vec<reservation::ActiveModel>,
    movements: Vec<entity::inventory::movement::ActiveModel>,
    events: Vec<SupplyEvent>,
    shifts: Vec<Shift>,
}

impl Queue {
    /// Serves those who wait for a variant until nothing is free, or nobody waits.
    async fn serve(&mut self, tx: &Tx, variant: Id<Variant>) -> Result<(), Fault> {
        let (mut last, mut n_served) = (None, 0_i64);
        while self.has_some(variant) {
            let next = selling_rows::waiting(tx, variant, last.as_ref(), BATCH.try_into().map_err(Fault::new)?).await?;
            for one in &next {
                n_served = n_served.saturating_add(self.give(tx, one).await?);
            }
            if next.len() < BATCH {
                break;
            }
            last = next.into_iter().next_back();
        }
        if n_served == 0 { Ok(()) } else { selling_rows::unpromise(tx, variant, n_served).await }
    }

    /// Whether a place has units that somebody could be given.
    fn has_some(&self, variant: Id<Variant>) -> bool {
        let free = |level: &stock_level::Model| available::to_promise(domain_level(level), level.safety, 0);
        self.levels.get(&variant).is_some_and(|levels| levels.iter().any(|level| 0 < free(level)))
    }

    /// Gives somebody what is free of what they wait for. Says how many units that are.
    async fn give(&mut self, tx: &Tx, one: &backorder::Model) -> Result<i64, Fault> {
        let places = match self.sources.entry(one.channel_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(sources(tx, one.channel_id).await?),
        };
        let levels = self.levels.entry(one.variant_id).or_default();
        let left = |place: &Source| {
            let others = self.allocations.left_to_others(one.channel_id, (one.variant_id, place.location));
            place.buffer.saturating_add(others)
        };
        let left: Vec<_> = places.iter().map(left).collect();
        let mut free: Vec<_> = places.iter().zip(&left).map(|(place, left)| free_at(levels, *place, *left)).collect();
        let mut n_given = 0_i64;
        for (index, n) in selling::serve(&mut free, one.quantity.saturating_sub(one.served)) {
            let Some((place, left)) = places.get(index).zip(left.get(index)) else { continue };
            let at: Place = (one.variant_id, place.location);
            if !rows::take(tx, at, *left, n).await? {
                return Err(Fault::new("a locked level has less than it had"));
            }
            for level in levels.iter_mut().filter(|level| level.location_id == place.location) {
                level.reserved = level.reserved.saturating_add(n);
            }
            self.allocations.promise(one.channel_id, at, n);
            let reserved = reservation_of(tx, one, place.location, n);
            let why = rows::Why { reservation: reserved.id.try_as_ref().copied(), ..rows::Why::default() };
            self.movements.push(rows::movement(tx, at, Cause::Reservation, n, why));
            self.reservations.push(reserved);
            self.shifts.push((at, n.saturating_neg()));
            n_given = n_given.saturating_add(n);
        }
        if 0 < n_given {
            selling_rows::serve(tx, one, n_given).await?;
            self.events.push(served(tx, one, n_given));
        }
        Ok(n_given)
    }
}

fn free_at(levels: &[stock_level::Model], place: Source, left: i64) -> i64 {
    let level = levels.iter().find(|level| level.location_id == place.location);
    level.map_or(0, |level| available::to_promise(domain_level(level), level.safety, left))
}

fn reservation_of(tx: &Tx, one: &backorder::Model, location: Id<Location>, n: i64) -> reservation::ActiveModel {
    reservation::ActiveModel {
        id: Set(tx.new_id()),
        order_id: Set(one.order_id),
        order_line_id: Set(one.order_line_id),
        variant_id: Set(one.variant_id),
        location_id: Set(location),
        quantity: Set(n),
        state: Set(if one.expires_at.is_some() { "HELD" } else { "CONFIRMED" }.to_owned()),
        expires_at: Set(one.expires_at),
        channel_id: Set(Some(one.channel_id)),
        ..Default::default()
    }
}

fn served(tx: &Tx, one: &backorder::Model, n: i64) -> SupplyEvent {
    SupplyEvent::BackorderServed {
        backorder: one.id,
        order: one.order_id,
        line: one.order_line_id,
        variant: one.variant_id,
        quantity: n,
        left: one.quantity.saturating_sub(one.served).saturating_sub(n),
        at: tx.now(),
    }
}

/// Units of a line that did not come yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// How many.
    pub quantity: i64,
}

/// What an order waits for. While the transaction goes on, nothing more comes for it. Lock the order's payment and its
/// status before.
pub async fn awaited(tx: &Tx, order: Id<Order>) -> Result<Vec<Awaited>, Fault> {
    let open = open_of(tx, order).await?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let variants: Vec<_> = open.iter().map(|one| one.variant_id).collect();
    selling_rows::lock(tx, &variants).await?;
    let awaited =
        |one: backorder::Model| Awaited { line: one.order_line_id, quantity: one.quantity.saturating_sub(one.served) };
    Ok(open_of(tx, order).await?.into_iter().map(awaited).collect())
}

/// What an order waits for, as it is just now.
pub(super) async fn open_of(read: &Read, order: Id<Order>) -> Result<Vec<backorder::Model>, Fault> {
    let mut all = selling_rows::of_orders(read, &[order]).await?;
    all.retain(|one| one.state == "OPEN");
    Ok(all)
}
