//! Stock that is held for carts, in channels that hold it before the order.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use domain::{
    fulfilment::source::{Policy, Reach},
    id::{Cart, Id, Location, Variant},
    time::Instant,
};
use entity::{channels::channel, inventory::cart_hold};
use store::{Fault, Read, Tx};

use super::{
    beyond::Beyond,
    hold_rows,
    news::{self, Shift},
    reserve::{Ground, Shelves, Shortage},
    rows, waiting,
};
use crate::list::grouped;

/// What a cart is to hold.
#[derive(Debug)]
pub struct HoldForCart<'c> {
    /// Which cart.
    pub cart: Id<Cart>,
    /// Units of each variant that is in it.
    pub wanted: &'c BTreeMap<Id<Variant>, i64>,
    /// What it is to hold all units of; nothing where stock is held from the order on.
    pub more: Option<HoldMore<'c>>,
}

/// Variants of which a cart is to hold all units that are in it.
#[derive(Debug)]
pub struct HoldMore<'c> {
    /// Which.
    pub variants: Vec<Id<Variant>>,
    /// Where it is sold.
    pub channel: &'c channel::Model,
    /// From which places.
    pub ground: Ground<'c>,
    /// How far they are from who buys.
    pub reach: HashMap<Id<Location>, Reach>,
    /// For how many minutes.
    pub minutes: i64,
}

/// What a cart holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Units of each variant.
    pub units: HashMap<Id<Variant>, i64>,
    /// When it holds less; none if it holds nothing.
    pub until: Option<Instant>,
}

/// Has a locked cart hold no more than is in it, and all of what is asked for: whole, or nothing and what there is too
/// little of. Units that it holds already keep their deadline. What is sold beyond the shelf is held as far as it is
/// there. From which places its order ships is decided anew when it is placed.
///
/// Emits `stock.low` and `stock.back` as levels cross the lines, and `order.backorder_served` for each who waited for
/// what is given back. Who is told of a shortage must roll the transaction back.
pub async fn hold_for_cart(tx: &Tx, wish: HoldForCart<'_>) -> Result<Result<(), Vec<Shortage>>, Fault> {
    let held = hold_rows::lock(tx, &[wish.cart]).await?;
    let has = units(&held);
    let of = |units: &BTreeMap<_, i64>, variant: &Id<Variant>| units.get(variant).copied().unwrap_or_default();
    let less: BTreeMap<_, _> = has
        .iter()
        .map(|(variant, n)| (*variant, n.saturating_sub(of(wish.wanted, variant))))
        .filter(|(_, n)| 0 < *n)
        .collect();
    let asked = wish.more.as_ref().map(|more| more.variants.as_slice()).unwrap_or_default();
    let more: BTreeMap<_, _> = asked
        .iter()
        .map(|variant| (*variant, of(wish.wanted, variant).saturating_sub(of(&has, variant))))
        .filter(|(_, n)| 0 < *n)
        .collect();
    if less.is_empty() && more.is_empty() {
        return Ok(Ok(()));
    }
    let variants: Vec<_> = less.keys().chain(more.keys()).copied().collect();
    let waiting = waiting::hold(tx, variants.iter().copied()).await?;
    // All levels at once, so that they are locked in their order.
    let places = wish.more.iter().flat_map(|more| more.ground.places).map(|place| place.location);
    let places: Vec<_> = places.chain(held.iter().map(|one| one.location_id)).collect();
    rows::lock_levels(tx, &variants, &places).await?;
    let mut shifts = give_back(tx, &held, less).await?;
    if let Some(asked) = wish.more.filter(|_| !more.is_empty()) {
        match hold_more(tx, wish.cart, asked, &more).await? {
            Ok(more) => shifts.extend(more),
            Err(short) => return Ok(Err(short.into_iter().map(|short| with(short, &has)).collect())),
        }
    }
    shifts.extend(waiting::serve(tx, waiting).await?);
    news::shifted(tx, &shifts).await?;
    Ok(Ok(()))
}

/// What a cart can have of a variant is also what it has.
fn with(short: Shortage, has: &BTreeMap<Id<Variant>, i64>) -> Shortage {
    let had = has.get(&short.variant).copied().unwrap_or_default();
    Shortage { available: short.available.saturating_add(had), ..short }
}

/// Units by variant.
fn units(held: &[cart_hold::Model]) -> BTreeMap<Id<Variant>, i64> {
    held.iter().fold(BTreeMap::new(), |mut units, one| {
        let sum: &mut i64 = units.entry(one.variant_id).or_default();
        *sum = sum.saturating_add(one.quantity);
        units
    })
}

