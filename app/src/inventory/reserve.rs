//! Promising stock to orders.

use std::collections::{BTreeMap, HashMap};

use domain::{
    fulfilment::{
        reason::Reason,
        source::{self, Candidate, Policy, Reach, Want},
    },
    id::{Id, Location, Order, OrderLine, Variant},
    inventory::movement::Cause,
    time::Instant,
};
use entity::{
    channels::channel,
    inventory::{movement, reservation},
};
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
    /// How far places are from who orders; of what is not said the rules that ask for it know nothing.
    pub reach: HashMap<Id<Location>, Reach>,
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

/// Units that a place promised to a line, and why it does.
#[derive(Clone, Debug)]
pub struct Sourced {
    /// To which line.
    pub line: Id<OrderLine>,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// Why there.
    pub reason: Reason,
}

/// Why nothing is promised to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsourced {
    /// There is too little.
    Short(Vec<Shortage>),
    /// No place has all of it, and the channel does not split orders.
    NoSinglePlace,
}

/// Where orders may be promised stock: the places of a channel, the preferred first, and the rules by which it chooses
/// among them.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'g> {
    /// The places.
    pub places: &'g [Source],
    /// The rules.
    pub policy: &'g Policy,
}

/// Promises stock to orders, from places as the channel's rules choose them. Of two orders that want the same units the
/// one that stands first has them, as if they had been asked for one by one.
///
/// What all places together have not is promised beyond the shelf if the variant is sold so, and waits; an order that
/// wants more has nothing. What is held beyond the shelf is locked first, by variant; then levels are, by variant, then
/// by place, so that two transactions cannot wait for each other; one conditional statement a level, and one a variant,
/// then takes what all the orders get of it.
///
/// Emits `stock.low` for each level of which there is little then.
pub async fn reserve(
    tx: &Tx,
    wanted: Vec<Reserve>,
    channel: &channel::Model,
    ground: Ground<'_>,
) -> Result<Vec<Result<Vec<Sourced>, Unsourced>>, Fault> {
    let variants: Vec<_> = wanted.iter().flat_map(|order| &order.lines).map(|line| line.variant).collect();
    let mut beyond = Beyond::hold(tx, &variants, (channel, ground.places)).await?;
    let mut shelves = Shelves::lock(tx, &variants, ground).await?;
    let (mut outcomes, mut reservations, mut movements) = (Vec::new(), Vec::new(), Vec::new());
    for order in &wanted {
        let promised = shelves.promise(order, &mut beyond);
        let state = if order.hold_until.is_some() { "HELD" } else { "CONFIRMED" };
        for of in promised.iter().flatten() {
            let (reservation, movement) = promise_rows(tx, order, of, state);
            reservations.push(reservation);
            movements.push(movement);
        }
        outcomes.push(promised);
    }
    let shifts = shelves.write(tx).await?;
    beyond.write(tx).await?;
    tx.insert_many(reservations).await?;
    tx.insert_many(movements).await?;
    news::shifted(tx, &shifts).await?;
    Ok(outcomes)
}

/// What is written down of units that are promised to a line.
pub(super) fn promise_rows(
    tx: &Tx,
    order: &Reserve,
    of: &Sourced,
    state: &str,
) -> (reservation::ActiveModel, movement::ActiveModel) {
    let id = tx.new_id();
    let why = rows::Why { by: Some(order.actor), ..id.into() };
    let movement = rows::movement(tx, (of.variant, of.location), Cause::Reservation, of.quantity, why);
    let reservation = reservation::ActiveModel {
        id: Set(id),
        order_id: Set(order.order),
        order_line_id: Set(of.line),
        variant_id: Set(of.variant),
        location_id: Set(of.location),
        quantity: Set(of.quantity),
        state: Set(state.to_owned()),
        expires_at: Set(order.hold_until),
        ..Default::default()
    };
    (reservation, movement)
}

/// What is free of each variant at each place.
pub(super) struct Shelves<'g> {
    ground: Ground<'g>,
    /// One number a place, in their order.
    free: HashMap<Id<Variant>, Vec<i64>>,
    /// What was promised of each level.
    taken: BTreeMap<rows::Place, i64>,
}

impl<'g> Shelves<'g> {
    pub(super) async fn lock(tx: &Tx, variants: &[Id<Variant>], ground: Ground<'g>) -> Result<Self, Fault> {
        let places = ground.places;
        let mut free: HashMap<_, _> = variants.iter().map(|variant| (*variant, vec![0; places.len()])).collect();
        let locations: Vec<_> = places.iter().map(|place| place.location).collect();
        for level in rows::lock_levels(tx, variants, &locations).await? {
            let place = places.iter().position(|place| place.location == level.location_id);
            let shelf = place.and_then(|place| free.get_mut(&level.variant_id)?.get_mut(place));
            if let Some(shelf) = shelf {
                *shelf = to_promise(&level, places).unwrap_or_default();
            }
        }
        Ok(Self { ground, free, taken: BTreeMap::new() })
    }

