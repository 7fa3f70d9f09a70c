//! An order is with its customer.

use domain::{
    id::{Id, Order},
    identity::permission::proof::FulfilOrders,
    orders::state::Action,
};

use super::{Move, MoveError, machine};
use crate::{
    cx::{Cx, Permit},
    payments,
};

/// Takes note that the customer has the goods, and that the courier has the cash if there is any to
/// collect. Emits `order.delivered`.
pub async fn deliver(cx: &Cx, _may: Permit<FulfilOrders>, input: Move) -> Result<Id<Order>, MoveError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        let step = standing.step(Action::Deliver)?;
        payments::collect(tx, input.order).await?;
        step.make(tx, None).await?;
        Ok(input.order)
    })
    .await
}
