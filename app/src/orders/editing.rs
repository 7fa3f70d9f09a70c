//! An order becomes another after its placement: a reversal of what falls away or came back, and lines of their own for
//! what comes in. What was agreed on stands.

use domain::{
    id::{Id, Order, OrderEdit, OrderLine, Return, Variant},
    money::Money,
    orders::{
        edit::Added,
        events::{self, OrderEvent},
        hold::HoldKind,
        ship::Units,
        state::{Action, State},
        worth::Worth,
    },
    payments::method::Method,
    pricing::quote::QuotedLine,
};
use entity::orders::{order, order_edit, order_edit_line, order_exchange, order_line};
use sea_orm::Set;
use serde::{Deserialize, Serialize};
use store::{Fault, Tx};

use super::{
    CancelLinesError, EditError, HoldError, MoveError, PlaceLine,
    cancel_lines::chosen,
    fall, hold,
    machine::{self, Standing},
    place,
    release_hold::release_if_paid,
};
use crate::{inventory, payments, pricing};

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

/// An order that is about to become another. Nobody else moves its money meanwhile.
pub struct Editing {
    pub(super) standing: Standing,
    /// Its lines.
    pub(super) lines: Vec<order_line::Model>,
    /// What they are now: units that did not fall away.
    pub(super) before: Vec<Units>,
    pub(super) reversal: Reversal,
    /// What comes in at a price that is known.
    pub(super) alike: Vec<Incoming>,
    /// What comes in at today's price.
    pub(super) added: Vec<Added>,
}

/// What counts against what comes in.
pub(super) enum Reversal {
    /// What has not left, and falls away.
    FallsAway(Worth),
    /// What came back.
    CameBack {
        /// With which return, which is exchanged already.
        of: Id<Return>,
        /// What.
        units: Vec<Units>,
        /// What it counts.
        credit: Money,
    },
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
struct Before<'e> {
    lines: &'e [Units],
}

impl Editing {
    /// The order.
    pub const fn order(&self) -> &order::Model {
        &self.standing.order
    }

    /// What comes in at a price that is known.
    pub fn alike(&self) -> &[Incoming] {
        &self.alike
    }

    /// What comes in at today's price.
    pub fn added(&self) -> &[Added] {
        &self.added
    }

    /// The variants of which stock is given back or reserved.
    pub fn variants(&self) -> Vec<Id<Variant>> {
        let of = |id: Id<OrderLine>| self.lines.iter().find(|line| line.id == id).map(|line| line.variant_id);
        let removed = self.removed().into_iter().filter_map(|units| of(units.line));
        let alike = self.alike.iter().map(|(line, _)| line.variant);
        removed.chain(alike).chain(self.added.iter().map(|one| one.variant)).collect()
    }

    /// Whether what comes in is set aside in the warehouse at once, as the rest of the order is or was.
    pub fn is_allocated(&self) -> bool {
        matches!(self.standing.state(), State::Allocated | State::PartlyShipped | State::Delivered)
    }

    /// What falls away.
    fn removed(&self) -> Vec<Units> {
        match &self.reversal {
            Reversal::FallsAway(worth) => {
                worth.parts.iter().map(|part| Units { line: part.line, quantity: part.quantity }).collect()
            }
            Reversal::CameBack { .. } => Vec::new(),
        }
    }

    /// Writes what comes in, and the reversal of what falls away or came back: what falls away first gives its stock back;
    /// then the caller reserves what comes in.
    ///
    /// If what comes in costs more, the difference is paid together with the rest if that is paid on delivery, else by one
    /// more payment; if it costs less, the difference is taken off what is not paid yet, and what is left of it goes back.
    /// While more is to be paid, and not to the courier, the order is held.
    ///
    /// Emits `order.edited` or `order.exchanged`, `order.held` or `order.hold_released`, and what
    /// [`reduce`](crate::payments::reduce()) and the release of stock do.
    pub async fn write(self, tx: &Tx, added: &[Incoming], terms: Terms) -> Result<Edited, EditError> {
        let order = self.standing.order.id;
        let (removed, cancellation) = match &self.reversal {
            Reversal::FallsAway(worth) if worth.parts.is_empty() => (worth.amount, None),
            Reversal::FallsAway(worth) => {
                (worth.amount, Some(fall::cancel(tx, order, worth, terms.reason.clone()).await?))
            }
            Reversal::CameBack { credit, .. } => (*credit, None),
        };
        let sum = Money::sum(removed.currency, added.iter().map(|(_, quoted)| quoted.total));
        let edited = Edited { order, removed, added: sum.map_err(Fault::new)? };
        self.collect(tx, edited, terms.method).await?;
        self.write_lines(tx, added).await?;
        let edit = tx.new_id();
        tx.insert(order_edit::ActiveModel {
            id: Set(edit),
            order_id: Set(order),
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
            edit_id: Set(edit),
            order_id: Set(order),
            ..Default::default()
        };
        tx.insert_many(added.iter().map(came).collect::<Vec<_>>()).await?;
        self.step(tx, edit, (edited, added), terms.reason).await?;
        self.hold_until_paid(tx).await?;
        self.give_back(tx).await?;
        Ok(edited)
    }

    /// Moves the order, and tells of it.
    async fn step(
        &self,
        tx: &Tx,
        edit: Id<OrderEdit>,
        (edited, incoming): (Edited, &[Incoming]),
        reason: Option<String>,
    ) -> Result<(), EditError> {
        let (order, number, at) = (edited.order, self.standing.order.number.clone(), tx.now());
        let added = incoming.iter().map(told).collect();
        let said = reason.clone();
        let before = Before { lines: &self.before };
        match &self.reversal {
            Reversal::FallsAway(_) => {
                let event = |state| OrderEvent::Edited {
                    order,
                    number,
                    edit,
                    removed: self.removed(),
                    added,
                    removed_amount: edited.removed,
                    added_amount: edited.added,
                    state,
                    reason,
                    at,
                };
                self.standing.step(Action::Edit)?.make_edit(tx, &before, event, said.as_deref()).await?;
            }
            Reversal::CameBack { of, units, .. } => {
                let row = order_exchange::ActiveModel {
                    return_id: Set(*of),
                    edit_id: Set(edit),
                    order_id: Set(order),
                    ..Default::default()
                };
                tx.insert(row).await?;
                let event = |state| OrderEvent::Exchanged {
                    order,
                    number,
                    of: *of,
                    edit,
                    returned: units.clone(),
                    added,
                    returned_amount: edited.removed,
                    added_amount: edited.added,
                    state,
                    reason,
                    at,
                };
                self.standing.step(Action::Exchange)?.make_edit(tx, &before, event, said.as_deref()).await?;
            }
        }
        Ok(())
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
        if payments::raise(tx, order, difference, method).await? {
            Ok(())
        } else {
            Err(EditError::MethodRequired { difference })
        }
    }

    async fn write_lines(&self, tx: &Tx, added: &[Incoming]) -> Result<(), Fault> {
        let last = self.lines.iter().map(|line| line.position).max().unwrap_or_default();
        let next = usize::try_from(last).map_err(Fault::new)?.saturating_add(1);
        let names = pricing::names(tx, &place::steps(added.iter().map(|(line, _)| line))).await?;
        let facts = |(index, (line, quoted)): (usize, &Incoming)| {
            place::line_facts((self.standing.order.id, next.saturating_add(index)), line, quoted, &names)
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
        let (order, removed) = (self.standing.order.id, self.removed());
        if removed.is_empty() {
            return Ok(());
        }
        let chosen = match chosen(tx, order, &removed).await {
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
