//! Words by which staff find orders again.

use std::collections::BTreeMap;

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::{Invalid, Problem},
    orders::{
        events::OrderEvent,
        tag::{self, TAGS_MAX},
    },
};
use entity::orders::{order, order_tag};
use sea_orm::Set;
use serde::Serialize;
use store::{Once, Tx};

use super::{MoveError, rows};
use crate::cx::{Cx, Permit};

/// Tags to add or to remove.
#[derive(Clone, Debug)]
pub struct Tags {
    /// The order.
    pub order: Id<Order>,
    /// The tags: one to 20 of at most 40 characters each.
    pub tags: Vec<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Adds tags to an order; what it bears already stays as it was written. An order bears at most 20. Emits
/// `order.tags_changed` if there is a new one.
pub async fn add_tags(cx: &Cx, _may: Permit<ManageOrders>, input: Tags) -> Result<Id<Order>, MoveError> {
    let tags = tag::parse(&input.tags)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let order = locked(tx, input.order).await?;
        let borne = rows::tags(tx, &[order.id]).await?.into_iter().map(|row| row.tag).collect();
        let mut added = Vec::new();
        for (folded, tag) in &tags {
            let row = order_tag::ActiveModel {
                order_id: Set(order.id),
                folded: Set(folded.clone()),
                tag: Set(tag.clone()),
                ..Default::default()
            };
            if tx.insert_new(row).await? {
                added.push(tag.clone());
            }
        }
        if TAGS_MAX < rows::tags(tx, &[order.id]).await?.len() {
            return Err(Invalid::at("tags", Problem::TooLong { max: TAGS_MAX }).into());
        }
        changed(tx, order, borne, (added, Vec::new())).await
    })
    .await
}

/// Takes tags off an order; those that it does not bear are let pass. Emits `order.tags_changed` if it bore one.
pub async fn remove_tags(cx: &Cx, _may: Permit<ManageOrders>, input: Tags) -> Result<Id<Order>, MoveError> {
    let tags = tag::parse(&input.tags)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let order = locked(tx, input.order).await?;
        let borne: BTreeMap<_, _> =
            rows::tags(tx, &[order.id]).await?.into_iter().map(|row| (row.folded, row.tag)).collect();
        let mut removed = Vec::new();
        for folded in tags.keys() {
            if rows::remove_tag(tx, order.id, folded).await? {
                removed.extend(borne.get(folded).cloned());
            }
        }
        changed(tx, order, borne.into_values().collect(), (Vec::new(), removed)).await
    })
    .await
}

/// The order, whose tags nobody else changes until the transaction ends.
async fn locked(tx: &Tx, id: Id<Order>) -> Result<order::Model, MoveError> {
    let order = rows::order(tx, id).await?.ok_or(MoveError::NotFound)?;
    rows::lock_status(tx, id).await?;
    Ok(order)
}

/// What an order bore before.
#[derive(Serialize)]
struct Before {
    tags: Vec<String>,
}

async fn changed(
    tx: &Tx,
    order: order::Model,
    tags: Vec<String>,
    (added, removed): (Vec<String>, Vec<String>),
) -> Result<Id<Order>, MoveError> {
    if !added.is_empty() || !removed.is_empty() {
        let (number, at) = (order.number, tx.now());
        let event = OrderEvent::Tagged { order: order.id, number, added, removed, at };
        tx.emit_change(&Before { tags }, &event).await?;
    }
    Ok(order.id)
}
