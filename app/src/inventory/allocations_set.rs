//! Staff make units of a place one channel's.

use domain::{
    id::{Channel, Id, Location, Variant},
    identity::permission::proof::ManageStock,
    inventory::events::StockEvent,
};
use store::{Fault, Once, Tx};

use super::{
    allocation_rows,
    allocations::Allocations,
    bulk::{ChangeError, Changed, Done, Known, Refusal, Refused},
    news, rows, waiting,
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
        for (line, channel) in &wanted {
            allocate(tx, line, *channel).await?;
        }
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
    let (mut wanted, mut refused) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines {
        let channel = channels::by_code(tx, &line.channel).await?;
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

async fn allocate(tx: &Tx, line: &AllocationLine, channel: Id<Channel>) -> Result<(), Fault> {
    let place = (line.variant, line.location);
    rows::open(tx, place).await?;
    let level = rows::lock(tx, place).await?;
    let before = Allocations::load(tx, &[line.variant]).await?;
    let was = before.of(place).iter().find(|one| one.channel == channel).map_or(0, |one| one.quantity);
    allocation_rows::set(tx, place, channel, line.quantity).await?;
    let (variant, location, at) = (line.variant, line.location, tx.now());
    let set = |quantity| StockEvent::AllocationSet { level: level.id, variant, location, channel, quantity, at };
    tx.emit_change(&set(was), &set(line.quantity)).await
}
