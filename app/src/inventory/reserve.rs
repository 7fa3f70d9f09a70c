//! Promising stock to orders.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{
    fulfilment::{
        reason::Reason,
        source::{self, Candidate, Policy, Reach, Want},
    },
    id::{Cart, Channel, Id, Location, Order, OrderLine, Variant},
    inventory::movement::Cause,
    time::Instant,
};
use entity::{
    channels::channel,
    inventory::{cart_hold, movement, reservation},
};
use sea_orm::Set;
use store::{Actor, Fault, Tx};

use super::{
    allocations::Allocations,
    beyond::{Beyond, Waits},
    hold_rows,
    load::to_promise,
    news, rows, selling_rows, waiting,
};
use crate::{channels::Source, list::grouped};

/// Stock to promise to an order: all of it or nothing.
#[derive(Clone, Debug)]
pub struct Reserve {
    /// For whom.
    pub order: Id<Order>,
    /// The locked cart that it was: what the cart holds is the order's.
    pub cart: Option<Id<Cart>>,
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
    /// The channel.
    pub channel: Id<Channel>,
    /// The places.
    pub places: &'g [Source],
    /// The rules.
    pub policy: &'g Policy,
}

/// Promises stock to orders, from places as the channel's rules choose them. Of two orders that want the same units the
/// one that stands first has them, as if they had been asked for one by one.
///
/// What all places together have not is promised beyond the shelf if the variant is sold so, and waits; an order that
/// wants more has nothing. What a cart holds is there for its order alone, and is held on if there is none. What carts
/// hold is locked first, then what is held beyond the shelf, by variant, then levels are, by variant, then by place, so
/// that two transactions cannot wait for each other; one conditional statement a level, and one a variant, then takes
/// what all the orders get of it.
///
/// Emits `stock.low` for each level of which there is little then, and what serves those who wait for units that a cart
/// held and its order has from elsewhere.
pub async fn reserve(
    tx: &Tx,
    wanted: Vec<Reserve>,
    channel: &channel::Model,
    ground: Ground<'_>,
) -> Result<Vec<Result<Vec<Sourced>, Unsourced>>, Fault> {
    let variants: Vec<_> = wanted.iter().flat_map(|order| &order.lines).map(|line| line.variant).collect();
    let carts: Vec<_> = wanted.iter().filter_map(|order| order.cart).collect();
    let held = hold_rows::lock(tx, &carts).await?;
    if !held.is_empty() {
        // All at once: what carts hold is locked first below, whatever the order of the variants is.
        let all: BTreeSet<_> = held.iter().map(|one| one.variant_id).chain(variants.iter().copied()).collect();
        selling_rows::lock(tx, &all.into_iter().collect::<Vec<_>>()).await?;
    }
    let waiting = waiting::hold(tx, held.iter().map(|one| one.variant_id)).await?;
    let held = grouped(held.into_iter().map(|one| (one.cart_id, one)));
    let mut beyond = Beyond::hold(tx, &variants, (channel, ground.places)).await?;
    let mut shelves = Shelves::lock(tx, &variants, ground).await?;
    let (mut outcomes, mut reservations, mut movements, mut ordered) = (vec![], vec![], vec![], vec![]);
    for order in &wanted {
        let of_cart = order.cart.and_then(|cart| held.get(&cart)).map(Vec::as_slice).unwrap_or_default();
        let before = shelves.lend(of_cart);
        let promised = shelves.promise(order, &mut beyond);
        match promised {
            Ok(_) => ordered.extend(of_cart.iter().map(|one| (one.clone(), order.actor))),
            Err(_) => shelves.take_back(of_cart, before),
        }
        let state = if order.hold_until.is_some() { "HELD" } else { "CONFIRMED" };
        for of in promised.iter().flatten() {
            let (reservation, movement) = promise_rows(tx, order, of, (ground.channel, state));
            reservations.push(reservation);
            movements.push(movement);
        }
        outcomes.push(promised);
    }
    movements.extend(hold_rows::ordered(tx, &ordered).await?);
    let mut shifts = shelves.write(tx).await?;
    beyond.write(tx).await?;
    tx.insert_many(reservations).await?;
    tx.insert_many(movements).await?;
    shifts.extend(waiting::serve(tx, waiting).await?);
    news::shifted(tx, &shifts).await?;
    Ok(outcomes)
}

/// What is written down of units that are promised to a line.
pub(super) fn promise_rows(
    tx: &Tx,
    order: &Reserve,
    of: &Sourced,
    (channel, state): (Id<Channel>, &str),
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
        channel_id: Set(Some(channel)),
        ..Default::default()
    };
    (reservation, movement)
}

/// What is free of each variant at each place.
pub(super) struct Shelves<'g> {
    ground: Ground<'g>,
    allocations: Allocations,
    /// One number a place, in their order.
    free: HashMap<Id<Variant>, Vec<i64>>,
    /// What was promised of each level, less what carts held of it.
    taken: BTreeMap<rows::Place, i64>,
}

/// What was free before a cart's units were lent.
pub(super) struct Before(Vec<(Id<Variant>, Vec<i64>)>);

