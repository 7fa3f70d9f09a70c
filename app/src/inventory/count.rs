//! Staff count what a place holds.

use std::collections::HashMap;

use domain::{
    id::{Id, Location, StockCount, Variant},
    identity::permission::proof::ManageStock,
    invalid::{Invalid, Problem},
    inventory::{
        events::{CountStep, StockEvent},
        movement::Cause,
    },
};
use entity::inventory::{stock_count, stock_count_line};
use sea_orm::Set;
use store::{Fault, KeyReused, Once};

use super::{
    bulk::{self, ChangeError, Known, OnFailure, Refused, Step, Task},
    count_rows,
    rows::{self, Why},
};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// The most variants of one count.
const COUNT_MAX: usize = 2000;

/// A count to begin.
#[derive(Clone, Debug)]
pub struct OpenCount {
    /// Where.
    pub location: Id<Location>,
    /// Of what: each variant once; empty: of whatever is found.
    pub variants: Vec<Id<Variant>>,
    /// What it is for.
    pub note: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct RecordCount {
    /// The count.
    pub count: Id<StockCount>,
    /// Of what how many: each variant once.
    pub lines: Vec<CountLine>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Units found of one variant.
#[derive(Clone, Copy, Debug)]
pub struct CountLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Units on the shelf, as they were found.
    pub counted: i64,
}

/// A count to end.
#[derive(Clone, Debug)]
pub struct CloseCount {
    /// The count.
    pub count: Id<StockCount>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why a count does not go on.
#[derive(Debug, thiserror::Error)]
pub enum CountError {
    /// There is no such count.
    #[error("there is no such count")]
    NotFound,
    /// There is no such place.
    #[error("there is no such place")]
    NoLocation,
    /// There are no such variants: where they stand in the input.
    #[error("there are no such variants")]
    NoVariants(Vec<usize>),
    /// It was closed.
    #[error("it was closed")]
    Closed,
    /// Some lines cannot be done.
    #[error("some lines cannot be done")]
    Refused(Vec<Refused>),
    /// What was found is less than is promised.
    #[error("less was found than is promised")]
    Promised(Refused),
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

/// Begins a count. Emits `count.opened`.
pub async fn open_count(cx: &Cx, _may: Permit<ManageStock>, input: OpenCount) -> Result<Id<StockCount>, CountError> {
    let OpenCount { location, variants, note, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        if rows::locations(tx, &[location]).await?.is_empty() {
            return Err(CountError::NoLocation);
        }
        let places: Vec<_> = variants.iter().map(|variant| (*variant, location)).collect();
        let known = Known::load(tx, &places).await?;
        let unknown = places.iter().enumerate().filter(|(_, place)| known.refusal(**place).is_some());
        let unknown: Vec<_> = unknown.map(|(line, _)| line).collect();
        if !unknown.is_empty() {
            return Err(CountError::NoVariants(unknown));
        }
        let count = tx.new_id();
        let row = stock_count::ActiveModel {
            id: Set(count),
            location_id: Set(location),
            state: Set("OPEN".to_owned()),
            note: Set(note),
            actor: Set(tx.stamp().actor.to_string()),
            opened_at: Set(tx.now()),
            closed_at: Set(None),
            version: Set(1),
            ..Default::default()
        };
        tx.insert(row).await?;
        tx.insert_many(variants.iter().map(|variant| empty(count, *variant)).collect::<Vec<_>>()).await?;
        let (step, n_lines) = (CountStep::Opened, variants.len());
        tx.emit(&StockEvent::Count { count, location, step, n_lines, at: tx.now() }).await?;
        Ok(count)
    })
    .await
}

fn empty(count: Id<StockCount>, variant: Id<Variant>) -> stock_count_line::ActiveModel {
    stock_count_line::ActiveModel {
        count_id: Set(count),
        variant_id: Set(variant),
        counted: Set(None),
        expected: Set(None),
        recorded_at: Set(None),
        actor: Set(None),
        ..Default::default()
    }
}

/// Writes down what was found, and what the record said in that moment. Who counts again replaces what was counted
/// before. Emits `count.recorded`.
pub async fn record_count(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: RecordCount,
) -> Result<Id<StockCount>, CountError> {
    let RecordCount { count, lines, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let location = count_rows::hold(tx, count).await?.open()?.location_id;
        let places: Vec<_> = lines.iter().map(|line| (line.variant, location)).collect();
        let known = Known::load(tx, &places).await?;
        let refusal = |line: &CountLine| {
            let why = known.refusal((line.variant, location))?;
            Some(Refused { line: line.line, why })
        };
        let refused: Vec<_> = lines.iter().filter_map(refusal).collect();
        if !refused.is_empty() {
            return Err(CountError::Refused(refused));
        }
        let variants: Vec<_> = lines.iter().map(|line| line.variant).collect();
        let levels = rows::levels(tx, &variants, &[location]).await?;
        let levels: HashMap<_, _> = levels.iter().map(|level| (level.variant_id, level.on_hand)).collect();
        for line in &lines {
            tx.insert_new(empty(count, line.variant)).await?;
            let expected = levels.get(&line.variant).copied().unwrap_or_default();
            count_rows::record(tx, (count, line.variant), line.counted, expected).await?;
        }
        if count_rows::lines(tx, &[count]).await?.len() > COUNT_MAX {
            return Err(Invalid::at("lines", Problem::TooLong { max: COUNT_MAX }).into());
        }
        let (step, n_lines) = (CountStep::Recorded, lines.len());
        tx.emit(&StockEvent::Count { count, location, step, n_lines, at: tx.now() }).await?;
        Ok(count)
    })
    .await
}

/// Ends a count: levels change by what was found more or fewer when it was written down, so that what was sold since stays
/// sold. What nobody counted stays as it is. Emits `count.closed`, `stock.counted` for each level that changes, `stock.low`
/// and `stock.back`.
pub async fn close_count(cx: &Cx, _may: Permit<ManageStock>, input: CloseCount) -> Result<Id<StockCount>, CountError> {
    let CloseCount { count, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let location = count_rows::hold(tx, count).await?.open()?.location_id;
        let lines = count_rows::lines(tx, &[count]).await?;
        let found = lines.iter().enumerate().filter_map(|(line, row)| {
            let variance = variance(row).filter(|variance| *variance != 0)?;
            let why = Why { reference: Some(count.uuid()), ..Why::default() };
            Some(Task { line, place: (row.variant_id, location), cause: Cause::Count, step: Step::By(variance), why })
        });
        let found: Vec<_> = found.collect();
        let n_lines = found.len();
        bulk::run(tx, found, OnFailure::RejectAll).await.map_err(promised)?;
        count_rows::close(tx, count).await?;
        let event = StockEvent::Count { count, location, step: CountStep::Closed, n_lines, at: tx.now() };
        tx.emit_change(&serde_json::json!({ "state": "OPEN" }), &event).await?;
        Ok(count)
    })
    .await
}

/// Units found more than the record said, or fewer if below zero; `None` if nobody counted.
pub const fn variance(line: &stock_count_line::Model) -> Option<i64> {
    match (line.counted, line.expected) {
        (Some(counted), Some(expected)) => Some(counted.saturating_sub(expected)),
        _ => None,
    }
}

fn promised(error: ChangeError) -> CountError {
    match error {
        ChangeError::Refused(lines) => match lines.first() {
            Some(first) => CountError::Promised(*first),
            None => CountError::Refused(lines),
        },
        ChangeError::Invalid(invalid) => CountError::Invalid(invalid),
        ChangeError::KeyReused(reused) => CountError::KeyReused(reused),
        ChangeError::Denied(denied) => CountError::Denied(denied),
        ChangeError::Fault(fault) => CountError::Fault(fault),
    }
}
