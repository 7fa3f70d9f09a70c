//! The inputs of counts.

use std::collections::HashSet;

use app::inventory::{CloseCount, CountLine, OpenCount, RecordCount};
use async_graphql::{ID, InputObject};
use domain::{
    invalid::{Check, Invalid, Problem},
    inventory::units,
    orders::reason,
};

use super::input::{LINES_MAX, StockOnFailure, lines};
use crate::graphql::input;

/// A count to begin.
#[derive(InputObject, Clone, Debug)]
pub struct StockCountOpenInput {
    /// Where.
    pub location: ID,
    /// Of what: each variant once, 500 at most. Left out: of whatever is found.
    pub variants: Option<Vec<ID>>,
    /// What it is for, at most 500 characters.
    pub note: Option<String>,
    /// Any text of yours: the same key with the same input opens one.
    pub idempotency_key: String,
}

/// What was found in a count.
#[derive(InputObject, Clone, Debug)]
pub struct StockCountRecordInput {
    /// The count.
    pub count: ID,
    /// Of what how many: each variant once, 500 at most; a count holds 2,000. It replaces what was counted before.
    pub lines: Vec<StockCountLineInput>,
    /// Any text of yours: the same key with the same input is written down once.
    pub idempotency_key: String,
}

/// Units found of one variant.
#[derive(InputObject, Clone, Debug)]
pub struct StockCountLineInput {
    /// Of what.
    pub variant: ID,
    /// Units on the shelf, as they were found; those promised to orders are among them. 1,000,000 at most.
    pub counted: i64,
}

/// A count to end.
#[derive(InputObject, Clone, Debug)]
pub struct StockCountCloseInput {
    /// The count.
    pub count: ID,
    /// Any text of yours: the same key with the same input closes once.
    pub idempotency_key: String,
}

impl StockCountOpenInput {
    /// Checks every field.
    pub fn parse(self) -> Result<OpenCount, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockCountOpen", Some(&self.idempotency_key), &self);
        let location = check.field("location", input::id(&self.location));
        let note = check.field("note", reason::parse(self.note.as_deref()));
        let ids = self.variants.map(|ids| input::at_most(ids, LINES_MAX)).transpose();
        let ids = check.field("variants", ids).flatten().unwrap_or_default();
        let (mut variants, mut seen) = (Vec::new(), HashSet::new());
        for (index, id) in ids.iter().enumerate() {
            let mut of_variant = Check::default();
            let id = of_variant.field(&index.to_string(), input::id(id));
            if id.is_some_and(|id| !seen.insert(id)) {
                of_variant.wrong(&index.to_string(), Problem::Duplicate);
            }
            variants.extend(check.nested("variants", of_variant.done(id)));
        }
        let built = location.zip(note).zip(once);
        let built = built.map(|((location, note), once)| OpenCount { location, variants, note, once: Some(once) });
        check.done(built)
    }
}

impl StockCountRecordInput {
    /// Checks every field.
    pub fn parse(self) -> Result<RecordCount, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockCountRecord", Some(&self.idempotency_key), &self);
        let count = check.field("count", input::id(&self.count));
        let read = |check: &mut Check, line, of: StockCountLineInput| {
            let variant = check.field("variant", input::id(&of.variant));
            let counted = check.field("counted", units::any(of.counted));
            let (variant, counted) = variant.zip(counted)?;
            Some((variant, CountLine { line, variant, counted }))
        };
        let lines = lines(&mut check, self.lines, StockOnFailure::RejectAll, read);
        let built = count.zip(lines).zip(once);
        check.done(built.map(|((count, (lines, _)), once)| RecordCount { count, lines, once: Some(once) }))
    }
}

impl StockCountCloseInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CloseCount, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "stockCountClose", Some(&self.idempotency_key), &self);
        let count = check.field("count", input::id(&self.count));
        check.done(count.zip(once).map(|(count, once)| CloseCount { count, once: Some(once) }))
    }
}
