//! Staff make units of a place one channel's.

use std::collections::HashMap;

use domain::{
    id::{Channel, Id, Location, StockLevel, Variant},
    identity::permission::proof::ManageStock,
    inventory::events::StockEvent,
};
use store::{Fault, Once, Tx};

use super::{
    allocation_rows,
    bulk::{ChangeError, Changed, Done, Known, Refusal, Refused},
    news,
    rows::{self, Place},
    waiting,
};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// Units to make one channel's.
#[derive(Clone, Debug)]
pub struct SetAllocations {
    /// Which: each level and channel once.
    pub lines: Vec<AllocationLine>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Units of a level to make one channel's.
#[derive(Clone, Debug)]
pub struct AllocationLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// The channel's code.
    pub channel: String,
    /// Units, those among them that are promised in the channel; none: they are anybody's again.
    pub quantity: i64,
}

/// Makes units of places one channel's: others leave them, and this one sells them first. All of it or, by failing,
/// nothing. What is promised already stays promised. Emits `stock.allocation_set` for each, and
/// `order.backorder_served` if who waits for units gets what is anybody's again.
pub async fn set_allocations(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: SetAllocations,
) -> Result<Changed, ChangeError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let wanted = wanted(tx, &input.lines).await?;
        let held = waiting::hold(tx, wanted.iter().map(|(line, _)| line.variant)).await?;
        allocate(tx, &wanted).await?;
        let served = waiting::serve(tx, held).await?;
        news::shifted(tx, &served).await?;
        let done =
            |line: &AllocationLine| Done { line: line.line, variant: line.variant, location: line.location, units: 0 };
        Ok(Changed { done: input.lines.iter().map(done).collect(), refused: Vec::new() })
    })
    .await
}

/// The lines with their channels, in the order in which levels are locked.
async fn wanted<'l>(
    tx: &Tx,
    lines: &'l [AllocationLine],
) -> Result<Vec<(&'l AllocationLine, Id<Channel>)>, ChangeError> {
    let places: Vec<_> = lines.iter().map(|line| (line.variant, line.location)).collect();
    let known = Known::load(tx, &places).await?;
    let channels = channels::all(tx).await?;
    let (mut wanted, mut refused) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines {
        let channel = channels.iter().find(|channel| channel.code == line.channel);
        match (known.refusal((line.variant, line.location)), channel) {
            (Some(why), _) => refused.push(Refused { line: line.line, why }),
            (None, None) => refused.push(Refused { line: line.line, why: Refusal::NoChannel }),
            (None, Some(channel)) => wanted.push((line, channel.id)),
        }
    }
    if !refused.is_empty() {
        return Err(ChangeError::Refused(refused));
    }
    wanted.sort_by_key(|(line, channel)| (line.variant, line.location, *channel));
    Ok(wanted)
}

async fn allocate(tx: &Tx, wanted: &[(&AllocationLine, Id<Channel>)]) -> Result<(), Fault> {
    let mut places: Vec<_> = wanted.iter().map(|(line, _)| (line.variant, line.location)).collect();
    places.dedup();
    let levels = lock(tx, &places).await?;
    let variants: Vec<_> = places.iter().map(|place| place.0).collect();
    let there = allocation_rows::allocations(tx, &variants).await?;
    let there: HashMap<_, _> =
        there.iter().map(|row| (((row.variant_id, row.location_id), row.channel_id), row.quantity)).collect();
    let (mut next, mut told) = (Vec::with_capacity(wanted.len()), Vec::with_capacity(wanted.len()));
    for (line, channel) in wanted {
        let (variant, location, channel, at) = (line.variant, line.location, *channel, tx.now());
        let place = (variant, location);
        let level = *levels.get(&place).ok_or_else(|| Fault::new("a level that was locked is not known"))?;
        let set = |quantity| StockEvent::AllocationSet { level, variant, location, channel, quantity, at };
        told.push((set(there.get(&(place, channel)).copied().unwrap_or_default()), set(line.quantity)));
        next.push(((place, channel), line.quantity));
    }
    allocation_rows::set(tx, &next).await?;
    tx.emit_changes(told.iter().map(|(was, set)| (Some(was), set))).await
}

/// Locks the levels at places, which are sorted; makes those that are not there.
async fn lock(tx: &Tx, places: &[Place]) -> Result<HashMap<Place, Id<StockLevel>>, Fault> {
    let (variants, locations): (Vec<_>, Vec<_>) = places.iter().copied().unzip();
    let there = rows::levels(tx, &variants, &locations).await?;
    let mut levels: HashMap<_, _> =
        there.into_iter().map(|level| ((level.variant_id, level.location_id), level.id)).collect();
    if places.iter().all(|place| levels.contains_key(place)) {
        rows::lock_levels(tx, &variants, &locations).await?;
        return Ok(levels);
    }
    // A level that is made is locked, too: each in its turn.
    for place in places {
        rows::open(tx, *place).await?;
        levels.insert(*place, rows::lock(tx, *place).await?.id);
    }
    Ok(levels)
}
