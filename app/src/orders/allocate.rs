//! The warehouse sets an order's goods aside.

use domain::{
    id::{Id, Order},
    identity::permission::proof::FulfilOrders,
    orders::state::Action,
};

use super::{Move, MoveError, machine};
use crate::{
    cx::{Cx, Permit},
    inventory,
};

/// Hands an order to the places its stock is reserved at. Emits `order.allocated`.
pub async fn allocate(cx: &Cx, _may: Permit<FulfilOrders>, input: Move) -> Result<Id<Order>, MoveError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        standing.step(Action::Allocate)?.make(tx, None).await?;
        inventory::allocate(tx, input.order).await?;
        Ok(input.order)
    })
    .await
}
