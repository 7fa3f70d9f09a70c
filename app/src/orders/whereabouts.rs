//! "Where is this order right now?"

use std::collections::HashMap;

use domain::{
    id::{Id, Order},
    orders::{
        state::{Action, State},
        whereabouts::{Holder, holder, next},
    },
    time::Instant,
};
use entity::{
    fulfilment::{shipment, shipment_step},
    orders::{order_hold, order_hold_release, order_return_step, order_transition},
};
use store::Fault;

use super::{load, machine, returns};
use crate::{cx::Cx, fulfilment::shipments};

/// Where an order is, and how it got there.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub since: Instant,
    /// Who has it in their hands.
    pub holder: Holder,
    /// The state that normally comes next; none at the end of the way.
    pub next: Option<State>,
    /// Whether it must not go on for now.
    pub is_on_hold: bool,
    /// What happened to it: its moves, shipments and holds, each the oldest first.
    pub timeline: Vec<Entry>,
}

/// One thing that happened to an order.
#[derive(Clone, Debug)]
pub enum Entry {
    /// It was placed or moved.
    Transition(order_transition::Model),
    /// Goods of it left a place; stands behind the move that shipped them.
    Shipment(shipment::Model),
    /// Something happened to a shipment of it.
    Step(shipment_step::Model),
    /// It must not go on.
    Hold(order_hold::Model),
    /// A hold of it ended.
    Release(order_hold_release::Model),
    /// Something happened to a return of it.
    Return(order_return_step::Model),
}

impl Entry {
    /// When it happened.
    pub const fn at(&self) -> Instant {
        match self {
            Self::Transition(transition) => transition.at,
            Self::Shipment(shipment) => shipment.shipped_at,
            Self::Step(step) => step.at,
            Self::Hold(hold) => hold.at,
            Self::Release(release) => release.at,
            Self::Return(step) => step.at,
        }
    }
}

/// Where each of these orders is.
pub async fn whereabouts(cx: &Cx, orders: &[Id<Order>]) -> Result<HashMap<Id<Order>, Whereabouts>, Fault> {
    let mut transitions = load::transitions(cx, orders).await?;
    let mut shipments = shipments::of_orders(cx, orders).await?;
    let mut holds = load::holds(cx, orders).await?;
    let mut steps = shipments::steps_of(cx, orders).await?;
    let mut returns = returns::load::steps_of(cx, orders).await?;
    let mut found = HashMap::with_capacity(orders.len());
    for (order, status) in load::statuses(cx, orders).await? {
        let state = machine::state(&status)?;
        let moves = transitions.remove(&order).unwrap_or_default();
        let mut timeline = timeline(moves, shipments.remove(&order).unwrap_or_default());
        let steps = steps.remove(&order).unwrap_or_default().into_iter();
        timeline.extend(steps.filter(|step| !is_told(step, &timeline)).map(Entry::Step).collect::<Vec<_>>());
        for held in holds.remove(&order).unwrap_or_default() {
            timeline.push(Entry::Hold(held.hold));
            timeline.extend(held.release.map(Entry::Release));
        }
        timeline.extend(returns.remove(&order).unwrap_or_default().into_iter().map(Entry::Return));
        let is_on_hold = 0 < status.open_holds;
        let (holder, next) = (holder(state, is_on_hold), next(state));
        found.insert(order, Whereabouts { state, since: status.since, holder, next, is_on_hold, timeline });
    }
    Ok(found)
}

/// Whether a step is told by the move that it made of its order: the last delivery, the last refusal.
fn is_told(step: &shipment_step::Model, timeline: &[Entry]) -> bool {
    timeline.iter().any(|entry| match entry {
        Entry::Transition(one) => one.at == step.at && one.action.as_deref() == Some(&*step.action),
        Entry::Shipment(_) | Entry::Step(_) | Entry::Hold(_) | Entry::Release(_) | Entry::Return(_) => false,
    })
}

/// The moves in their sequence, the shipments behind the move that shipped them: instants alone do
/// not tell, since all of one transaction are the same.
fn timeline(moves: Vec<order_transition::Model>, mut shipments: Vec<shipment::Model>) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(moves.len().saturating_add(shipments.len()));
    for one in moves {
        let action = one.action.as_deref().and_then(Action::parse);
        let (ships, at) = (matches!(action, Some(Action::Ship | Action::ShipPart)), one.at);
        entries.push(Entry::Transition(one));
        if ships {
            let (now, later) = shipments.into_iter().partition(|shipment| shipment.shipped_at <= at);
            shipments = later;
            entries.extend(Vec::into_iter(now).map(Entry::Shipment));
        }
    }
    entries
}
