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
    cart::{self, CartError, Claim, view::View},
    channels,
    cx::{App, Cx, Shopper},
    pricing::promotions::Claims,
};

/// The most queues that one pass of the worker looks at.
const QUEUES_A_PASS: u32 = 100;

/// The most tickets that are decided in one transaction.
const BATCH: u64 = 200;

/// How often a ticket that cannot be decided because of a fault of ours is tried before it is refused.
const TRIES: i32 = 5;

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
///
/// A fault that one ticket meets stops all that are decided with it: fewer are tried then, down to the one that is
/// next. If it cannot be decided by itself, that is counted, and in the end it is refused: the others get their turn.
async fn decide(app: &Arc<App>, scope: Scope, channel: Id<Channel>) -> Result<usize, Fault> {
    let cx = Cx::of_system(Arc::clone(app), scope, format!("queue {channel}"));
    let mut n_next = BATCH;
    loop {
        match decide_next(&cx, channel, n_next).await {
            Ok(n) => return Ok(n),
            Err(error) if n_next == 1 => {
                cx.write(async |tx| rows::count_fault(tx, channel).await).await?;
                return Err(error);
            }
            Err(error) => {
                tracing::warn!(%channel, n_next, %error, "tickets could not be decided together");
                n_next = n_next.div_euclid(4).max(1);
            }
        }
    }
}

/// Asks the channel's tax engine, if it has one, how what waits is taxed.
async fn ask_taxes(cx: &Cx, channel: Id<Channel>, n_next: u64) -> Result<(), Fault> {
    let read = cx.read();
    let channel = channels::by_id(&read, channel).await?.ok_or_else(|| Fault::new("a queue of no channel"))?;
    if channel.tax_engine_url.is_none() {
        return Ok(());
    }
    let tickets = rows::next(&read, channel.id, cx.now(), n_next).await?;
    drop(read);
    cart::ask_taxes_of_carts(cx, &channel, tickets.iter().map(|ticket| ticket.cart_id).collect()).await
}

async fn decide_next(cx: &Cx, channel: Id<Channel>, n_next: u64) -> Result<usize, Fault> {
    ask_taxes(cx, channel, n_next).await?;
    cx.write(async |tx| {
        let Some(held) = rows::hold(tx, channel).await? else { return Ok(0) };
        // Whoever is accepted from now on may be seen before somebody who was accepted a moment earlier.
        let until = cx.app().clock.now();
        tx.see_all_in(channel).await?;
        let tickets = rows::next(tx, channel, until, n_next).await?;
        let outcomes = match tickets.as_slice() {
            [hopeless] if TRIES <= hopeless.n_faults => vec![Err(Refusal::Failed)],
            tickets => outcomes(cx, tx, channel, tickets).await?,
        };
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
    let claimed = cart::claim(tx, &claims).await?;
    let carts: Vec<_> = claimed.iter().flatten().cloned().collect();
    let terms = cart::Terms::load(tx, &channel, &carts, tx.now()).await?;
    // Who was accepted after the tax engine was asked is decided the next time, after it is asked again.
    let mut views = Vec::with_capacity(claimed.len());
    for claimed in claimed {
        if let Ok(cart) = &claimed
            && terms.is_unanswered(cart)?
        {
            break;
        }
        views.push(view(&terms, claimed)?);
    }
    let selection = place::selection(tx, &views.iter().flatten().collect::<Vec<_>>()).await?;
    let mut planned = Vec::new();
    let mut refused = Vec::new();
    for (ticket, view) in tickets.iter().zip(views) {
        match view.and_then(|view| plan(cx, tx, ticket, view, &selection)) {
            Ok(plan) => {
                planned.push(plan);
                refused.push(None);
            }
            Err(error) => refused.push(Some(Refusal::of(error)?)),
        }
    }
    let n_together = n_together(tx, &planned, &refused).await?;
    refused.truncate(n_together);
    planned.truncate(refused.iter().filter(|refused| refused.is_none()).count());
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

/// How many of these are decided together: who uses promotions that are counted, or pays with gift cards or store credit, is
/// decided alone, so that what is left of them for the next is known when they are priced, as it is without the queue.
async fn n_together(tx: &Tx, planned: &[Planned], refused: &[Option<Refusal>]) -> Result<usize, Fault> {
    let applied: Vec<_> = planned.iter().map(|plan| plan.applied().to_vec()).collect();
    let claims = Claims::of(tx, &applied).await?;
    let is_alone = |(plan, claims): (&Planned, &Claims)| plan.takes_credit() || !claims.are_none();
    let mut alone = planned.iter().zip(&claims).map(is_alone);
    for (place, refused) in refused.iter().enumerate() {
        if refused.is_none() && alone.next().is_some_and(|is_alone| is_alone) {
            return Ok(place.max(1));
        }
    }
    Ok(refused.len())
}

fn claim(ticket: &ticket::Model) -> Claim {
    let shopper = Shopper { customer: ticket.customer_id, buys_for: None };
    Claim { shopper, cart: ticket.cart_id, expected_version: Some(ticket.cart_version) }
}

/// A claimed cart as it is priced, or why it is none.
fn view(terms: &cart::Terms, claimed: Result<entity::cart::cart::Model, CartError>) -> Result<Priced, Fault> {
    match claimed {
        Ok(cart) => terms.price(cart).map(Ok),
        Err(error) => Ok(Err(error.into())),
    }
}

/// A cart as it is priced, or why there is none.
type Priced = Result<View, CheckoutError>;

fn plan(
    cx: &Cx,
    tx: &Tx,
    ticket: &ticket::Model,
    view: View,
    selection: &place::Selection,
) -> Result<Planned, CheckoutError> {
    let actor = ticket.customer_id.map_or(Actor::Guest, Actor::Account);
    let (request_id, correlation_id) = (ticket.request_id.clone(), ticket.request_id.clone());
    let by = Stamp { actor, at: tx.now(), request_id, correlation_id };
    let planned = place::plan(cx, tx, by, view, selection)?;
    agreed(ticket.expected_total.as_deref(), ticket.expected_due.as_deref(), &planned)?;
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