impl<'g> Shelves<'g> {
    pub(super) async fn lock(tx: &Tx, variants: &[Id<Variant>], ground: Ground<'g>) -> Result<Self, Fault> {
        let places = ground.places;
        let mut free: HashMap<_, _> = variants.iter().map(|variant| (*variant, vec![0; places.len()])).collect();
        let locations: Vec<_> = places.iter().map(|place| place.location).collect();
        let levels = rows::lock_levels(tx, variants, &locations).await?;
        let allocations = Allocations::load(tx, variants).await?;
        for level in levels {
            let place = places.iter().position(|place| place.location == level.location_id);
            let shelf = place.and_then(|place| free.get_mut(&level.variant_id)?.get_mut(place));
            if let Some(shelf) = shelf {
                *shelf = to_promise(&level, (ground.channel, places), &allocations).unwrap_or_default();
            }
        }
        Ok(Self { ground, allocations, free, taken: BTreeMap::new() })
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

    /// Lends an order what its cart holds: a place that has less than nothing to promise keeps its word to the cart.
    fn lend(&mut self, held: &[cart_hold::Model]) -> Before {
        let before = held.iter().filter_map(|one| Some((one.variant_id, self.free.get(&one.variant_id)?.clone())));
        let before = Before(before.collect());
        for one in held {
            let place = self.ground.places.iter().position(|place| place.location == one.location_id);
            let free = place.and_then(|place| self.free.get_mut(&one.variant_id)?.get_mut(place));
            if let Some(free) = free {
                *free = (*free).max(0).saturating_add(one.quantity);
            }
            let taken = self.taken.entry((one.variant_id, one.location_id)).or_default();
            *taken = taken.saturating_sub(one.quantity);
        }
        before
    }

    /// Takes back what was lent for an order that is not made.
    fn take_back(&mut self, held: &[cart_hold::Model], before: Before) {
        for one in held {
            let taken = self.taken.entry((one.variant_id, one.location_id)).or_default();
            *taken = taken.saturating_add(one.quantity);
        }
        self.free.extend(before.0);
    }

    /// Units of a variant that all places together have.
    pub(super) fn free(&self, variant: Id<Variant>) -> i64 {
        let there = self.free.get(&variant).map(Vec::as_slice).unwrap_or_default();
        there.iter().fold(0, |sum, free| sum.saturating_add((*free).max(0)))
    }

    /// The lines of which all places together have too few, with how many they have.
    fn short(&self, lines: &[ReserveLine]) -> Vec<(Id<OrderLine>, i64)> {
        let mut left: HashMap<Id<Variant>, i64> = HashMap::new();
        let mut short = Vec::new();
        for line in lines {
            let left = left.entry(line.variant).or_insert_with(|| self.free(line.variant));
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
        let wants: Vec<_> = lines.iter().map(|line| (line.variant, line.quantity)).collect();
        let parts = self.parts(&wants, reach).map_err(|refused| told(lines, refused))?;
        let sourced = parts.into_iter().filter_map(|part| {
            let ReserveLine { line, variant, .. } = *lines.get(part.want)?;
            Some(Sourced { line, variant, location: part.location, quantity: part.quantity, reason: part.reason })
        });
        Ok(sourced.collect())
    }

    /// Takes so many units of variants off the shelves, or nothing.
    pub(super) fn parts(
        &mut self,
        wants: &[(Id<Variant>, i64)],
        reach: &HashMap<Id<Location>, Reach>,
    ) -> Result<Vec<source::Part>, source::Unsourced> {
        let mut goods: Vec<_> = wants.iter().map(|(variant, _)| *variant).collect();
        goods.sort_unstable();
        goods.dedup();
        let want = |(variant, quantity): &(Id<Variant>, i64)| Want {
            good: goods.binary_search(variant).unwrap_or_default(),
            quantity: *quantity,
        };
        let wanted: Vec<_> = wants.iter().map(want).collect();
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
        let parts = source::source(self.ground.policy, &candidates, &wanted)?;
        for part in &parts {
            if let Some((variant, _)) = wants.get(part.want) {
                self.take((*variant, part.location), part.quantity);
            }
        }
        Ok(parts)
    }

    /// Takes what was promised off what is free, by one conditional statement a level; of a level of which carts held
    /// more than was promised the rest is free again. Says what shifted.
    pub(super) async fn write(self, tx: &Tx) -> Result<Vec<news::Shift>, Fault> {
        let mut shifts = Vec::new();
        for (level, n) in self.taken {
            let of_place = |place: &&Source| place.location == level.1;
            let buffer = self.ground.places.iter().find(of_place).map_or(0, |place| place.buffer);
            let left = buffer.saturating_add(self.allocations.left_to_others(self.ground.channel, level));
            let is_done = match n {
                0 => continue,
                1.. => rows::take(tx, level, left, n).await?,
                _ => rows::apply(tx, level, Cause::Release.delta(n.saturating_neg())).await?,
            };
            if !is_done {
                return Err(Fault::new("a locked level has less than it had"));
            }
            shifts.push((level, n.saturating_neg()));
        }
        Ok(shifts)
    }

    fn take(&mut self, (variant, location): rows::Place, n: i64) {
        let place = self.ground.places.iter().position(|place| place.location == location);
        if let Some(free) = place.and_then(|place| self.free.get_mut(&variant)?.get_mut(place)) {
            *free = free.saturating_sub(n);
        }
        let taken = self.taken.entry((variant, location)).or_default();
        *taken = taken.saturating_add(n);
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