/// Gives back so many units of each variant, those that were held last first.
async fn give_back(
    tx: &Tx,
    held: &[cart_hold::Model],
    mut less: BTreeMap<Id<Variant>, i64>,
) -> Result<Vec<Shift>, Fault> {
    let mut shifts = Vec::new();
    let mut latest: Vec<_> = held.iter().collect();
    latest.sort_by_key(|one| std::cmp::Reverse((one.expires_at, one.id)));
    for one in latest {
        let Some(left) = less.get_mut(&one.variant_id).filter(|left| 0 < **left) else { continue };
        let n = one.quantity.min(*left);
        hold_rows::give_back(tx, one, n).await?;
        *left = left.saturating_sub(n);
        shifts.push(((one.variant_id, one.location_id), n));
    }
    Ok(shifts)
}

async fn hold_more(
    tx: &Tx,
    cart: Id<Cart>,
    asked: HoldMore<'_>,
    more: &BTreeMap<Id<Variant>, i64>,
) -> Result<Result<Vec<Shift>, Vec<Shortage>>, Fault> {
    let HoldMore { channel, ground, reach, minutes, .. } = asked;
    let variants: Vec<_> = more.keys().copied().collect();
    let beyond = Beyond::hold(tx, &variants, (channel, ground.places)).await?;
    // Whether an order may be split is asked when it is placed.
    let policy = Policy { allow_split: true, ..ground.policy.clone() };
    let mut shelves = Shelves::lock(tx, &variants, Ground { policy: &policy, ..ground }).await?;
    let mut wants = Vec::new();
    let mut short = Vec::new();
    for (variant, n) in more {
        let on_shelf = shelves.free(*variant);
        let available = on_shelf.saturating_add(beyond.left(*variant, &[]));
        if available < *n {
            short.push(Shortage { variant: *variant, available });
        }
        wants.push((*variant, on_shelf.min(*n)));
    }
    if !short.is_empty() {
        return Ok(Err(short));
    }
    wants.retain(|(_, n)| 0 < *n);
    let parts = shelves.parts(&wants, &reach).map_err(|_| Fault::new("what was free on locked shelves is not"))?;
    let seconds = u64::try_from(minutes).unwrap_or_default().saturating_mul(60);
    let until = tx.now().plus(Duration::from_secs(seconds));
    let place = |part: &domain::fulfilment::source::Part| {
        let (variant, _) = wants.get(part.want)?;
        Some(((*variant, part.location), part.quantity))
    };
    let (holds, movements): (Vec<_>, Vec<_>) =
        parts.iter().filter_map(place).map(|part| hold_rows::hold(tx, (cart, channel.id), part, until)).unzip();
    let shifts = shelves.write(tx).await?;
    tx.insert_many(holds).await?;
    tx.insert_many(movements).await?;
    Ok(Ok(shifts))
}

/// Gives back what a locked cart holds longer than it may: units by variant. Emits what [`hold_for_cart`] does.
pub async fn release_overdue(tx: &Tx, cart: Id<Cart>) -> Result<BTreeMap<Id<Variant>, i64>, Fault> {
    let mut held = hold_rows::lock(tx, &[cart]).await?;
    held.retain(|one| one.expires_at <= tx.now());
    let overdue = units(&held);
    if overdue.is_empty() {
        return Ok(overdue);
    }
    let waiting = waiting::hold(tx, overdue.keys().copied()).await?;
    let variants: Vec<_> = overdue.keys().copied().collect();
    let places: Vec<_> = held.iter().map(|one| one.location_id).collect();
    rows::lock_levels(tx, &variants, &places).await?;
    let mut shifts = give_back(tx, &held, overdue.clone()).await?;
    shifts.extend(waiting::serve(tx, waiting).await?);
    news::shifted(tx, &shifts).await?;
    Ok(overdue)
}

/// What carts hold.
pub async fn held_for_carts(read: &Read, carts: &[Id<Cart>]) -> Result<HashMap<Id<Cart>, Held>, Fault> {
    let rows = hold_rows::held(read, carts).await?;
    let by_cart = grouped(rows.into_iter().map(|row| (row.cart_id, row)));
    let held = |(cart, rows): (Id<Cart>, Vec<cart_hold::Model>)| {
        let until = rows.iter().map(|row| row.expires_at).min();
        (cart, Held { units: units(&rows).into_iter().collect(), until })
    };
    Ok(by_cart.into_iter().map(held).collect())
}
