//! What becomes of the shipments of orders.

use std::collections::BTreeMap;

use domain::{
    fulfilment::shipment::{self, Action, Arrival, FailReason, State, arrival},
    id::{Id, Order, Shipment, Variant},
    identity::permission::proof::FulfilOrders,
    invalid::Invalid,
    money::Money,
    orders::{events::OrderEvent, reason, ship::Units, state},
};
use entity::{fulfilment::shipment as parcel, orders::order};
use store::{Fault, KeyReused, Once, Tx};

use super::{MoveError, fall, machine, rows};
use crate::{
    cx::{Cx, Permit},
    fulfilment::{self, Step},
    inventory::{self, TakeBack},
    payments,
    refusal::Denied,
};

/// A shipment that something happened to.
#[derive(Clone, Debug)]
pub struct ShipmentMove {
    /// The shipment.
    pub shipment: Id<Shipment>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why nothing is noted of a shipment.
#[derive(Debug, thiserror::Error)]
pub enum ShipmentError {
    /// There is no such shipment.
    #[error("there is no such shipment")]
    NotFound,
    /// It is not where this can happen.
    #[error(transparent)]
    NotAllowed(#[from] shipment::NotAllowed),
    /// Its order changed meanwhile.
    #[error("the order has changed")]
    Stale,
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

/// Notes that the customer took a shipment. With the last of an order's shipments the order is delivered, and the
/// courier has the cash if there is any to collect. Emits `order.shipment_delivered`, and `order.delivered` with the
/// last.
pub async fn deliver_shipment(
    cx: &Cx,
    _may: Permit<FulfilOrders>,
    input: ShipmentMove,
) -> Result<Id<Order>, ShipmentError> {
    let reason = said(&input, "reason")?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let moving = Moving::begin(tx, input.shipment).await?;
        moving.step(tx, Step { reason: reason.clone(), ..Step::of(Action::Deliver) }).await?;
        arrive(tx, moving.order.id).await
    })
    .await
}

/// Notes that the carrier came in vain, and comes again. Emits `order.shipment_delivery_failed`.
pub async fn fail_shipment(
    cx: &Cx,
    _may: Permit<FulfilOrders>,
    (input, failed): (ShipmentMove, FailReason),
) -> Result<Id<Order>, ShipmentError> {
    let reason = said(&input, "note")?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let moving = Moving::begin(tx, input.shipment).await?;
        let step = Step { reason: reason.clone(), failed: Some(failed), ..Step::of(Action::Fail) };
        moving.step(tx, step).await?;
        Ok(moving.shipment.order_id)
    })
    .await
}

/// Notes that the customer does not take a shipment: what its goods cost falls away, or goes back if it was paid;
/// delivery is still to be paid unless nothing of the order was taken. Emits `order.shipment_refused`, with the last of
/// an order's shipments `order.delivered` or, if the customer took none, `order.refused`, and what the payment does.
pub async fn refuse_shipment(
    cx: &Cx,
    _may: Permit<FulfilOrders>,
    input: ShipmentMove,
) -> Result<Id<Order>, ShipmentError> {
    let reason = said(&input, "reason")?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let moving = Moving::begin(tx, input.shipment).await?;
        let amount = moving.worth(tx).await?;
        let step = Step { reason: reason.clone(), amount: Some(amount), ..Step::of(Action::Refuse) };
        moving.step(tx, step).await?;
        payments::reduce(tx, moving.shipment.order_id, amount).await?;
        arrive(tx, moving.order.id).await
    })
    .await
}

/// Notes that a refused shipment came back to the place that it left: its goods can be sold again, or must be looked at
/// first. Emits `order.shipment_returned`.
pub async fn receive_shipment(
    cx: &Cx,
    _may: Permit<FulfilOrders>,
    (input, is_sellable): (ShipmentMove, bool),
) -> Result<Id<Order>, ShipmentError> {
    let reason = said(&input, "reason")?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let moving = Moving::begin(tx, input.shipment).await?;
        moving.step(tx, Step { reason: reason.clone(), ..Step::of(Action::Receive) }).await?;
        let back = TakeBack {
            location: moving.shipment.location_id,
            units: moving.goods(tx).await?,
            is_sellable,
            reference: moving.shipment.id.uuid(),
            reason: reason.clone(),
        };
        inventory::take_back(tx, back).await?;
        Ok(moving.shipment.order_id)
    })
    .await
}

fn said(input: &ShipmentMove, field: &str) -> Result<Option<String>, Invalid> {
    reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at(field, problem))
}

/// A shipment that something happens to. Its payment and its order's status are locked: nobody else moves the order or
/// another of its shipments meanwhile.
struct Moving {
    shipment: parcel::Model,
    order: order::Model,
}

