//! What is told of levels that changed.

use std::collections::BTreeMap;

use domain::inventory::{
    available::{Crossing, crossing},
    events::StockEvent,
    movement::{Cause, Delta},
};
use entity::inventory::stock_level;
use serde::Serialize;
use store::{Fault, Tx};

use super::rows::{self, Place};

/// A movement that staff made.
#[derive(Clone, Debug)]
pub(super) struct Moved {
    pub(super) place: Place,
    pub(super) cause: Cause,
    pub(super) delta: Delta,
    pub(super) reason: Option<String>,
}

/// Emits the event of each movement, such as `stock.adjusted`, and what [`shifted`] tells of them and of what else
/// changed. Call it when all levels are changed: events of a level are numbered under its lock.
pub(super) async fn moved(tx: &Tx, moves: Vec<Moved>, mut shifts: Vec<Shift>) -> Result<(), Fault> {
    let places = moves.iter().map(|one| one.place).chain(shifts.iter().map(|(place, _)| *place));
    let levels = after(tx, places).await?;
    let deltas = sums(&moves);
    for one in moves {
        let Some(level) = levels.get(&one.place) else { return Err(Fault::new("a level vanished")) };
        shifts.push((one.place, one.delta.on_hand));
        let event = StockEvent::Moved {
            level: level.id,
            variant: level.variant_id,
            location: level.location_id,
            cause: one.cause.code(),
            on_hand_delta: one.delta.on_hand,
            quarantined_delta: one.delta.quarantined,
            on_hand: level.on_hand,
            reserved: level.reserved,
            quarantined: level.quarantined,
            reason: one.reason,
            at: tx.now(),
        };
        let all = deltas.get(&one.place).copied().unwrap_or(one.delta);
        let before = Before {
            on_hand: level.on_hand.saturating_sub(all.on_hand),
            quarantined: level.quarantined.saturating_sub(all.quarantined),
        };
        tx.emit_change(&before, &event).await?;
    }
    cross(tx, &levels, &shifts).await
}

/// What moved of each level, all movements together.
fn sums(moves: &[Moved]) -> BTreeMap<Place, Delta> {
    let mut sums: BTreeMap<Place, Delta> = BTreeMap::new();
    for Moved { place, delta, .. } in moves {
        let sum = sums.entry(*place).or_default();
        sum.on_hand = sum.on_hand.saturating_add(delta.on_hand);
        sum.quarantined = sum.quarantined.saturating_add(delta.quarantined);
    }
    sums
}

/// What a level was before all movements of a transaction. What was promised of it may have changed besides: those who
/// wait are served with them.
#[derive(Serialize)]
struct Before {
    on_hand: i64,
    quarantined: i64,
}

/// So many units more of a level can be sold; fewer if below zero.
pub(super) type Shift = (Place, i64);

/// Emits `stock.low` for each level of which there is little since these changes, and `stock.back` for each of which
/// there was none. The levels must be changed already, and stay locked.
pub(super) async fn shifted(tx: &Tx, shifts: &[Shift]) -> Result<(), Fault> {
    let levels = after(tx, shifts.iter().map(|(place, _)| *place)).await?;
    cross(tx, &levels, shifts).await
}

type Levels = BTreeMap<Place, stock_level::Model>;

async fn after(tx: &Tx, places: impl Iterator<Item = Place>) -> Result<Levels, Fault> {
    let (variants, locations): (Vec<_>, Vec<_>) = places.unzip();
    let levels = rows::levels(tx, &distinct(variants), &distinct(locations)).await?;
    Ok(levels.into_iter().map(|level| ((level.variant_id, level.location_id), level)).collect())
}

fn distinct<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort_unstable();
    all.dedup();
    all
}

async fn cross(tx: &Tx, levels: &Levels, shifts: &[Shift]) -> Result<(), Fault> {
    let mut sums: BTreeMap<Place, i64> = BTreeMap::new();
    for (place, units) in shifts {
        let sum = sums.entry(*place).or_default();
        *sum = sum.saturating_add(*units);
    }
    for (place, sum) in sums {
        let Some(level) = levels.get(&place) else { continue };
        let (variant, location, at) = (level.variant_id, level.location_id, tx.now());
        let available = level.on_hand.saturating_sub(level.reserved).saturating_sub(level.safety);
        let (level, low_at) = (level.id, level.low_at);
        match crossing(available.saturating_sub(sum), available, low_at) {
            Some(Crossing::Low) => {
                tx.emit(&StockEvent::Low { level, variant, location, available, low_at, at }).await?;
            }
            Some(Crossing::Back) => tx.emit(&StockEvent::Back { level, variant, location, available, at }).await?,
            None => {}
        }
    }
    Ok(())
}
