//! An order goes elsewhere than was said when it was placed. What was said stands.

use std::collections::HashMap;

use domain::{
    id::{Id, Order},
    identity::{address::Address, permission::proof::ManageOrders},
    invalid::Invalid,
    orders::{events::OrderEvent, hold::is_holdable, reason, state::State},
};
use entity::orders::{order, order_address};
use sea_orm::Set;
use serde::Serialize;
use store::{Fault, KeyReused, Once, Read};

use super::{MoveError, machine, rows};
use crate::{
    cx::{Cx, Permit},
    refusal::Denied,
};

/// An address for an order.
#[derive(Clone, Debug)]
pub struct SetAddress {
    /// The order.
    pub order: Id<Order>,
    /// Where it shall go.
    pub address: Address,
    /// Why, at most 500 characters.
    pub reason: Option<String>,
    /// The version of its status that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// Why an order does not go elsewhere.
#[derive(Debug, thiserror::Error)]
pub enum SetAddressError {
    /// The order is not as the caller expects it.
    #[error(transparent)]
    Move(#[from] MoveError),
    /// All of it has left, or it ended.
    #[error("nothing of an order that is {state:?} is still to leave")]
    NothingLeft {
        /// Where it stands.
        state: State,
    },
    /// It is in another country, whose taxes are others.
    #[error("the address is in another country")]
    OtherCountry,
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

/// Where an order went before, as far as the audit trail tells: people are found by the order.
#[derive(Serialize)]
struct Before {
    city: String,
}

/// Sends what has not left of an order elsewhere in the same country. What it costs, and the places that it ships from,
/// stay. Emits `order.address_changed`.
pub async fn set_address(cx: &Cx, _may: Permit<ManageOrders>, input: SetAddress) -> Result<Id<Order>, SetAddressError> {
    let reason = reason::parse(input.reason.as_deref()).map_err(|problem| Invalid::at("reason", problem))?;
    cx.write_once(Some(&input.once), async |tx| {
        rows::order(tx, input.order).await?.ok_or(MoveError::NotFound)?;
        // Nobody ships it meanwhile.
        rows::lock_status(tx, input.order).await?;
        let standing = machine::find(tx, input.order, input.expected_version).await?;
        // What can be held has not left.
        if !is_holdable(standing.state()) {
            return Err(SetAddressError::NothingLeft { state: standing.state() });
        }
        let order = &standing.order;
        let was = address(tx, order).await?;
        if was.country != input.address.country {
            return Err(SetAddressError::OtherCountry);
        }
        let last = rows::addresses(tx, &[order.id]).await?.iter().map(|row| row.sequence).max();
        tx.insert(order_address::ActiveModel {
            order_id: Set(order.id),
            sequence: Set(last.unwrap_or_default().saturating_add(1)),
            address: Set(serde_json::to_string(&input.address).map_err(Fault::new)?),
            reason: Set(reason.clone()),
            actor: Set(tx.stamp().actor.to_string()),
            at: Set(tx.now()),
            ..Default::default()
        })
        .await?;
        let (number, city, reason) = (order.number.clone(), input.address.city().to_owned(), reason.clone());
        let event = OrderEvent::AddressChanged { order: order.id, number, city, reason, at: tx.now() };
        tx.emit_change(&Before { city: was.city().to_owned() }, &event).await?;
        Ok(order.id)
    })
    .await
}

/// Where an order goes now.
pub async fn address(read: &Read, order: &order::Model) -> Result<Address, Fault> {
    let mut found = addresses(read, &[order]).await?;
    found.remove(&order.id).ok_or_else(|| Fault::new("an order of no address"))
}

/// Where orders go now.
pub(super) async fn addresses(read: &Read, orders: &[&order::Model]) -> Result<HashMap<Id<Order>, Address>, Fault> {
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let mut json: HashMap<_, _> = orders.iter().map(|order| (order.id, order.address.clone())).collect();
    // The last counts.
    json.extend(rows::addresses(read, &ids).await?.into_iter().map(|row| (row.order_id, row.address)));
    let parsed = |(id, json): (Id<Order>, String)| Ok((id, serde_json::from_str(&json).map_err(Fault::new)?));
    json.into_iter().map(parsed).collect()
}