impl Moving {
    async fn begin(tx: &Tx, id: Id<Shipment>) -> Result<Self, ShipmentError> {
        let shipment = fulfilment::shipment(tx, id).await?.ok_or(ShipmentError::NotFound)?;
        payments::lock(tx, shipment.order_id).await?;
        rows::lock_status(tx, shipment.order_id).await?;
        let order = rows::order(tx, shipment.order_id).await?;
        let order = order.ok_or_else(|| Fault::new("a shipment of no order"))?;
        Ok(Self { shipment, order })
    }

    async fn step(&self, tx: &Tx, step: Step) -> Result<(), ShipmentError> {
        let event = moved(tx, &self.order, self.shipment.id, &step);
        fulfilment::step(tx, self.shipment.id, step).await??;
        Ok(tx.emit(&event).await?)
    }

    /// Units of each variant in it.
    async fn goods(&self, tx: &Tx) -> Result<Vec<(Id<Variant>, i64)>, Fault> {
        let units = fulfilment::units(tx, self.order.id).await?;
        let mut goods: BTreeMap<_, i64> = BTreeMap::new();
        for line in rows::lines(tx, &[self.order.id]).await? {
            let here = units.iter().filter(|(shipment, of, _)| *shipment == self.shipment.id && *of == line.id);
            for (.., quantity) in here {
                let sum = goods.entry(line.variant_id).or_default();
                *sum = sum.saturating_add(*quantity);
            }
        }
        Ok(goods.into_iter().collect())
    }

    /// What its goods cost: their shares of their lines, after those of units that fell away before.
    async fn worth(&self, tx: &Tx) -> Result<Money, Fault> {
        let units = fulfilment::units(tx, self.order.id).await?;
        let here = units.into_iter().filter(|(shipment, ..)| *shipment == self.shipment.id);
        let units: Vec<_> = here.map(|(_, line, quantity)| Units { line, quantity }).collect();
        Ok(fall::value(tx, &self.order, &units, Some(self.shipment.id)).await?.amount)
    }
}

/// Moves an order if nothing of it is on its way any more. Its payment must be locked.
pub(super) async fn arrive(tx: &Tx, order: Id<Order>) -> Result<Id<Order>, ShipmentError> {
    let standing = machine::find(tx, order, None).await?;
    let states: Vec<_> = fulfilment::states(tx, order).await?.into_iter().map(|(_, state)| state).collect();
    match arrival(&states) {
        Some(Arrival::Delivered) if standing.state() == state::State::Shipped => {
            payments::collect(tx, order).await?;
            standing.step(state::Action::Deliver)?.make(tx, None).await?;
        }
        Some(Arrival::Refused) if standing.state() == state::State::Shipped => {
            payments::cancel(tx, order).await?;
            standing.step(state::Action::Refuse)?.make(tx, None).await?;
        }
        // More of it is still to be shipped, or is on its way.
        Some(Arrival::Delivered | Arrival::Refused) | None => {}
    }
    Ok(order)
}

/// Notes that the customer took all that is on its way of an order.
pub(super) async fn deliver_all(tx: &Tx, order: &order::Model) -> Result<(), Fault> {
    rows::lock_status(tx, order.id).await?;
    for (shipment, state) in fulfilment::states(tx, order.id).await? {
        if state == State::InTransit {
            let step = Step::of(Action::Deliver);
            let event = moved(tx, order, shipment, &step);
            fulfilment::step(tx, shipment, step).await?.map_err(Fault::new)?;
            tx.emit(&event).await?;
        }
    }
    Ok(())
}

fn moved(tx: &Tx, order: &order::Model, shipment: Id<Shipment>, step: &Step) -> OrderEvent {
    OrderEvent::ShipmentMoved {
        order: order.id,
        number: order.number.clone(),
        shipment,
        action: step.action,
        failed: step.failed,
        amount: step.amount,
        reason: step.reason.clone(),
        at: tx.now(),
    }
}

impl From<MoveError> for ShipmentError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Stale => Self::Stale,
            MoveError::Fault(fault) => Self::Fault(fault),
            other @ (MoveError::NotFound
            | MoveError::NotAllowed(_)
            | MoveError::OnHold(_)
            | MoveError::Invalid(_)
            | MoveError::KeyReused(_)
            | MoveError::Denied(_)) => Self::Fault(Fault::new(other)),
        }
    }
}

impl From<payments::ReduceError> for ShipmentError {
    fn from(error: payments::ReduceError) -> Self {
        match error {
            payments::ReduceError::BeingCaptured => Self::BeingCaptured,
            payments::ReduceError::Fault(fault) => Self::Fault(fault),
        }
    }
}
