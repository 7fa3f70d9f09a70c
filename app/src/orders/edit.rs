//! Staff change an order after its placement.

use domain::{
    id::{Id, Order},
    invalid::Invalid,
    money::Money,
    orders::{
        edit::{self, EditRefused, Line},
        ship::Units,
        state::Action,
    },
};
use entity::orders::order_line;
use store::{Fault, KeyReused, Tx};

use super::{
    MoveError,
    editing::{Editing, Reversal},
    fall, machine, rows,
};
use crate::{inventory, payments, refusal::Denied};

/// Why an order is not edited. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The order is not moved.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// Its lines cannot be changed so.
    #[error(transparent)]
    Refused(#[from] EditRefused),
    /// The channel does not sell it.
    #[error("what comes in by step {step} is not sold")]
    NotSold {
        /// Which of the steps.
        step: usize,
    },
    /// There is too little of it.
    #[error("of what comes in by step {step} there are {available}")]
    OutOfStock {
        /// Which of the steps.
        step: usize,
        /// Units that there are.
        available: i64,
    },
    /// The channel's tax engine did not say how what comes in is taxed, and the channel takes no orders by an estimate.
    #[error("nobody said how what comes in is taxed")]
    TaxUnavailable,
    /// No place has all that comes in, and the channel ships an order from one place only.
    #[error("no place has all that comes in")]
    NoSinglePlace,
    /// More is to be paid, and it is not said how.
    #[error("{difference} more is to be paid, and it is not said how")]
    MethodRequired {
        /// How much.
        difference: Money,
    },
    /// The channel does not take payments of that way.
    #[error("the channel takes no such payments")]
    MethodUnavailable,
    /// The gateway was asked for the money and did not answer yet.
    #[error("the money is being captured")]
    BeingCaptured,
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

/// Finds an order to edit, as the caller expects it, and what the steps change of it.
pub async fn begin_edit(
    tx: &Tx,
    order: Id<Order>,
    expected_version: Option<i64>,
    steps: &[edit::Step],
) -> Result<Editing, EditError> {
    let standing = machine::find_alone(tx, order, expected_version).await?;
    // The payment, the status, then the stock.
    rows::lock_status(tx, order).await?;
    standing.step(Action::Edit)?;
    let lines = rows::lines(tx, &[order]).await?;
    let before = quantities(tx, order, &lines).await?;
    let known = known(tx, order, (&lines, &before)).await?;
    let edit::Changes { removed, added } = edit::changes(&known, steps)?;
    let worth = fall::value(tx, &standing.order, &removed, None).await?;
    Ok(Editing { standing, lines, before, reversal: Reversal::FallsAway(worth), alike: Vec::new(), added })
}

/// Units of each line of an order that were not cancelled.
pub(super) async fn quantities(tx: &Tx, order: Id<Order>, lines: &[order_line::Model]) -> Result<Vec<Units>, Fault> {
    let cancelled = rows::cancelled(tx, &[order]).await?;
    let kept = |row: &order_line::Model| {
        let cancelled = cancelled.iter().filter(|one| one.order_line_id == row.id).map(|one| one.quantity);
        let quantity = row.quantity.saturating_sub(cancelled.fold(0, i64::saturating_add));
        Units { line: row.id, quantity }
    };
    Ok(lines.iter().map(kept).collect())
}

/// The lines of an order as far as they can be changed.
async fn known(tx: &Tx, order: Id<Order>, (lines, kept): (&[order_line::Model], &[Units])) -> Result<Vec<Line>, Fault> {
    let held = inventory::held(tx, order).await?;
    let awaited = inventory::awaited(tx, order).await?;
    let sum = |units: &mut dyn Iterator<Item = i64>| units.fold(0, i64::saturating_add);
    let line = |(row, kept): (&order_line::Model, &Units)| {
        let held = held.iter().filter(|one| one.line == row.id).map(|one| one.quantity);
        let awaited = awaited.iter().filter(|one| one.line == row.id).map(|one| one.quantity);
        let left = sum(&mut held.chain(awaited));
        Line { line: row.id, variant: row.variant_id, quantity: kept.quantity, left }
    };
    Ok(lines.iter().zip(kept).map(line).collect())
}

impl From<payments::ReduceError> for EditError {
    fn from(error: payments::ReduceError) -> Self {
        match error {
            payments::ReduceError::BeingCaptured => Self::BeingCaptured,
            payments::ReduceError::Fault(fault) => Self::Fault(fault),
        }
    }
}
