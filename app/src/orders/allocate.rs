//! The warehouse sets an order's goods aside.

use domain::{
    id::{Id, Order},
    identity::permission::proof::FulfilOrders,
    invalid::Invalid,
    orders::state::Action,
};
use store::{Fault, KeyReused};

use super::{AwaitedUnits, Move, MoveError, machine};
use crate::{
    cx::{Cx, Permit},
    inventory,
    refusal::Denied,
};

/// Why an order's goods are not set aside.
#[derive(Debug, thiserror::Error)]
pub enum AllocateError {
    /// The order is not moved.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// Nothing of it came yet.
    #[error("nothing of it came yet")]
    Awaited(Vec<AwaitedUnits>),
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

/// Hands an order to the places its stock is reserved at: what did not come yet follows when it does. Emits
/// `order.allocated`.
pub async fn allocate(cx: &Cx, _may: Permit<FulfilOrders>, input: Move) -> Result<Id<Order>, AllocateError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        standing.step(Action::Allocate)?.make(tx, None).await?;
        let awaited = inventory::awaited(tx, input.order).await?;
        if !awaited.is_empty() && inventory::promised(tx, input.order).await?.is_empty() {
            return Err(AllocateError::Awaited(awaited.iter().map(|one| AwaitedUnits::of(one, None)).collect()));
        }
        inventory::allocate(tx, input.order, None).await?;
        Ok(input.order)
    })
    .await
}
