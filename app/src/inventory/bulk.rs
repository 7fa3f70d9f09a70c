//! Many changes of levels in one transaction: how staff move stock.

use std::collections::HashSet;

use domain::{
    id::{Id, Location, Variant},
    invalid::Invalid,
    inventory::{
        available::Short,
        movement::{Cause, Delta, Level},
    },
};
use entity::inventory::stock_level;
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Tx};

use super::{
    news::{self, Moved},
    rows::{self, Place, Why},
    waiting::{self, Held},
};
use crate::{catalog, refusal::Denied};

/// What becomes of the good lines if others are bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// Nothing is done.
    RejectAll,
    /// They are done.
    SkipFailed,
}

/// Why a line cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// There is no such variant.
    NoVariant,
    /// There is no such place.
    NoLocation,
    /// There is no such channel.
    NoChannel,
    /// There are so many units on the shelf, not as many as the caller saw.
    Conflict {
        /// Units on the shelf.
        on_hand: i64,
    },
    /// So many units are promised to orders.
    Reserved {
        /// Units promised.
        reserved: i64,
    },
    /// There are only so many units to take.
    Insufficient {
        /// Units to take.
        available: i64,
    },
}

impl From<Short> for Refusal {
    fn from(short: Short) -> Self {
        match short {
            Short::Promised { reserved } => Self::Reserved { reserved },
            Short::Few { available } => Self::Insufficient { available },
        }
    }
}

/// A line that cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its place in the input.
    pub line: usize,
    /// Why.
    pub why: Refusal,
}

/// A line that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units that came, or left if below zero.
    pub units: i64,
}

/// What became of many lines, each list in the order of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What was done.
    pub done: Vec<Done>,
    /// What was left out.
    pub refused: Vec<Refused>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Some lines cannot be done.
    #[error("some lines cannot be done")]
    Refused(Vec<Refused>),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The caller may not do it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// One change of one level.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub(super) line: usize,
    pub(super) place: Place,
    pub(super) cause: Cause,
    pub(super) step: Step,
    pub(super) why: Why,
}

/// How a level changes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// By so many units, as the cause says.
    By(i64),
    /// To so many units on the shelf, if there are as many as expected.
    To { on_hand: i64, expected: Option<i64> },
}

/// Makes the changes and their movements, serves those who wait, and emits the events of all that. Levels are locked by
/// variant, then by place.
pub(super) async fn run(tx: &Tx, mut tasks: Vec<Task>, on_failure: OnFailure) -> Result<Changed, ChangeError> {
    tasks.sort_by_key(|task| task.place);
    let places: Vec<_> = tasks.iter().map(|task| task.place).collect();
    let known = Known::load(tx, &places).await?;
    let held = waiting::hold(tx, places.iter().map(|place| place.0)).await?;
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for task in tasks {
        let made = match known.refusal(task.place) {
            Some(why) => Err(why),
            None => make(tx, &task).await?,
        };
        match made {
            Ok(units) => done.push((task, units)),
            Err(why) => refused.push(Refused { line: task.line, why }),
        }
    }
    refused.sort_by_key(|one| one.line);
    if on_failure == OnFailure::RejectAll && !refused.is_empty() {
        return Err(ChangeError::Refused(refused));
    }
    write(tx, &done, held).await?;
    let shown = |(task, units): (Task, i64)| {
        let (variant, location) = task.place;
        Done { line: task.line, variant, location, units }
    };
    let mut done: Vec<_> = done.into_iter().map(shown).collect();
    done.sort_by_key(|one| one.line);
    Ok(Changed { done, refused })
}

/// Writes the movements of what was done, serves those who wait, and tells it.
async fn write(tx: &Tx, done: &[(Task, i64)], held: Held) -> Result<(), Fault> {
    let (mut movements, mut moved) = (Vec::with_capacity(done.len()), Vec::with_capacity(done.len()));
    for (task, units) in done.iter().filter(|(_, units)| *units != 0) {
        let (place, cause, delta) = (task.place, task.cause, task.cause.delta(*units));
        movements.push(rows::movement(tx, place, cause, *units, task.why.clone()));
        moved.push(Moved { place, cause, delta, reason: task.why.reason.clone() });
    }
    tx.insert_many(movements).await?;
    let served = waiting::serve(tx, held).await?;
    news::moved(tx, moved, served).await
}

/// Changes one level, which is made if there is none and something comes. Says by how many units.
async fn make(tx: &Tx, task: &Task) -> Result<Result<i64, Refusal>, Fault> {
    match task.step {
        Step::By(units) => Ok(by(tx, task.place, task.cause.delta(units)).await?.map(|()| units)),
        Step::To { on_hand, expected } => to(tx, task.place, on_hand, expected).await,
    }
}

async fn by(tx: &Tx, place: Place, delta: Delta) -> Result<Result<(), Refusal>, Fault> {
    if rows::apply(tx, place, delta).await? {
        return Ok(Ok(()));
    }
    match Level::default().refusal(delta) {
        None => rows::open(tx, place).await?,
        Some(short) if rows::level(tx, place).await?.is_none() => return Ok(Err(short.into())),
        Some(_) => {}
    }
    // Locked, since another may have made or changed it: what is told is what stands in the way.
    let level = rows::lock(tx, place).await?;
    match domain_level(&level).refusal(delta) {
        Some(short) => Ok(Err(short.into())),
        None if rows::apply(tx, place, delta).await? => Ok(Ok(())),
        None => Err(Fault::new("a locked level does not take what it allows")),
    }
}

async fn to(tx: &Tx, place: Place, on_hand: i64, expected: Option<i64>) -> Result<Result<i64, Refusal>, Fault> {
    let from = match expected {
        Some(0) => {
            rows::open(tx, place).await?;
            0
        }
        Some(expected) => expected,
        None => {
            rows::open(tx, place).await?;
            rows::lock(tx, place).await?.on_hand
        }
    };
    if rows::set(tx, place, from, on_hand).await? {
        return Ok(Ok(on_hand.saturating_sub(from)));
    }
    let level = rows::level(tx, place).await?;
    let (there, reserved) = level.map_or((0, 0), |level| (level.on_hand, level.reserved));
    Ok(Err(if there == from { Refusal::Reserved { reserved } } else { Refusal::Conflict { on_hand: there } }))
}

/// What a row says in the words of the domain.
pub(super) const fn domain_level(level: &stock_level::Model) -> Level {
    Level { on_hand: level.on_hand, reserved: level.reserved, quarantined: level.quarantined }
}

/// The variants and places of a batch that there are.
pub(super) struct Known {
    variants: HashSet<Id<Variant>>,
    locations: HashSet<Id<Location>>,
}

impl Known {
    pub(super) async fn load(tx: &Tx, places: &[Place]) -> Result<Self, Fault> {
        let variants: HashSet<_> = places.iter().map(|place| place.0).collect();
        let locations: HashSet<_> = places.iter().map(|place| place.1).collect();
        let variants = catalog::load::any_variants(tx, &variants.into_iter().collect::<Vec<_>>()).await?;
        let locations = rows::locations(tx, &locations.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            variants: variants.into_keys().collect(),
            locations: locations.into_iter().map(|row| row.id).collect(),
        })
    }

    /// Why nothing can be done there; `None` if something can.
    pub(super) fn refusal(&self, (variant, location): Place) -> Option<Refusal> {
        if !self.variants.contains(&variant) {
            return Some(Refusal::NoVariant);
        }
        (!self.locations.contains(&location)).then_some(Refusal::NoLocation)
    }
}
