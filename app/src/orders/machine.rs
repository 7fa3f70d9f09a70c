//! The one way by which an order's state changes.

use domain::{
    id::{Id, Order, OrderCancellation},
    money::Money,
    orders::{
        events::OrderEvent,
        hold::{HoldKind, stops},
        ship::Units,
        state::{Action, State},
    },
    time::Instant,
};
use entity::orders::{order, order_hold, order_status, order_transition};
use sea_orm::Set;
use serde::Serialize;
use store::{Fault, Once, Tx};

use super::{MoveError, rows};
use crate::{payments, pricing::promotions};

/// What to move, if nothing more is to be said of it.
#[derive(Clone, Debug)]
pub struct Move {
    /// The order.
    pub order: Id<Order>,
    /// The version of its status that the caller saw: if it has another one, the move is refused.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// An order, and where it stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) order: order::Model,
    state: State,
    status: order_status::Model,
    /// Why it must not go on.
    held: Vec<HoldKind>,
}

/// Where an order stood before a move, for the audit trail.
#[derive(Serialize)]
struct Before {
    state: State,
}

/// A legal move that is still to be made.
#[derive(Debug)]
pub(super) struct Step<'s> {
    standing: &'s Standing,
    action: Action,
    to: State,
}

/// What falls away of an order.
#[derive(Debug)]
pub(super) struct Fallen {
    pub(super) cancellation: Id<OrderCancellation>,
    pub(super) lines: Vec<Units>,
    pub(super) amount: Money,
}

/// Finds an order, as the caller expects it.
pub(super) async fn find(tx: &Tx, order: Id<Order>, expected_version: Option<i64>) -> Result<Standing, MoveError> {
    let order = rows::order(tx, order).await?.ok_or(MoveError::NotFound)?;
    let status = rows::status(tx, order.id).await?.ok_or_else(|| Fault::new("an order without a status"))?;
    if expected_version.is_some_and(|version| version != status.version) {
        return Err(MoveError::Stale);
    }
    let held = if status.open_holds == 0 { Vec::new() } else { open_holds(tx, order.id).await? };
    Ok(Standing { order, state: state(&status)?, status, held })
}

/// Finds an order, as the caller expects it, when nobody else moves its money any more: who ships or pays it has done so,
/// or finds what we make of it.
pub(super) async fn find_alone(
    tx: &Tx,
    order: Id<Order>,
    expected_version: Option<i64>,
) -> Result<Standing, MoveError> {
    rows::order(tx, order).await?.ok_or(MoveError::NotFound)?;
    payments::lock(tx, order).await?;
    find(tx, order, expected_version).await
}

/// The kinds of the holds that are not released.
async fn open_holds(tx: &Tx, order: Id<Order>) -> Result<Vec<HoldKind>, Fault> {
    let holds = rows::holds(tx, &[order]).await?;
    let ids: Vec<_> = holds.iter().map(|hold| hold.id).collect();
    let released = rows::releases(tx, &ids).await?;
    let open = holds.iter().filter(|hold| released.iter().all(|release| release.hold_id != hold.id));
    let kind =
        |hold: &order_hold::Model| HoldKind::parse(&hold.kind).ok_or_else(|| Fault::new("a hold of an unknown kind"));
    let mut kinds = open.map(kind).collect::<Result<Vec<_>, _>>()?;
    kinds.sort_unstable();
    Ok(kinds)
}

/// The state that a row says.
pub(super) fn state(status: &order_status::Model) -> Result<State, Fault> {
    State::parse(&status.state).ok_or_else(|| Fault::new("an order in an unknown state"))
}

impl Standing {
    /// Where it stands.
    pub(super) const fn state(&self) -> State {
        self.state
    }

    /// Whether it must not go on for this reason.
    pub(super) fn is_held_for(&self, kind: HoldKind) -> bool {
        self.held.contains(&kind)
    }

    /// Its row.
    pub(super) const fn status(&self) -> &order_status::Model {
        &self.status
    }

