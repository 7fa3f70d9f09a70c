//! An order is with its customer.

use domain::{
    id::{Id, Order},
    identity::permission::proof::FulfilOrders,
    orders::state::Action,
};

use super::{Move, MoveError, machine, shipments};
use crate::{
    cx::{Cx, Permit},
    payments,
};

/// Takes note that the customer has all goods that are on their way, and that the courier has the cash if there is any to
/// collect. Emits
/// `order.shipment_delivered` for each shipment, and `order.delivered`.
pub async fn deliver(cx: &Cx, _may: Permit<FulfilOrders>, input: Move) -> Result<Id<Order>, MoveError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        let step = standing.step(Action::Deliver)?;
        payments::collect(tx, input.order).await?;
        shipments::deliver_all(tx, &standing.order).await?;
        step.make(tx, None).await?;
        Ok(input.order)
    })
    .await
}
