//! The shop accepts an order.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    orders::state::Action,
};

use super::{Move, MoveError, machine};
use crate::cx::{Cx, Permit};

/// Accepts an order. Emits `order.confirmed`.
pub async fn confirm(cx: &Cx, _may: Permit<ManageOrders>, input: Move) -> Result<Id<Order>, MoveError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        standing.step(Action::Confirm)?.make(tx, None).await?;
        Ok(input.order)
    })
    .await
}
