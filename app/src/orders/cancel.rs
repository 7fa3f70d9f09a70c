//! Staff end an order before anything of it left.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::{reason, state::Action},
};
use store::Once;

use super::{MoveError, fall, machine};
use crate::{
    cx::{Cx, Permit},
    inventory, payments,
};

/// An order to cancel.
#[derive(Clone, Debug)]
pub struct Cancel {
    /// The order.
    pub order: Id<Order>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Cancels an order of which nothing was shipped: its stock is free again and its payment is given
/// up. Emits `order.cancelled`.
pub async fn cancel(cx: &Cx, _may: Permit<ManageOrders>, input: Cancel) -> Result<Id<Order>, MoveError> {
    let reason = reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find_alone(tx, input.order, input.expected_version).await?;
        let step = standing.step(Action::Cancel)?;
        payments::cancel(tx, input.order).await?;
        step.make(tx, reason.clone()).await?;
        fall::cancel_rest(tx, &standing.order, reason).await?;
        inventory::release(tx, input.order).await?;
        Ok(input.order)
    })
    .await
}
