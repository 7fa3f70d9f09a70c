//! Staff remark something about an order.

use domain::{
    id::{Id, Order},
    identity::permission::proof::ManageOrders,
    invalid::Invalid,
    orders::{events::OrderEvent, note},
};
use entity::orders::{order, order_note};
use sea_orm::Set;
use store::{Fault, Once, Tx};

use super::{MoveError, rows};
use crate::cx::{Cx, Permit};

/// A note to add.
#[derive(Clone, Debug)]
pub struct AddNote {
    /// What it is about.
    pub order: Id<Order>,
    /// What is remarked, at most 2000 characters.
    pub text: String,
    /// Whether the customer reads it.
    pub is_visible_to_customer: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Adds a note to an order, whatever its state. Notes are never changed or removed. Emits
/// `order.note_added`.
pub async fn add_note(cx: &Cx, _may: Permit<ManageOrders>, input: AddNote) -> Result<Id<Order>, MoveError> {
    let text = note::parse(&input.text).map_err(|problem| Invalid::at("text", problem))?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let order = rows::order(tx, input.order).await?.ok_or(MoveError::NotFound)?;
        let id = order.id;
        write_note(tx, order, (text, input.is_visible_to_customer), &tx.stamp().actor.to_string()).await?;
        Ok(id)
    })
    .await
}

/// Writes a note that was remarked by `actor`, and whether the customer reads it. Emits `order.note_added`.
async fn write_note(
    tx: &Tx,
    order: order::Model,
    (text, is_visible_to_customer): (String, bool),
    actor: &str,
) -> Result<(), Fault> {
    let note = tx.new_id();
    tx.insert(order_note::ActiveModel {
        id: Set(note),
        order_id: Set(order.id),
        text: Set(text),
        is_visible_to_customer: Set(is_visible_to_customer),
        actor: Set(actor.to_owned()),
        at: Set(tx.now()),
        ..Default::default()
    })
    .await?;
    let (number, at) = (order.number, tx.now());
    tx.emit(&OrderEvent::Noted { order: order.id, number, note, is_visible_to_customer, at }).await
}

/// Writes what staff remarked about an order before it was placed, for staff alone.
pub(crate) async fn note_draft(tx: &Tx, order: Id<Order>, text: String, actor: &str) -> Result<(), Fault> {
    let order = rows::order(tx, order).await?.ok_or_else(|| Fault::new("a note about no order"))?;
    write_note(tx, order, (text, false), actor).await
}
