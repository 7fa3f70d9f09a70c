//! Staff cancel units of an order before they leave.

use std::collections::BTreeSet;

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::{Check, Invalid},
    orders::{
        reason,
        ship::{Plan, PlanError, Promise, Units, plan},
        state::{Action, State},
    },
};
use store::{Fault, KeyReused, Once, Tx};

use super::{
    MoveError, ShipmentError, fall,
    machine::{self, Fallen, Standing},
    paid::paid,
    release_hold::release_if_paid,
    rows, ship, shipments,
};
use crate::{
    cx::{Cx, Permit},
    inventory::{self, Awaited},
    payments,
    refusal::Denied,
};

/// Units of an order to cancel.
#[derive(Clone, Debug)]
pub struct CancelLines {
    /// The order.
    pub order: Id<Order>,
    /// What is cancelled, each line once.
    pub lines: Vec<Units>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why nothing is cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelLinesError {
    /// The order is not moved.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// The order has no such line.
    #[error("the order has no line as the one at {index}")]
    NoSuchLine {
        /// Which of the lines that were said.
        index: usize,
    },
    /// Too few units of the line are left.
    #[error("of the line at {index} only {max} are left")]
    TooMany {
        /// Which of the lines that were said.
        index: usize,
        /// Units that could be cancelled.
        max: i64,
    },
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

/// Cancels units of an order that have not left: their stock is free again, and their share of the money falls away, or
/// goes back if it was paid. If nothing is left the order is cancelled, with delivery and fees; if all that is left has
/// left the shop, it is shipped, or what its shipments became.
///
/// Emits `order.lines_cancelled`, or `order.cancelled` if nothing is left; `order.paid` if what is left is paid.
pub async fn cancel_lines(
    cx: &Cx,
    _may: Permit<ManageOrders>,
    input: CancelLines,
) -> Result<Id<Order>, CancelLinesError> {
    let reason = parse(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find_alone(tx, input.order, input.expected_version).await?;
        let order = &standing.order;
        // A refusal names what was asked for.
        standing.step(Action::CancelPart)?;
        let chosen = chosen(tx, input.order, &input.lines).await?;
        match (chosen.is_rest, standing.state()) {
            (true, State::PartlyShipped) => {
                fall_away(tx, &standing, Action::CancelRest, (&input, &chosen), reason.clone()).await?;
                shipments::arrive(tx, order.id).await?;
            }
            (true, _) => {
                let step = standing.step(Action::Cancel)?;
                payments::cancel(tx, order.id).await?;
                step.make(tx, reason.clone()).await?;
                fall::cancel_rest(tx, order, reason.clone()).await?;
                inventory::release(tx, order.id).await?;
            }
            (false, state) => {
                fall_away(tx, &standing, Action::CancelPart, (&input, &chosen), reason.clone()).await?;
                // What was to be paid yet may be what fell away: the rest was paid with gift cards or store credit.
                if state == State::AwaitingPayment && !payments::is_awaited(tx, order.id).await? {
                    paid(tx, order.id).await?;
                }
            }
        }
        Ok(order.id)
    })
    .await
}

async fn fall_away(
    tx: &Tx,
    standing: &Standing,
    action: Action,
    (input, chosen): (&CancelLines, &Chosen),
    reason: Option<String>,
) -> Result<(), CancelLinesError> {
    let (order, step) = (&standing.order, standing.step(action)?);
    let worth = fall::value(tx, order, &input.lines, None).await?;
    payments::reduce(tx, order.id, worth.amount).await?;
    let cancellation = fall::cancel(tx, order.id, &worth, reason.clone()).await?;
    let fallen = Fallen { cancellation, lines: input.lines.clone(), amount: worth.amount };
    step.make_cancellation(tx, fallen, reason).await?;
    release_if_paid(tx, order.id).await?;
    Ok(inventory::release_part(tx, order.id, &chosen.parts, &chosen.awaited).await?)
}

/// The units that are given up.
pub(super) struct Chosen {
    /// Of what is promised.
    pub(super) parts: Vec<(Promise, i64)>,
    /// Of what did not come yet.
    pub(super) awaited: Vec<Awaited>,
    /// Whether nothing else is left.
    is_rest: bool,
}

/// Chooses the units that are given up: those first that did not come yet. Whoever changes what is promised changes the
/// order's version, too: then the move is stale.
pub(super) async fn chosen(tx: &Tx, order: Id<Order>, units: &[Units]) -> Result<Chosen, CancelLinesError> {
    let lines: BTreeSet<_> = rows::lines(tx, &[order]).await?.into_iter().map(|line| line.id).collect();
    if let Some(index) = units.iter().position(|one| !lines.contains(&one.line)) {
        return Err(CancelLinesError::NoSuchLine { index });
    }
    let awaited = inventory::awaited(tx, order).await?;
    let held = inventory::held(tx, order).await?;
    let (mut wanted, mut given_up) = (Vec::new(), Vec::new());
    for (index, units) in units.iter().enumerate() {
        let promised = held.iter().filter(|promise| promise.line == units.line).map(|promise| promise.quantity);
        let promised = promised.fold(0, i64::saturating_add);
        let waiting = awaited.iter().find(|one| one.line == units.line).map_or(0, |one| one.quantity);
        let max = promised.saturating_add(waiting);
        if max < units.quantity {
            return Err(CancelLinesError::TooMany { index, max });
        }
        let n_waiting = waiting.min(units.quantity);
        if 0 < n_waiting {
            given_up.push(Awaited { line: units.line, quantity: n_waiting });
        }
        if n_waiting < units.quantity {
            wanted.push(Units { line: units.line, quantity: units.quantity.saturating_sub(n_waiting) });
        }
    }
    let parts = match plan(&held, Some(&wanted), None) {
        Ok(Plan { parts, .. }) => parts,
        Err(PlanError::Nothing) if !given_up.is_empty() => Vec::new(),
        Err(refused) => return Err(Fault::new(format!("units that are left cannot be given up: {refused:?}")).into()),
    };
    let sum = |units: &mut dyn Iterator<Item = i64>| units.fold(0, i64::saturating_add);
    let left = sum(&mut held.iter().map(|one| one.quantity).chain(awaited.iter().map(|one| one.quantity)));
    let leaving = sum(&mut parts.iter().map(|(_, n)| *n).chain(given_up.iter().map(|one| one.quantity)));
    Ok(Chosen { parts, awaited: given_up, is_rest: left == leaving })
}

fn parse(input: &CancelLines) -> Result<Option<String>, Invalid> {
    let mut check = Check::default();
    let reason = check.field("reason", reason::parse(input.reason.as_deref()));
    check.nested("lines", ship::units(&input.lines));
    check.done(reason)
}

impl From<payments::ReduceError> for CancelLinesError {
    fn from(error: payments::ReduceError) -> Self {
        match error {
            payments::ReduceError::BeingCaptured => Self::BeingCaptured,
            payments::ReduceError::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl From<ShipmentError> for CancelLinesError {
    fn from(error: ShipmentError) -> Self {
        match error {
            ShipmentError::Stale => Self::Move(MoveError::Stale),
            ShipmentError::BeingCaptured => Self::BeingCaptured,
            ShipmentError::Fault(fault) => Self::Fault(fault),
            other @ (ShipmentError::NotFound
            | ShipmentError::NotAllowed(_)
            | ShipmentError::Invalid(_)
            | ShipmentError::KeyReused(_)
            | ShipmentError::Denied(_)) => Self::Fault(Fault::new(other)),
        }
    }
}
