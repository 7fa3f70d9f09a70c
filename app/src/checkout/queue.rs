//! The queue's turn: carts that were handed in become orders, many in one transaction.

use std::sync::Arc;

use domain::id::{Channel, Id};
use entity::checkout::{outcome, ticket};
use sea_orm::Set;
use store::{Actor, Fault, Scope, Stamp, Tx};

use super::{
    CheckoutError,
    complete::agreed,
    place::{self, Planned},
    refusal::Refusal,
    rows,
};
use crate::{
    cart::{self, CartError, Claim},
    channels,
    cx::{App, Cx, Shopper},
};

/// The most queues that one pass of the worker looks at.
const QUEUES_A_PASS: u32 = 100;

/// The most tickets that are decided in one transaction.
const BATCH: u64 = 50;

/// One pass of the worker: decides tickets of every queue, in the order of their acceptance. How many it were.
///
/// A queue that fails is logged and left to the next pass; the others do not wait for it.
pub async fn decide_waiting(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_decided = 0_usize;
    for (scope, channel) in app.db.platform().waiting_queues(QUEUES_A_PASS).await? {
        match decide(app, scope, channel).await {
            Ok(n) => n_decided = n_decided.saturating_add(n),
            Err(error) => tracing::error!(%channel, %error, "a queue stands still"),
        }
    }
    Ok(n_decided)
}

/// Decides the tickets of a channel that are next. None if another replica is at it.
async fn decide(app: &Arc<App>, scope: Scope, channel: Id<Channel>) -> Result<usize, Fault> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("queue {channel}"));
    cx.write(async |tx| {
        let Some(held) = rows::hold(tx, channel).await? else { return Ok(0) };
        let tickets = rows::next(tx, channel, BATCH).await?;
        let outcomes = outcomes(&cx, tx, channel, &tickets).await?;
        let turns = (1_i64..).map(|n| held.n_decided.saturating_add(n));
        let row = |((ticket, outcome), turn): ((&ticket::Model, Outcome), i64)| row(tx, ticket, outcome, turn);
        let decided: Vec<_> = tickets.iter().zip(outcomes).zip(turns).map(row).collect::<Result<_, _>>()?;
        let n = decided.len();
        if 0 < n {
            rows::decide(tx, &held, decided).await?;
        }
        Ok(n)
    })
    .await
}

/// An order, or why there is none.
type Outcome = Result<Id<domain::id::Order>, Refusal>;

async fn outcomes(cx: &Cx, tx: &Tx, channel: Id<Channel>, tickets: &[ticket::Model]) -> Result<Vec<Outcome>, Fault> {
    let channel = channels::by_id(tx, channel).await?.ok_or_else(|| Fault::new("a queue of no channel"))?;
    let claims: Vec<_> = tickets.iter().map(claim).collect();
    let mut planned = Vec::new();
    let mut refused = Vec::new();
    for (ticket, claimed) in tickets.iter().zip(cart::claim(tx, &claims).await?) {
        match plan(cx, tx, &channel, ticket, claimed).await {
            Ok(plan) => {
                planned.push(plan);
                refused.push(None);
            }
            Err(error) => refused.push(Some(Refusal::of(error)?)),
        }
    }
    let mut placed = place::place(cx, tx, &channel, planned).await?.into_iter();
    let outcome = |refused: Option<Refusal>| match refused {
        Some(refusal) => Ok(Err(refusal)),
        None => match placed.next().ok_or_else(|| Fault::new("an order that nothing became of"))? {
            Ok(order) => Ok(Ok(order)),
            Err(error) => Refusal::of(error).map(Err),
        },
    };
    refused.into_iter().map(outcome).collect()
}

fn claim(ticket: &ticket::Model) -> Claim {
    let shopper = Shopper { customer: ticket.customer_id };
    Claim { shopper, cart: ticket.cart_id, expected_version: Some(ticket.cart_version) }
}

async fn plan(
    cx: &Cx,
    tx: &Tx,
    channel: &entity::channels::channel::Model,
    ticket: &ticket::Model,
    claimed: Result<entity::cart::cart::Model, CartError>,
) -> Result<Planned, CheckoutError> {
    let view = cart::view::priced(tx, channel, claimed?, tx.now()).await?;
    let actor = ticket.customer_id.map_or(Actor::Guest, Actor::Account);
    let (request_id, correlation_id) = (ticket.request_id.clone(), ticket.request_id.clone());
    let by = Stamp { actor, at: tx.now(), request_id, correlation_id };
    let planned = place::plan(cx, tx, by, view).await?;
    agreed(ticket.expected_total.as_deref(), planned.total())?;
    Ok(planned)
}

fn row(tx: &Tx, ticket: &ticket::Model, outcome: Outcome, turn: i64) -> Result<outcome::ActiveModel, Fault> {
    let (order, refusal) = match outcome {
        Ok(order) => (Some(order), None),
        Err(refusal) => (None, Some(serde_json::to_string(&refusal).map_err(Fault::new)?)),
    };
    Ok(outcome::ActiveModel {
        ticket_id: Set(ticket.id),
        channel_id: Set(ticket.channel_id),
        turn: Set(turn),
        order_id: Set(order),
        refusal: Set(refusal),
        decided_at: Set(tx.now()),
        ..Default::default()
    })
}
