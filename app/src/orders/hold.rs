//! Staff keep an order from going on.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::{
        events::OrderEvent,
        hold::{HoldKind, is_holdable},
        reason,
        state::State,
    },
};
use entity::orders::order_hold;
use sea_orm::Set;
use store::{Fault, KeyReused, Once, Tx};

use super::{
    MoveError,
    machine::{self, Standing},
    rows,
};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// An order to hold.
#[derive(Clone, Debug)]
pub struct Hold {
    /// The order.
    pub order: Id<Order>,
    /// Why it must not go on.
    pub kind: HoldKind,
    /// Why, in words, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Why an order is not held.
#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    /// There is no such order.
    #[error("there is no such order")]
    NotFound,
    /// The order is not as the caller saw it, or another move came first.
    #[error("the order has changed")]
    Stale,
    /// All of it has left, or it has ended.
    #[error("nothing of an order that is {state:?} can be held")]
    TooLate {
        /// Where it stands.
        state: State,
    },
    /// It is held for this reason already.
    #[error("it is held already: {kind:?}")]
    Held {
        /// The reason.
        kind: HoldKind,
    },
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

/// Holds an order: it is not confirmed, allocated or shipped until all its holds are released. Emits
/// `order.held`.
pub async fn hold(cx: &Cx, _may: Permit<ManageOrders>, input: Hold) -> Result<Id<Order>, HoldError> {
    let reason = reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        put(tx, &standing, input.kind, reason.clone()).await?;
        Ok(input.order)
    })
    .await
}

/// Holds an order that was found, if it still is as it was found. Emits `order.held`.
pub(super) async fn put(tx: &Tx, standing: &Standing, kind: HoldKind, reason: Option<String>) -> Result<(), HoldError> {
    let order = standing.order.id;
    if !is_holdable(standing.state()) {
        return Err(HoldError::TooLate { state: standing.state() });
    }
    // From here on nobody else holds, releases or moves it.
    if !rows::count_hold(tx, standing.status()).await? {
        return Err(HoldError::Stale);
    }
    let id = tx.new_id();
    let row = order_hold::ActiveModel {
        id: Set(id),
        order_id: Set(order),
        kind: Set(kind.code().to_owned()),
        round: Set(rows::released_holds(tx, order, kind).await?.saturating_add(1)),
        reason: Set(reason.clone()),
        actor: Set(tx.stamp().actor.to_string()),
        at: Set(tx.now()),
        ..Default::default()
    };
    if !tx.insert_new(row).await? {
        return Err(HoldError::Held { kind });
    }
    let (number, at) = (standing.order.number.clone(), tx.now());
    Ok(tx.emit(&OrderEvent::Held { order, number, hold: id, kind, released: false, reason, at }).await?)
}

impl From<MoveError> for HoldError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::NotFound => Self::NotFound,
            MoveError::Stale => Self::Stale,
            MoveError::Invalid(invalid) => Self::Invalid(invalid),
            MoveError::KeyReused(reused) => Self::KeyReused(reused),
            MoveError::Denied(denied) => Self::Denied(denied),
            MoveError::Fault(fault) => Self::Fault(fault),
            other @ (MoveError::NotAllowed(_) | MoveError::OnHold(_)) => Self::Fault(Fault::new(other)),
        }
    }
}
