//! Goods come in.

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

/// Goods that came in.
#[derive(Clone, Debug)]
pub struct Receive {
    /// What, and where: each level once.
    pub lines: Vec<ReceiveLine>,
    /// The supplier's paper, in the words of who received it.
    pub reference: Option<String>,
    /// What becomes of the good lines if others are bad.
    pub on_failure: OnFailure,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Goods of one variant that came in at one place.
#[derive(Clone, Copy, Debug)]
pub struct ReceiveLine {
    /// Its place in the input.
    pub line: usize,
    /// Of what.
    pub variant: Id<Variant>,
    /// Where.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
}

/// Puts goods on the shelf. Emits `stock.received` for each level, and `stock.back`.
pub async fn receive(cx: &Cx, _may: Permit<ManageStock>, input: Receive) -> Result<Changed, ChangeError> {
    let task = |line: ReceiveLine| Task {
        line: line.line,
        place: (line.variant, line.location),
        cause: Cause::Receipt,
        step: Step::By(line.quantity),
        why: Why { reason: input.reference.clone(), ..Why::default() },
    };
    let tasks: Vec<_> = input.lines.iter().copied().map(task).collect();
    cx.write_once(input.once.as_ref(), async |tx| bulk::run(tx, tasks, input.on_failure).await).await
}
