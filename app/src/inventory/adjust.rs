//! Staff set the record straight, by so many units more or fewer.

use domain::{
    id::{Id, Location, Variant},
    identity::permission::proof::ManageStock,
    inventory::movement::Cause,
};
use store::Once;

use super::{
    bulk::{self, ChangeError, Changed, OnFailure, Step, Task},
    rows::Why,
};
use crate::cx::{Cx, Permit};

/// Levels to adjust.
#[derive(Clone, Debug)]
pub struct Adjust {
    /// How: each level once.
    pub lines: Vec<AdjustLine>,
    /// What becomes of the good lines if others are bad.
    pub on_failure: OnFailure,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A level to adjust.
#[derive(Clone, Debug)]
pub struct AdjustLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units more, or fewer if below zero.
    pub delta: i64,
    /// Why.
    pub reason: String,
}

/// Adjusts levels; never below what is promised. Emits `stock.adjusted` for each, `stock.low` and `stock.back`.
pub async fn adjust(cx: &Cx, _may: Permit<ManageStock>, input: Adjust) -> Result<Changed, ChangeError> {
    let task = |line: AdjustLine| Task {
        line: line.line,
        place: (line.variant, line.location),
        cause: Cause::Adjustment,
        step: Step::By(line.delta),
        why: Why { reason: Some(line.reason), ..Why::default() },
    };
    let tasks: Vec<_> = input.lines.into_iter().map(task).collect();
    cx.write_once(input.once.as_ref(), async |tx| bulk::run(tx, tasks, input.on_failure).await).await
}
