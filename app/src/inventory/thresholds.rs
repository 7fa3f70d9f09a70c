//! Staff say what is kept back of a level, and when there is little.

use std::collections::BTreeMap;

use domain::{
    id::{Id, Location, Variant},
    identity::permission::proof::ManageStock,
    inventory::events::StockEvent,
};
use store::{Fault, Once, Tx};

use super::{
    bulk::{ChangeError, Changed, Done, Known, Refused},
    news::{self, Shift},
    rows, waiting,
};
use crate::cx::{Cx, Permit};

/// Levels to set thresholds of.
#[derive(Clone, Debug)]
pub struct Thresholds {
    /// Which: each level once.
    pub lines: Vec<ThresholdLine>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What is kept back of a level.
#[derive(Clone, Copy, Debug)]
pub struct ThresholdLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units that nobody sells.
    pub safety: i64,
    /// So many sellable units or fewer are few; none: never.
    pub low_at: Option<i64>,
}

/// Sets safety stock and the threshold of little stock: all of it or, by failing, nothing. Emits
/// `stock.thresholds_set` for each level, `stock.low` and `stock.back`, and `order.backorder_served` if who waits for
/// units gets what is not kept back any more.
pub async fn set_thresholds(cx: &Cx, _may: Permit<ManageStock>, input: Thresholds) -> Result<Changed, ChangeError> {
    let lines: BTreeMap<_, _> = input.lines.iter().map(|line| ((line.variant, line.location), *line)).collect();
    cx.write_once(input.once.as_ref(), async |tx| {
        let places: Vec<_> = lines.keys().copied().collect();
        let known = Known::load(tx, &places).await?;
        let refused = lines.values().filter_map(|line| {
            known.refusal((line.variant, line.location)).map(|why| Refused { line: line.line, why })
        });
        let refused: Vec<_> = refused.collect();
        if !refused.is_empty() {
            return Err(ChangeError::Refused(refused));
        }
        let held = waiting::hold(tx, places.iter().map(|place| place.0)).await?;
        let mut shifts = Vec::with_capacity(lines.len());
        for line in lines.values() {
            shifts.push(keep(tx, *line).await?);
        }
        shifts.extend(waiting::serve(tx, held).await?);
        news::shifted(tx, &shifts).await?;
        let done = |line: &ThresholdLine| {
            let ThresholdLine { line, variant, location, .. } = *line;
            Done { line, variant, location, units: 0 }
        };
        Ok(Changed { done: input.lines.iter().map(done).collect(), refused: Vec::new() })
    })
    .await
}

/// Sets what is kept back of a level, and says how many units more can be sold of it.
async fn keep(tx: &Tx, line: ThresholdLine) -> Result<Shift, Fault> {
    let ThresholdLine { variant, location, safety, low_at, .. } = line;
    rows::open(tx, (variant, location)).await?;
    let level = rows::lock(tx, (variant, location)).await?;
    rows::keep(tx, (variant, location), safety, low_at).await?;
    let (id, at) = (level.id, tx.now());
    let set = |safety, low_at| StockEvent::ThresholdsSet { level: id, variant, location, safety, low_at, at };
    tx.emit_change(&set(level.safety, level.low_at), &set(safety, low_at)).await?;
    Ok(((variant, location), level.safety.saturating_sub(safety)))
}
