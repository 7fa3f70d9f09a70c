//! The one way by which a return's state changes.

use domain::{
    id::{Id, Location, Return},
    money::Money,
    orders::{
        return_events::ReturnEvent,
        returns::{Action, State},
        ship::Units,
    },
};
use entity::orders::{order, order_return, order_return_status, order_return_step};
use sea_orm::Set;
use store::{Fault, Once, Tx};

use super::{super::rows as orders, ReturnError, rows};

/// A return to move, if nothing more is to be said of it.
#[derive(Clone, Debug)]
pub struct Move {
    /// The return.
    pub id: Id<Return>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// A return, and where it stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) row: order_return::Model,
    pub(super) order: order::Model,
    pub(super) status: order_return_status::Model,
}

/// What is said of a move.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Why.
    pub(super) reason: Option<String>,
    /// What it is about.
    pub(super) lines: Vec<Units>,
    /// How much goes back.
    pub(super) amount: Option<Money>,
    /// Where its goods came in.
    pub(super) location: Option<Id<Location>>,
}

/// Finds a return.
pub(super) async fn find(tx: &Tx, id: Id<Return>) -> Result<Standing, ReturnError> {
    let row = rows::one(tx, id).await?.ok_or(ReturnError::NotFound)?;
    let status = rows::status(tx, id).await?.ok_or_else(|| Fault::new("a return without a status"))?;
    let order = orders::order(tx, row.order_id).await?.ok_or_else(|| Fault::new("a return of no order"))?;
    Ok(Standing { row, order, status })
}

impl Standing {
    /// The state after an action, if it is legal here.
    pub(super) fn after(&self, action: Action) -> Result<State, ReturnError> {
        let state = State::parse(&self.status.state).ok_or_else(|| Fault::new("a return in an unknown state"))?;
        Ok(state.after(action)?)
    }

    /// Makes a move. Emits its event, such as `return.approved`.
    pub(super) async fn step(&self, tx: &Tx, action: Action, said: Said) -> Result<(), ReturnError> {
        let state = self.after(action)?;
        if !rows::set_state(tx, &self.status, state, said.location).await? {
            return Err(ReturnError::Stale);
        }
        let Said { reason, lines, amount, .. } = said;
        tx.insert(order_return_step::ActiveModel {
            return_id: Set(self.row.id),
            sequence: Set(self.status.version.saturating_add(1)),
            order_id: Set(self.order.id),
            action: Set(Some(action.code().to_owned())),
            reason: Set(reason.clone()),
            amount_minor: Set(amount.map(|amount| amount.minor)),
            actor: Set(tx.stamp().actor.to_string()),
            at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        let (id, order, number, at) = (self.row.id, self.order.id, self.order.number.clone(), tx.now());
        let event = ReturnEvent::Moved { id, order, number, action, state, lines, amount, reason, at };
        let before = serde_json::json!({ "state": self.status.state });
        Ok(tx.emit_change(&before, &event).await?)
    }

    /// What is to come back, or was.
    pub(super) async fn wanted(&self, tx: &Tx) -> Result<Vec<Units>, Fault> {
        let rows = rows::lines(tx, &[self.row.id]).await?;
        Ok(sorted(rows.into_iter().map(|row| Units { line: row.order_line_id, quantity: row.quantity })))
    }

    /// What came back.
    pub(super) async fn came(&self, tx: &Tx) -> Result<Vec<Units>, Fault> {
        let rows = rows::receipts(tx, &[self.row.id]).await?;
        Ok(sorted(rows.into_iter().map(|row| Units { line: row.order_line_id, quantity: row.quantity })))
    }
}

/// In the order in which what is counted of lines is locked.
pub(super) fn sorted(units: impl IntoIterator<Item = Units>) -> Vec<Units> {
    let mut units: Vec<_> = units.into_iter().collect();
    units.sort_unstable_by_key(|units| units.line);
    units
}
