//! Promising stock to orders.

use std::collections::{BTreeMap, HashMap};

use domain::{
    id::{Id, Location, Order, OrderLine, Variant},
    inventory::{movement::Cause, promise::promise},
    time::Instant,
};
use entity::{channels::channel, inventory::reservation};
use sea_orm::Set;
use store::{Actor, Fault, Tx};

use super::{
    beyond::{Beyond, Waits},
    load::to_promise,
    news, rows,
};
use crate::channels::Source;

/// Stock to promise to an order: all of it or nothing.
#[derive(Clone, Debug)]
pub struct Reserve {
    /// For whom.
    pub order: Id<Order>,
    /// What.
    pub lines: Vec<ReserveLine>,
    /// Until when, if the order is not paid yet.
    pub hold_until: Option<Instant>,
    /// Who orders.
    pub actor: Actor,
}

/// Stock to promise to one line of an order.
#[derive(Clone, Copy, Debug)]
pub struct ReserveLine {
    /// For which line.
    pub line: Id<OrderLine>,
    /// Of what.
    pub variant: Id<Variant>,
    /// Units.
    pub quantity: i64,
}

/// Too little of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Of what.
    pub variant: Id<Variant>,
    /// Units that could be promised when it was asked, on the shelf and beyond it.
    pub available: i64,
}

/// Promises stock to orders, from the places given, the preferred first. Of two orders that want the same units the
/// one that stands first has them, as if they had been asked for one by one.
///
/// A line comes from the first place that has all of it, else from several. What all of them have not is promised
/// beyond the shelf if the variant is sold so, and waits; an order that wants more has nothing. What is held beyond the
/// shelf is locked first, by variant; then levels are, by variant, then by place, so that two transactions cannot wait
/// for each other; one conditional statement a level, and one a variant, then takes what all the orders get of it.
///
/// Emits `stock.low` for each level of which there is little then.
pub async fn reserve(
    tx: &Tx,
    wanted: Vec<Reserve>,
    (channel, places): (&channel::Model, &[Source]),
) -> Result<Vec<Result<(), Vec<Shortage>>>, Fault> {
    let variants: Vec<_> = wanted.iter().flat_map(|order| &order.lines).map(|line| line.variant).collect();
    let mut beyond = Beyond::hold(tx, &variants, (channel, places)).await?;
    let mut shelves = Shelves::lock(tx, &variants, places).await?;
    let (mut outcomes, mut reservations, mut movements) = (Vec::new(), Vec::new(), Vec::new());
    for order in &wanted {
        let promised = shelves.promise(order, &mut beyond);
        for (line, location, quantity) in promised.iter().flatten().copied() {
            let id = tx.new_id();
            let why = rows::Why { by: Some(order.actor), ..id.into() };
            movements.push(rows::movement(tx, (line.variant, location), Cause::Reservation, quantity, why));
            reservations.push(reservation::ActiveModel {
                id: Set(id),
                order_id: Set(order.order),
                order_line_id: Set(line.line),
                variant_id: Set(line.variant),
                location_id: Set(location),
                quantity: Set(quantity),
                state: Set(if order.hold_until.is_some() { "HELD" } else { "CONFIRMED" }.to_owned()),
                expires_at: Set(order.hold_until),
                ..Default::default()
            });
        }
        outcomes.push(promised.map(drop));
    }
    let mut shifts = Vec::new();
    for ((variant, location), n) in shelves.taken {
        let buffer = places.iter().find(|place| place.location == location).map_or(0, |place| place.buffer);
        if !rows::take(tx, (variant, location), buffer, n).await? {
            return Err(Fault::new("a locked level has less than it had"));
        }
        shifts.push(((variant, location), n.saturating_neg()));
    }
    beyond.write(tx).await?;
    tx.insert_many(reservations).await?;
    tx.insert_many(movements).await?;
    news::shifted(tx, &shifts).await?;
    Ok(outcomes)
}

/// What is free of each variant at each place.
struct Shelves<'p> {
    places: &'p [Source],
    /// One number a place, in their order.
    free: HashMap<Id<Variant>, Vec<i64>>,
    /// What was promised of each level.
    taken: BTreeMap<rows::Place, i64>,
}

/// Units of a line that a place gives.
type Part = (ReserveLine, Id<Location>, i64);

impl<'p> Shelves<'p> {
    async fn lock(tx: &Tx, variants: &[Id<Variant>], places: &'p [Source]) -> Result<Self, Fault> {
        let mut free: HashMap<_, _> = variants.iter().map(|variant| (*variant, vec![0; places.len()])).collect();
        let locations: Vec<_> = places.iter().map(|place| place.location).collect();
        for level in rows::lock_levels(tx, variants, &locations).await? {
            let place = places.iter().position(|place| place.location == level.location_id);
            let shelf = place.and_then(|place| free.get_mut(&level.variant_id)?.get_mut(place));
            if let Some(shelf) = shelf {
                *shelf = to_promise(&level, places).unwrap_or_default();
            }
        }
        Ok(Self { places, free, taken: BTreeMap::new() })
    }

    /// Promises all that an order wants, or nothing.
    fn promise(&mut self, order: &Reserve, beyond: &mut Beyond) -> Result<Vec<Part>, Vec<Shortage>> {
        let before: Vec<_> =
            order.lines.iter().filter_map(|line| Some((line.variant, self.free.get(&line.variant)?.clone()))).collect();
        let (mut parts, mut waits, mut short) = (Vec::new(), Vec::new(), Vec::new());
        for line in &order.lines {
            let there = self.free.entry(line.variant).or_default();
            let from = |(place, n)| Some((*line, self.places.get::<usize>(place)?.location, n));
            match promise(there, line.quantity) {
                Ok(taken) => parts.extend(taken.into_iter().filter_map(from)),
                Err(on_shelf) => {
                    let missing = line.quantity.saturating_sub(on_shelf);
                    let left = beyond.left(line.variant, &waits);
                    if left < missing {
                        let available = on_shelf.saturating_add(left);
                        short.push(Shortage { variant: line.variant, available });
                        continue;
                    }
                    waits.push(Waits { line: *line, quantity: missing });
                    if 0 < on_shelf {
                        parts.extend(promise(there, on_shelf).into_iter().flatten().filter_map(from));
                    }
                }
            }
        }
        if !short.is_empty() {
            // From the last to the first: a variant that two lines want is as it was before both.
            self.free.extend(before.into_iter().rev());
            return Err(short);
        }
        for (line, place, n) in &parts {
            let taken = self.taken.entry((line.variant, *place)).or_default();
            *taken = taken.saturating_add(*n);
        }
        beyond.promise(order, waits);
        Ok(parts)
    }
}
