//! An order is changed after its placement: a reversal of what falls away, and lines of their own for what comes in. What
//! was agreed on stands.

use domain::{
    id::{Id, Order, OrderLine, Variant},
    invalid::Invalid,
    money::{Money, MoneyError},
    orders::{
        edit::{self, Added, Changes, EditRefused, Line},
        events::{self, OrderEvent},
        hold::HoldKind,
        ship::Units,
        state::{Action, State},
    },
    payments::method::Method,
    pricing::quote::QuotedLine,
};
use entity::orders::{order, order_edit, order_edit_line, order_line};
use sea_orm::Set;
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Tx};

use super::{
    CancelLinesError, HoldError, MoveError, PlaceLine,
    cancel_lines::chosen,
    fall, hold,
    machine::{self, Standing},
    place,
    release_hold::release_if_paid,
    rows,
};
use crate::{inventory, payments, refusal::Denied};

/// What an edit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The order.
    pub order: Id<Order>,
    /// What fell away is worth so much.
    pub removed: Money,
    /// What came in costs so much.
    pub added: Money,
}

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
    /// It was only to be seen what would change.
    #[error("nothing was to be changed")]
    Previewed(Edited),
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

/// An order that is about to be edited. Nobody else moves its money meanwhile.
pub struct Editing {
    standing: Standing,
    lines: Vec<order_line::Model>,
    known: Vec<Line>,
    changes: Changes,
    action: Action,
}

/// What comes in: a line, and what it costs.
pub type Incoming = (PlaceLine, QuotedLine);

/// How an edit is paid and told.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// How more is paid than was to be, unless it is paid together with the rest.
    pub method: Option<Method>,
    /// Why it is edited.
    pub reason: Option<String>,
}

/// What an order's lines were before an edit: units that did not fall away.
#[derive(Serialize)]
struct Before {
    lines: Vec<Units>,
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
    let known = known(tx, order, &lines).await?;
    let changes = edit::changes(&known, steps)?;
    Ok(Editing { standing, lines, known, changes, action: Action::Edit })
}

async fn known(tx: &Tx, order: Id<Order>, lines: &[order_line::Model]) -> Result<Vec<Line>, Fault> {
    let cancelled = rows::cancelled(tx, &[order]).await?;
    let held = inventory::held(tx, order).await?;
    let awaited = inventory::awaited(tx, order).await?;
    let sum = |units: &mut dyn Iterator<Item = i64>| units.fold(0, i64::saturating_add);
    let line = |row: &order_line::Model| {
        let cancelled = cancelled.iter().filter(|one| one.order_line_id == row.id).map(|one| one.quantity);
        let held = held.iter().filter(|one| one.line == row.id).map(|one| one.quantity);
        let awaited = awaited.iter().filter(|one| one.line == row.id).map(|one| one.quantity);
        let quantity = row.quantity.saturating_sub(sum(&mut { cancelled }));
        Line { line: row.id, variant: row.variant_id, quantity, left: sum(&mut held.chain(awaited)) }
    };
    Ok(lines.iter().map(line).collect())
}

impl Editing {
    /// The order.
    pub const fn order(&self) -> &order::Model {
        &self.standing.order
    }

    /// What comes in.
    pub fn added(&self) -> &[Added] {
        &self.changes.added
    }

    /// The variants of which units fall away or come in.
    pub fn variants(&self) -> Vec<Id<Variant>> {
        let removed = self.changes.removed.iter().map(|units| units.line);
        let of = |id: Id<OrderLine>| self.lines.iter().find(|line| line.id == id).map(|line| line.variant_id);
        removed.filter_map(of).chain(self.changes.added.iter().map(|one| one.variant)).collect()
    }

    /// Whether what comes in is set aside in the warehouse at once, as the rest of the order is.
    pub fn is_allocated(&self) -> bool {
        matches!(self.standing.state(), State::Allocated | State::PartlyShipped)
    }