    /// The move that `action` is from here. Nothing is changed yet.
    pub(super) fn step(&self, action: Action) -> Result<Step<'_>, MoveError> {
        let to = self.state.after(action)?;
        if stops(action) && !self.held.is_empty() {
            return Err(MoveError::OnHold(self.held.clone()));
        }
        Ok(Step { standing: self, action, to })
    }

    /// Whether it waited for its payment long enough.
    pub(super) fn is_overdue(&self, now: Instant) -> bool {
        self.status.pay_before.is_some_and(|end| end <= now)
    }
}

impl Step<'_> {
    /// What is moved.
    pub(super) const fn order(&self) -> Id<Order> {
        self.standing.order.id
    }

    /// Makes the move. Emits its event, such as `order.confirmed`.
    pub(super) async fn make(self, tx: &Tx, reason: Option<String>) -> Result<(), MoveError> {
        self.write(tx, reason.as_deref(), None).await?;
        if self.to == State::Cancelled {
            promotions::give_back(tx, self.order()).await?;
        }
        let Self { standing: Standing { order, state: from, .. }, action, to } = self;
        let (number, at) = (order.number.clone(), tx.now());
        let event = OrderEvent::Moved { order: order.id, number, action, from: *from, to, reason, at };
        Ok(tx.emit_change(&Before { state: *from }, &event).await?)
    }

    /// Makes the move that a refund is. Emits `order.refunded` or `order.refunded_in_part`.
    pub(super) async fn make_refund(self, tx: &Tx, amount: Money, reason: Option<String>) -> Result<(), MoveError> {
        self.write(tx, reason.as_deref(), Some(amount.minor)).await?;
        let order = &self.standing.order;
        let (number, full, at) = (order.number.clone(), self.action == Action::Refund, tx.now());
        let event = OrderEvent::Refunded { order: order.id, number, amount, full, reason, at };
        Ok(tx.emit_change(&Before { state: self.standing.state }, &event).await?)
    }

    /// Makes the move that a cancellation of units is. Emits `order.lines_cancelled`.
    pub(super) async fn make_cancellation(
        self,
        tx: &Tx,
        fallen: Fallen,
        reason: Option<String>,
    ) -> Result<(), MoveError> {
        self.write(tx, reason.as_deref(), Some(fallen.amount.minor)).await?;
        let (order, state) = (&self.standing.order, self.to);
        let (number, at) = (order.number.clone(), tx.now());
        let Fallen { cancellation, lines, amount } = fallen;
        let order = order.id;
        let event = OrderEvent::LinesCancelled { order, number, cancellation, lines, amount, state, reason, at };
        Ok(tx.emit_change(&Before { state: self.standing.state }, &event).await?)
    }

    /// Makes the move that an edit is. Emits `order.edited`.
    pub(super) async fn make_edit(
        self,
        tx: &Tx,
        before: &impl Serialize,
        event: impl FnOnce(State) -> OrderEvent,
        reason: Option<&str>,
    ) -> Result<(), MoveError> {
        self.write(tx, reason, None).await?;
        Ok(tx.emit_change(before, &event(self.to)).await?)
    }

    async fn write(&self, tx: &Tx, reason: Option<&str>, amount_minor: Option<i64>) -> Result<(), MoveError> {
        let Standing { state: from, status, .. } = self.standing;
        let (version, stays) = (status.version.saturating_add(1), self.to == *from);
        let next = order_status::Model {
            state: self.to.code().to_owned(),
            since: if stays { status.since } else { tx.now() },
            pay_before: status.pay_before.filter(|_| stays),
            version,
            ..status.clone()
        };
        if !rows::replace_status(tx, status, next, stops(self.action)).await? {
            return Err(MoveError::Stale);
        }
        let transition = order_transition::ActiveModel {
            id: Set(tx.new_id()),
            order_id: Set(status.order_id),
            sequence: Set(version),
            action: Set(Some(self.action.code().to_owned())),
            from_state: Set(Some(from.code().to_owned())),
            to_state: Set(self.to.code().to_owned()),
            actor: Set(tx.stamp().actor.to_string()),
            reason: Set(reason.map(str::to_owned)),
            amount_minor: Set(amount_minor),
            at: Set(tx.now()),
            ..Default::default()
        };
        Ok(tx.insert(transition).await?)
    }
}
