//! A place refuses what an order was to have of it.

use domain::{
    id::{Id, Location, Order, OrderLine},
    identity::permission::proof::FulfilOrders,
    invalid::Invalid,
    orders::{
        events::{OrderEvent, Sourced},
        hold::HoldKind,
        reason,
        state::State,
    },
};
use entity::orders::order;
use store::{Fault, KeyReused, Once, Tx};

use super::{
    HoldError, MoveError,
    hold::put,
    machine::{self, Standing},
    rows,
    set_address::address,
};
use crate::{
    cx::{Cx, Permit},
    fulfilment,
    inventory::{self, MovePromises, NotMoved, Unsourced},
    refusal::Denied,
};

/// What a place refuses of an order.
#[derive(Clone, Debug)]
pub struct ReSource {
    /// The order.
    pub order: Id<Order>,
    /// The code of the place.
    pub location: String,
    /// Why it refuses, at most 500 characters.
    pub reason: Option<String>,
    /// Which lines; all that it was to give if nothing is said.
    pub lines: Option<Vec<Id<OrderLine>>>,
    /// Whether the order is held if no other place can give them.
    pub hold_if_short: bool,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why an order is not sourced anew.
#[derive(Debug, thiserror::Error)]
pub enum ReSourceError {
    /// There is no such order, or it is not as the caller saw it.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// The order cannot be held.
    #[error(transparent)]
    Hold(#[from] HoldError),
    /// There is no such place.
    #[error("there is no such place")]
    NoSuchLocation,
    /// The order has no such line.
    #[error("the order has no line as the one at {index}")]
    NoSuchLine {
        /// Which of the lines that were said.
        index: usize,
    },
    /// Nothing that the place was to give is left.
    #[error("nothing is left at the place")]
    NothingThere,
    /// The other places have too few: of which lines, and how many they have.
    #[error("the other places have too few")]
    Short(Vec<(Id<OrderLine>, i64)>),
    /// No other place has all of it, and the channel ships an order from one place only.
    #[error("no other place has all of it")]
    NoSinglePlace,
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

/// Moves what a place was to give of an order to other places, by the rules of its channel. All of it; if no place can
/// give it, nothing moves, and the order is held for its stock if the caller wants that.
///
/// What the place had set aside is free there again: if it is broken or gone, its stock is to be set straight.
///
/// Emits `order.re_sourced`, or `order.held`.
pub async fn re_source(cx: &Cx, _may: Permit<FulfilOrders>, input: ReSource) -> Result<Id<Order>, ReSourceError> {
    let reason = reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))?;
    cx.write_once(input.once.as_ref(), async |tx| {
        // Whoever moves the order meanwhile waits, and finds the new promises.
        rows::lock_status(tx, input.order).await?;
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        let from = rows::location(tx, input.location.trim()).await?.ok_or(ReSourceError::NoSuchLocation)?;
        if let Some(wanted) = &input.lines {
            let lines = rows::lines(tx, &[input.order]).await?;
            let unknown = wanted.iter().position(|wanted| lines.iter().all(|line| line.id != *wanted));
            if let Some(index) = unknown {
                return Err(ReSourceError::NoSuchLine { index });
            }
        }
        match Box::pin(moved(tx, &standing, from, &input)).await? {
            Ok(sourced) => told(tx, &standing.order, from, reason.clone(), sourced).await?,
            Err(NotMoved::NothingThere) => return Err(ReSourceError::NothingThere),
            Err(NotMoved::Unsourced(refused)) if !input.hold_if_short => {
                return Err(short(tx, input.order, refused).await?);
            }
            Err(NotMoved::Unsourced(_)) => {
                if !standing.is_held_for(HoldKind::Stock) {
                    put(tx, &standing, HoldKind::Stock, reason.clone()).await?;
                }
            }
        }
        Ok(input.order)
    })
    .await
}

async fn moved(
    tx: &Tx,
    standing: &Standing,
    from: Id<Location>,
    input: &ReSource,
) -> Result<Result<Vec<inventory::Sourced>, NotMoved>, Fault> {
    let grounds = fulfilment::grounds(tx, standing.order.channel_id).await?;
    let address = address(tx, &standing.order).await?;
    let reach = grounds.to(Some(&address));
    let is_allocated = matches!(standing.state(), State::Allocated | State::PartlyShipped);
    let wanted = MovePromises { order: input.order, from, lines: input.lines.clone(), reach, is_allocated };
    inventory::move_promises(tx, wanted, grounds.ground()).await
}

async fn told(
    tx: &Tx,
    order: &order::Model,
    from: Id<Location>,
    reason: Option<String>,
    sourced: Vec<inventory::Sourced>,
) -> Result<(), Fault> {
    let line = |of: &inventory::Sourced| Sourced { line: of.line, location: of.location, quantity: of.quantity };
    let lines = sourced.iter().map(line).collect();
    let decision = |of: inventory::Sourced| fulfilment::Decision {
        order: order.id,
        line: of.line,
        location: of.location,
        quantity: of.quantity,
        reason: of.reason,
        instead_of: Some((from, reason.clone())),
        actor: tx.stamp().actor,
    };
    fulfilment::decided(tx, sourced.into_iter().map(decision).collect()).await?;
    let (order, number, at) = (order.id, order.number.clone(), tx.now());
    tx.emit(&OrderEvent::ReSourced { order, number, refused_by: from, lines, reason, at }).await
}

/// Tells what is missing by the order's lines.
async fn short(tx: &Tx, order: Id<Order>, refused: Unsourced) -> Result<ReSourceError, Fault> {
    let short = match refused {
        Unsourced::NoSinglePlace => return Ok(ReSourceError::NoSinglePlace),
        Unsourced::Short(short) => short,
    };
    let lines = rows::lines(tx, &[order]).await?;
    let line = |short: inventory::Shortage| {
        let line = lines.iter().find(|line| line.variant_id == short.variant)?;
        Some((line.id, short.available))
    };
    Ok(ReSourceError::Short(short.into_iter().filter_map(line).collect()))
}
