//! Staff say how many units there are.

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

/// Levels to set.
#[derive(Clone, Debug)]
pub struct Set {
    /// To what: each level once.
    pub lines: Vec<SetLine>,
    /// Why.
    pub reason: String,
    /// What becomes of the good lines if others are bad.
    pub on_failure: OnFailure,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A level to set.
#[derive(Clone, Copy, Debug)]
pub struct SetLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units on the shelf, as they shall be.
    pub quantity: i64,
    /// Units on the shelf that the caller saw: refused if there are others. `None`: however many there are.
    pub expected: Option<i64>,
}

/// Sets what is on the shelf; never below what is promised. Emits `stock.adjusted` for each level that changes,
/// `stock.low` and `stock.back`.
pub async fn set(cx: &Cx, _may: Permit<ManageStock>, input: Set) -> Result<Changed, ChangeError> {
    let task = |line: SetLine| Task {
        line: line.line,
        place: (line.variant, line.location),
        cause: Cause::Adjustment,
        step: Step::To { on_hand: line.quantity, expected: line.expected },
        why: Why { reason: Some(input.reason.clone()), ..Why::default() },
    };
    let tasks: Vec<_> = input.lines.iter().copied().map(task).collect();
    cx.write_once(input.once.as_ref(), async |tx| bulk::run(tx, tasks, input.on_failure).await).await
}
