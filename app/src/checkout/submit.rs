//! Handing a cart in, to become an order when its turn comes.

use domain::{
    checkout::ticket::TicketState,
    id::{Cart, Id, Ticket},
};
use entity::{cart::cart, checkout::ticket};
use sea_orm::Set;
use store::{Fault, Once, Tx};

use super::{CheckoutError, error::Missing, rows};
use crate::{
    cart::{self as carts, CartError},
    cx::{Cx, Shopper},
};

/// A cart to hand in.
#[derive(Clone, Debug)]
pub struct Submit {
    /// The cart.
    pub cart: Id<Cart>,
    /// The version the shopper saw last.
    pub expected_version: Option<i64>,
    /// The total the shopper agreed to, as a decimal number in the cart's currency.
    pub expected_total: Option<String>,
    /// What the shopper agreed to be left to pay, as a decimal number in the cart's currency.
    pub expected_due: Option<String>,
    /// What makes two calls the same.
    pub once: Once,
}

/// Hands a cart in: one small write, whatever the load. The cart becomes an order, or is refused, when its
/// turn comes; turns are in the order of acceptance. A cart that waits already keeps its place.
///
/// What can be told of the cart without pricing it is refused at once. A cart that is changed while it waits
/// is refused when its turn comes.
pub async fn submit(cx: &Cx, shopper: Shopper, input: Submit) -> Result<Id<Ticket>, CheckoutError> {
    let channel = cx.channel()?.id;
    cx.write_once(Some(&input.once), async |tx| {
        let cart = carts::get_in(tx, shopper, channel, input.cart).await?.ok_or(CartError::NotFound)?;
        if let Some(waiting) = rows::ticket_of(tx, cart.id).await? {
            return Ok(waiting.id);
        }
        ready(&cart, input.expected_version)?;
        take(cx, tx, shopper, &cart, &input).await
    })
    .await
}

/// What a cart's row alone tells.
fn ready(cart: &cart::Model, expected_version: Option<i64>) -> Result<(), CheckoutError> {
    if cart.state != "OPEN" {
        return Err(CartError::Completed.into());
    }
    if expected_version.is_some_and(|version| version != cart.version) {
        return Err(CartError::Stale.into());
    }
    let mut missing: Vec<_> = [
        (cart.email.is_none(), Missing::Contact),
        (cart.address.is_none(), Missing::Address),
        (cart.delivery_method_id.is_none(), Missing::Delivery),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect();
    // Whether promotions or gift cards leave anything to be paid is known when its turn comes: what lacks more has none.
    if !missing.is_empty() && cart.payment_method.is_none() && cart.tenders == "{}" {
        missing.push(Missing::Payment);
    }
    if missing.is_empty() { Ok(()) } else { Err(CheckoutError::NotReady(missing)) }
}

async fn take(
    cx: &Cx,
    tx: &Tx,
    shopper: Shopper,
    cart: &cart::Model,
    input: &Submit,
) -> Result<Id<Ticket>, CheckoutError> {
    let id = tx.new_id();
    // From its acceptance to its commit a ticket is in the gate, and nobody decides those that are accepted later.
    tx.enter(cart.channel_id).await?;
    let is_new = tx
        .insert_new(ticket::ActiveModel {
            id: Set(id),
            channel_id: Set(cart.channel_id),
            cart_id: Set(cart.id),
            cart_version: Set(cart.version),
            customer_id: Set(shopper.customer),
            expected_total: Set(input.expected_total.clone()),
            expected_due: Set(input.expected_due.clone()),
            request_id: Set(tx.stamp().request_id.clone()),
            accepted_at: Set(cx.app().clock.now()),
            state: Set(TicketState::Waiting.code().to_owned()),
            n_faults: Set(0),
            ..Default::default()
        })
        .await?;
    if is_new {
        return Ok(id);
    }
    // Somebody handed the same cart in at the same moment: its ticket is this one's, too.
    let theirs = rows::ticket_of(tx, cart.id).await?;
    Ok(theirs.ok_or_else(|| Fault::new("a ticket that kept another out is gone"))?.id)
}
