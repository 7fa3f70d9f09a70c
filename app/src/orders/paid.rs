//! The money for an order is there, or promised by the gateway.

use domain::{
    id::{Id, Order},
    orders::state::{Action, State},
};
use store::{Fault, Tx};

use super::{
    MoveError,
    machine::{self, Step},
    release_hold::release_if_paid,
};
use crate::{inventory, payments};

/// Takes note that an order is paid, or what came in later: its stock is its own now, and it goes on if it waited for that.
/// Emits `order.paid` or `order.hold_released`, and, if all of the order has left, `payment.capture_requested`.
///
/// Changes nothing if the order does not wait for its payment any more, because it is paid or was
/// cancelled. Call it after the payment's own row was changed: that row is what a cancellation and a
/// payment at the same time wait for.
pub async fn paid(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    match pay(tx, order).await {
        Ok(()) | Err(MoveError::Stale) => Ok(()),
        // The only moves that can come first are the ones that end the waiting.
        Err(MoveError::NotAllowed(refused)) => {
            release_if_paid(tx, order).await?;
            // What came in later has left without it: nothing else asks for the money.
            if matches!(refused.state, State::Shipped | State::Delivered) {
                payments::capture(tx, order).await?;
            }
            Ok(())
        }
        Err(MoveError::Fault(fault)) => Err(fault),
        Err(
            other @ (MoveError::NotFound
            | MoveError::OnHold(_)
            | MoveError::Invalid(_)
            | MoveError::KeyReused(_)
            | MoveError::Denied(_)),
        ) => Err(Fault::new(other)),
    }
}

async fn pay(tx: &Tx, order: Id<Order>) -> Result<(), MoveError> {
    let standing = machine::find(tx, order, None).await?;
    settle(tx, standing.step(Action::Pay)?).await
}

/// Makes the move that a payment is.
pub(super) async fn settle(tx: &Tx, step: Step<'_>) -> Result<(), MoveError> {
    let order = step.order();
    step.make(tx, None).await?;
    Ok(inventory::confirm(tx, order).await?)
}