    /// Writes the edit, whose lines come in at the price they have now: what falls away first gives its stock back; then
    /// the caller reserves what comes in.
    ///
    /// If it is more than what falls away, the difference is paid together with the rest if that is paid on delivery, else
    /// by one more payment; if it is less, the difference is taken off what is not paid yet, and what is left of it goes
    /// back. While more is to be paid, and not to the courier, the order is held.
    ///
    /// Emits `order.edited`, `order.held` or `order.hold_released`, and what
    /// [`reduce`](crate::payments::reduce()) and the release of stock do.
    pub async fn write(self, tx: &Tx, added: &[Incoming], terms: Terms) -> Result<Edited, EditError> {
        let order = &self.standing.order;
        let currency = fall::currency(order)?;
        let money = |sum: Result<Money, MoneyError>| sum.map_err(Fault::new);
        let worth = fall::value(tx, order, &self.changes.removed, None).await?;
        let edited = Edited {
            order: order.id,
            removed: worth.amount,
            added: money(Money::sum(currency, added.iter().map(|(_, quoted)| quoted.total)))?,
        };
        self.collect(tx, edited, terms.method).await?;
        let cancellation = if self.changes.removed.is_empty() {
            None
        } else {
            Some(fall::cancel(tx, order.id, &worth, terms.reason.clone()).await?)
        };
        let id = tx.new_id();
        self.write_lines(tx, added).await?;
        tx.insert(order_edit::ActiveModel {
            id: Set(id),
            order_id: Set(order.id),
            cancellation_id: Set(cancellation),
            removed_minor: Set(edited.removed.minor),
            added_minor: Set(edited.added.minor),
            reason: Set(terms.reason.clone()),
            actor: Set(tx.stamp().actor.to_string()),
            at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        let came = |(line, _): &Incoming| order_edit_line::ActiveModel {
            order_line_id: Set(line.id),
            edit_id: Set(id),
            order_id: Set(order.id),
            ..Default::default()
        };
        tx.insert_many(added.iter().map(came).collect::<Vec<_>>()).await?;
        let event = |state| OrderEvent::Edited {
            order: order.id,
            number: order.number.clone(),
            edit: id,
            removed: self.changes.removed.clone(),
            added: added.iter().map(told).collect(),
            removed_amount: edited.removed,
            added_amount: edited.added,
            state,
            reason: terms.reason.clone(),
            at: tx.now(),
        };
        let units = |line: &Line| Units { line: line.line, quantity: line.quantity };
        let before = Before { lines: self.known.iter().map(units).collect() };
        self.standing.step(self.action)?.make_edit(tx, &before, event, terms.reason.as_deref()).await?;
        self.hold_until_paid(tx).await?;
        self.give_back(tx).await?;
        Ok(edited)
    }

    /// Asks for the difference, or lets it fall away.
    async fn collect(&self, tx: &Tx, edited: Edited, method: Option<Method>) -> Result<(), EditError> {
        let Edited { order, removed, added } = edited;
        let difference = added.minus(removed).map_err(Fault::new)?;
        if difference.minor < 0 {
            return Ok(payments::reduce(tx, order, removed.minus(added).map_err(Fault::new)?).await?);
        }
        if difference.minor == 0 {
            return Ok(());
        }
        let own = Method::parse(&self.standing.order.payment_method);
        let own = own.ok_or_else(|| Fault::new("an order of an unknown payment method"))?;
        let method = match method {
            None if !payments::is_raised_together(tx, order).await? => {
                return Err(EditError::MethodRequired { difference });
            }
            said => said.unwrap_or(own),
        };
        Ok(payments::raise(tx, order, difference, method).await?)
    }

    async fn write_lines(&self, tx: &Tx, added: &[Incoming]) -> Result<(), Fault> {
        let last = self.lines.iter().map(|line| line.position).max().unwrap_or_default();
        let next = usize::try_from(last).map_err(Fault::new)?.saturating_add(1);
        let facts = |(index, (line, quoted)): (usize, &Incoming)| {
            place::line_facts(self.standing.order.id, next.saturating_add(index), line, quoted)
        };
        tx.insert_many(added.iter().enumerate().map(facts).collect::<Result<Vec<_>, _>>()?).await
    }

    /// Holds the order while it is to be paid more, but not to the courier; lets it go on if not.
    async fn hold_until_paid(&self, tx: &Tx) -> Result<(), EditError> {
        let order = self.standing.order.id;
        if !payments::is_awaited(tx, order).await? {
            return Ok(release_if_paid(tx, order).await?);
        }
        let standing = machine::find(tx, order, None).await?;
        if standing.is_held_for(HoldKind::Payment) {
            return Ok(());
        }
        match hold::put(tx, &standing, HoldKind::Payment, None).await {
            Ok(()) => Ok(()),
            Err(HoldError::Stale) => Err(MoveError::Stale.into()),
            Err(HoldError::Fault(fault)) => Err(fault.into()),
            Err(other) => Err(Fault::new(other).into()),
        }
    }

    async fn give_back(&self, tx: &Tx) -> Result<(), EditError> {
        if self.changes.removed.is_empty() {
            return Ok(());
        }
        let order = self.standing.order.id;
        let chosen = match chosen(tx, order, &self.changes.removed).await {
            Ok(chosen) => chosen,
            // Between what was read and what is locked now, a place refused or units came.
            Err(CancelLinesError::TooMany { .. }) => return Err(MoveError::Stale.into()),
            Err(CancelLinesError::Fault(fault)) => return Err(fault.into()),
            Err(other) => return Err(Fault::new(other).into()),
        };
        Ok(inventory::release_part(tx, order, &chosen.parts, &chosen.awaited).await?)
    }
}

/// A line that came in, as its event tells it.
fn told((line, quoted): &Incoming) -> events::Line {
    events::Line { variant: line.variant, sku: line.sku.clone(), quantity: quoted.quantity.get() }
}

impl From<payments::ReduceError> for EditError {
    fn from(error: payments::ReduceError) -> Self {
        match error {
            payments::ReduceError::BeingCaptured => Self::BeingCaptured,
            payments::ReduceError::Fault(fault) => Self::Fault(fault),
        }
    }
}
