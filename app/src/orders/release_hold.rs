//! Staff let a held order go on.

use domain::{
    id::{Id, Order, OrderHold},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::{events::OrderEvent, hold::HoldKind, reason},
};
use entity::orders::{order_hold, order_hold_release};
use sea_orm::Set;
use store::{Fault, KeyReused, Once, Tx};

use super::rows;
use crate::{
    cx::{Cx, Permit},
    payments,
    refusal::Denied,
};

/// A hold to release.
#[derive(Clone, Debug)]
pub struct ReleaseHold {
    /// The hold.
    pub hold: Id<OrderHold>,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why a hold is not released.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseHoldError {
    /// There is no such hold.
    #[error("there is no such hold")]
    NotFound,
    /// Somebody released it before.
    #[error("it was released before")]
    Released,
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

/// Releases a hold: its order goes on if no other holds it. Emits `order.hold_released`.
pub async fn release_hold(
    cx: &Cx,
    _may: Permit<ManageOrders>,
    input: ReleaseHold,
) -> Result<Id<Order>, ReleaseHoldError> {
    let reason = reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let hold = rows::hold(tx, input.hold).await?.ok_or(ReleaseHoldError::NotFound)?;
        if !release(tx, &hold, reason.clone()).await? {
            return Err(ReleaseHoldError::Released);
        }
        Ok(hold.order_id)
    })
    .await
}

/// Releases a hold, once. `false`: it was released before. Emits `order.hold_released`.
async fn release(tx: &Tx, hold: &order_hold::Model, reason: Option<String>) -> Result<bool, Fault> {
    let kind = HoldKind::parse(&hold.kind).ok_or_else(|| Fault::new("a hold of an unknown kind"))?;
    let order = rows::order(tx, hold.order_id).await?.ok_or_else(|| Fault::new("a hold of no order"))?;
    // The status first, as in every step of an order.
    rows::lock_status(tx, order.id).await?;
    let row = order_hold_release::ActiveModel {
        hold_id: Set(hold.id),
        reason: Set(reason.clone()),
        actor: Set(tx.stamp().actor.to_string()),
        at: Set(tx.now()),
        ..Default::default()
    };
    if !tx.insert_new(row).await? {
        return Ok(false);
    }
    if !rows::uncount_hold(tx, order.id).await? {
        return Err(Fault::new("a hold that was not counted"));
    }
    let (number, at) = (order.number, tx.now());
    tx.emit(&OrderEvent::Held { order: order.id, number, hold: hold.id, kind, released: true, reason, at }).await?;
    Ok(true)
}

/// Lets an order go on that was held for what came in later, once nothing of it is still to be paid but in cash. Emits
/// `order.hold_released` if it does.
pub(super) async fn release_if_paid(tx: &Tx, order: Id<Order>) -> Result<(), Fault> {
    let holds = rows::holds(tx, &[order]).await?;
    let holds: Vec<_> = holds.into_iter().filter(|hold| hold.kind == HoldKind::Payment.code()).collect();
    if holds.is_empty() || payments::is_awaited(tx, order).await? {
        return Ok(());
    }
    for hold in holds {
        release(tx, &hold, None).await?;
    }
    Ok(())
}
