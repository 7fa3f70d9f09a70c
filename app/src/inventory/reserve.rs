//! Promising stock to an order.

use std::collections::BTreeMap;

use domain::{
    id::{Id, Location, Order, OrderLine, Variant},
    inventory::{available, movement::Cause},
    time::Instant,
};
use entity::inventory::{reservation, stock_level};
use sea_orm::Set;
use store::{Fault, Tx};

use super::{load::to_promise, news, rows};
use crate::channels::Source;

/// Stock to promise to one line of an order.
#[derive(Clone, Copy, Debug)]
pub struct Reserve {
    /// For whom.
    pub order: Id<Order>,
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
    /// Units that were free when it was asked.
    pub available: i64,
}

/// Why stock could not be promised.
#[derive(Debug, thiserror::Error)]
pub enum ReserveError {
    /// There is too little of some of it.
    #[error("too little stock")]
    Short(Vec<Shortage>),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Promises stock to an order's lines, from the places given, the preferred first: all of it or, by
/// failing, nothing. Until `hold_until` if the order is not paid yet.
///
/// Emits `stock.low` for each level of which there is little then.
///
/// A line comes from the first place that has all of it, else from several. One conditional statement
/// a place decides; levels are locked by variant, then by place, so that two orders cannot wait
/// for each other.
pub async fn reserve(
    tx: &Tx,
    mut lines: Vec<Reserve>,
    places: &[Source],
    hold_until: Option<Instant>,
) -> Result<(), ReserveError> {
    lines.sort_by_key(|line| line.variant);
    let (mut reservations, mut movements, mut short) = (Vec::new(), Vec::new(), Vec::new());
    let mut shifts = Vec::new();
    for line in lines {
        let taken = match take(tx, line, places).await? {
            Ok(taken) => taken,
            Err(available) => {
                short.push(Shortage { variant: line.variant, available });
                continue;
            }
        };
        for (location, quantity) in taken {
            let id = tx.new_id();
            shifts.push(((line.variant, location), quantity.saturating_neg()));
            movements.push(rows::movement(tx, (line.variant, location), Cause::Reservation, quantity, id));
            reservations.push(reservation::ActiveModel {
                id: Set(id),
                order_id: Set(line.order),
                order_line_id: Set(line.line),
                variant_id: Set(line.variant),
                location_id: Set(location),
                quantity: Set(quantity),
                state: Set(if hold_until.is_some() { "HELD" } else { "CONFIRMED" }.to_owned()),
                expires_at: Set(hold_until),
                ..Default::default()
            });
        }
    }
    if !short.is_empty() {
        return Err(ReserveError::Short(short));
    }
    tx.insert_many(reservations).await?;
    tx.insert_many(movements).await?;
    Ok(news::shifted(tx, &shifts).await?)
}

/// Units taken of places.
type Taken = Vec<(Id<Location>, i64)>;

/// Takes a line's units: from one place if one has them all, else from several. If all together have
/// too few, says how many they had; the transaction must then be given up.
async fn take(tx: &Tx, line: Reserve, places: &[Source]) -> Result<Result<Taken, i64>, Fault> {
    for place in places {
        if rows::take(tx, (line.variant, place.location), place.buffer, line.quantity).await? {
            return Ok(Ok(vec![(place.location, line.quantity)]));
        }
    }
    let ids: Vec<_> = places.iter().map(|place| place.location).collect();
    let mut missing = line.quantity;
    let mut taken = Vec::new();
    // Somebody may take units between the look and the taking; then what is left is looked at again.
    for _look in 0..LOOKS {
        let parts = parts(&rows::levels(tx, &[line.variant], &ids).await?, places, missing);
        for (place, (part, buffer)) in parts {
            if rows::take(tx, (line.variant, place), buffer, part).await? {
                taken.push((place, part));
                missing = missing.saturating_sub(part);
            }
        }
        if missing == 0 {
            return Ok(Ok(taken));
        }
    }
    let levels = rows::levels(tx, &[line.variant], &ids).await?;
    let free = available::together(levels.iter().filter_map(|level| to_promise(level, places)));
    Ok(Err(free.saturating_add(line.quantity.saturating_sub(missing))))
}

/// How often what is free is looked at before a line is refused.
const LOOKS: usize = 3;

/// How many units of each place, the preferred first, make up what is missing, and what is left there; by place, since
/// that is the order in which all who move stock lock levels.
fn parts(levels: &[stock_level::Model], places: &[Source], missing: i64) -> BTreeMap<Id<Location>, (i64, i64)> {
    let mut missing = missing;
    let mut parts = BTreeMap::new();
    for place in places {
        let level = levels.iter().find(|level| level.location_id == place.location);
        let part = level.and_then(|level| to_promise(level, places)).unwrap_or_default().min(missing);
        if part > 0 {
            missing = missing.saturating_sub(part);
            parts.insert(place.location, (part, place.buffer));
        }
    }
    parts
}