    /// Promises all that an order wants, or nothing: what is not on the shelves waits, if it is sold so.
    fn promise(&mut self, order: &Reserve, beyond: &mut Beyond) -> Result<Vec<Sourced>, Unsourced> {
        let (mut lines, mut waits) = (order.lines.clone(), Vec::new());
        let sourced = match self.source(&lines, &order.reach) {
            Err(Unsourced::Short(_)) => {
                let mut short = Vec::new();
                for (line, on_shelf) in self.short(&lines) {
                    let Some(line) = lines.iter_mut().find(|one| one.line == line) else { continue };
                    let missing = line.quantity.saturating_sub(on_shelf);
                    let left = beyond.left(line.variant, &waits);
                    if left < missing {
                        short.push(Shortage { variant: line.variant, available: on_shelf.saturating_add(left) });
                        continue;
                    }
                    waits.push(Waits { line: *line, quantity: missing });
                    line.quantity = on_shelf;
                }
                if !short.is_empty() {
                    return Err(Unsourced::Short(short));
                }
                lines.retain(|line| 0 < line.quantity);
                self.source(&lines, &order.reach)?
            }
            sourced => sourced?,
        };
        beyond.promise(order, waits);
        Ok(sourced)
    }

    /// The lines of which all places together have too few, with how many they have.
    fn short(&self, lines: &[ReserveLine]) -> Vec<(Id<OrderLine>, i64)> {
        let mut left: HashMap<Id<Variant>, i64> = HashMap::new();
        let mut short = Vec::new();
        for line in lines {
            let left = left.entry(line.variant).or_insert_with(|| {
                let there = self.free.get(&line.variant).map(Vec::as_slice).unwrap_or_default();
                there.iter().fold(0, |sum, free| sum.saturating_add((*free).max(0)))
            });
            let on_shelf = (*left).min(line.quantity);
            *left = left.saturating_sub(on_shelf);
            if on_shelf < line.quantity {
                short.push((line.line, on_shelf));
            }
        }
        short
    }

    /// Takes all of these lines of the shelves, or nothing.
    pub(super) fn source(
        &mut self,
        lines: &[ReserveLine],
        reach: &HashMap<Id<Location>, Reach>,
    ) -> Result<Vec<Sourced>, Unsourced> {
        let mut goods: Vec<_> = lines.iter().map(|line| line.variant).collect();
        goods.sort_unstable();
        goods.dedup();
        let want = |line: &ReserveLine| Want {
            good: goods.binary_search(&line.variant).unwrap_or_default(),
            quantity: line.quantity,
        };
        let wants: Vec<_> = lines.iter().map(want).collect();
        let candidate = |(priority, place): (usize, &Source)| {
            let free = |variant| self.free.get(variant).and_then(|places| places.get(priority)).copied();
            Candidate {
                location: place.location,
                priority,
                reach: reach.get(&place.location).copied().unwrap_or_default(),
                free: goods.iter().map(|variant| free(variant).unwrap_or_default()).collect(),
            }
        };
        let candidates: Vec<_> = self.ground.places.iter().enumerate().map(candidate).collect();
        let parts = source::source(self.ground.policy, &candidates, &wants).map_err(|refused| told(lines, refused))?;
        let sourced = parts.into_iter().filter_map(|part| {
            let ReserveLine { line, variant, .. } = *lines.get(part.want)?;
            Some(Sourced { line, variant, location: part.location, quantity: part.quantity, reason: part.reason })
        });
        let sourced: Vec<_> = sourced.collect();
        for of in &sourced {
            self.take(of);
        }
        Ok(sourced)
    }

    /// Takes what was promised off what is free, by one conditional statement a level. Says what shifted.
    pub(super) async fn write(self, tx: &Tx) -> Result<Vec<news::Shift>, Fault> {
        let mut shifts = Vec::new();
        for ((variant, location), n) in self.taken {
            let of_place = |place: &&Source| place.location == location;
            let buffer = self.ground.places.iter().find(of_place).map_or(0, |place| place.buffer);
            if !rows::take(tx, (variant, location), buffer, n).await? {
                return Err(Fault::new("a locked level has less than it had"));
            }
            shifts.push(((variant, location), n.saturating_neg()));
        }
        Ok(shifts)
    }

    fn take(&mut self, of: &Sourced) {
        let place = self.ground.places.iter().position(|place| place.location == of.location);
        let free = place.and_then(|place| self.free.get_mut(&of.variant)?.get_mut(place));
        if let Some(free) = free {
            *free = free.saturating_sub(of.quantity);
        }
        let taken = self.taken.entry((of.variant, of.location)).or_default();
        *taken = taken.saturating_add(of.quantity);
    }
}

/// A refusal in the words of who asked.
fn told(lines: &[ReserveLine], refused: source::Unsourced) -> Unsourced {
    match refused {
        source::Unsourced::NoSinglePlace => Unsourced::NoSinglePlace,
        source::Unsourced::Short(short) => {
            let shortage =
                |(want, available): (usize, i64)| Some(Shortage { variant: lines.get(want)?.variant, available });
            Unsourced::Short(short.into_iter().filter_map(shortage).collect())
        }
    }
}
