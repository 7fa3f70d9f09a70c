//! Staff decide what becomes of goods that came back.

use domain::{
    id::{Id, Location, Variant},
    identity::permission::proof::ManageStock,
    inventory::movement::Cause,
};
use store::{Once, Tx};

use super::{
    bulk::{self, ChangeError, Changed, OnFailure, Step, Task},
    rows::Why,
};
use crate::cx::{Cx, Permit};

/// Goods in quarantine to settle.
#[derive(Clone, Debug)]
pub struct Settle {
    /// How: each level once for each outcome.
    pub lines: Vec<SettleLine>,
    /// What becomes of the good lines if others are bad.
    pub on_failure: OnFailure,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Units of one level in quarantine.
#[derive(Clone, Debug)]
pub struct SettleLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// What becomes of them.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
}

/// What becomes of units in quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// They can be sold again.
    Restock,
    /// They are given up.
    WriteOff,
}

/// Puts units in quarantine back on the shelf, or gives them up. Emits `stock.restocked` or `stock.written_off` for each
/// line, and `stock.back`.
pub async fn settle(cx: &Cx, _may: Permit<ManageStock>, input: Settle) -> Result<Changed, ChangeError> {
    cx.write_once(input.once.as_ref(), async |tx| settle_lines(tx, input.lines.clone(), input.on_failure).await).await
}

/// Does what [`settle`] does, within a transaction of its caller.
pub async fn settle_lines(tx: &Tx, lines: Vec<SettleLine>, on_failure: OnFailure) -> Result<Changed, ChangeError> {
    let task = |line: SettleLine| Task {
        line: line.line,
        place: (line.variant, line.location),
        cause: match line.outcome {
            Outcome::Restock => Cause::Restock,
            Outcome::WriteOff => Cause::WriteOff,
        },
        step: Step::By(line.quantity),
        why: Why { reason: Some(line.reason), ..Why::default() },
    };
    let tasks: Vec<_> = lines.into_iter().map(task).collect();
    bulk::run(tx, tasks, on_failure).await
}
