//! The carrier takes an order's goods.

use domain::{
    id::{Id, Order},
    identity::permission::proof::FulfilOrders,
    invalid::{Check, Invalid},
    orders::{events::OrderEvent, state::Action},
    text,
};
use store::{Fault, Once};

use super::{MoveError, machine};
use crate::{
    cx::{Cx, Permit},
    fulfilment::{self, Parcel},
    inventory, payments,
};

/// An order to ship.
#[derive(Clone, Debug)]
pub struct Ship {
    /// The order.
    pub order: Id<Order>,
    /// Who carries it, at most 60 characters.
    pub carrier: String,
    /// The carrier's number, at most 60 characters.
    pub tracking: String,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

const CARRIER_MAX: usize = 60;
const TRACKING_MAX: usize = 60;

/// Ships all of an order: the goods leave the shelf, one shipment a place, and an authorised payment
/// is captured. Emits `order.shipped`, and `order.shipment_dispatched` for each shipment.
pub async fn ship(cx: &Cx, _may: Permit<FulfilOrders>, input: Ship) -> Result<Id<Order>, MoveError> {
    let (carrier, tracking) = parse(&input)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        let step = standing.step(Action::Ship)?;
        payments::capture(tx, input.order).await?;
        step.make(tx, None).await?;
        let goods = inventory::ship(tx, input.order).await?;
        if goods.is_empty() {
            return Err(Fault::new("an allocated order has nothing to ship").into());
        }
        let from = goods.iter().map(|part| part.location).collect();
        let parcel = Parcel { carrier: carrier.clone(), tracking: tracking.clone(), from };
        for shipment in fulfilment::ship(tx, input.order, parcel).await? {
            let (order, number) = (input.order, standing.order.number.clone());
            let (carrier, tracking, at) = (carrier.clone(), tracking.clone(), tx.now());
            tx.emit(&OrderEvent::Shipped { order, number, shipment, carrier, tracking, at }).await?;
        }
        Ok(input.order)
    })
    .await
}

fn parse(input: &Ship) -> Result<(String, String), Invalid> {
    let mut check = Check::default();
    let carrier = check.field("carrier", text::line(&input.carrier, CARRIER_MAX));
    let tracking = check.field("tracking", text::line(&input.tracking, TRACKING_MAX));
    check.done(carrier.zip(tracking))
}
