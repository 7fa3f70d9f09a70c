//! The same once more.

use std::collections::HashMap;

use domain::{
    cart::quantity::Quantity,
    date::Date,
    id::{Cart, Id, OrderLine, Variant},
    identity::email::Email,
    invalid::Invalid,
};
use entity::orders::{order, order_line};
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused, Once, Tx};

use crate::{
    cart::{self, CartError, Create, Wish},
    channels,
    cx::{Cx, Public, Shopper},
    inventory, orders,
    orders::returns::By,
    organisations,
};

/// An order to order again.
#[derive(Clone, Debug)]
pub struct Reorder {
    /// Which: customers name their own by its id, staff who see orders all, and guests know its token.
    pub by: By,
    /// Makes a second call with the same key change nothing.
    pub once: Once,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reordered {
    /// The cart that it is in.
    pub cart: Id<Cart>,
    /// What cannot be had, or not all of it.
    pub left_out: Vec<LeftOut>,
}

/// A line of an order that cannot be had again, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The line.
    pub line: Id<OrderLine>,
    /// How many of its units can be had and are in the cart; none if it is not sold any more.
    pub available: Option<i64>,
}

/// Why nothing is ordered again.
#[derive(Debug, thiserror::Error)]
pub enum ReorderError {
    /// There is no such order, or it is not the caller's to see.
    #[error("there is no such order")]
    NotFound,
    /// The cart cannot take it: it would have too many lines, or too much of one.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Puts what was ordered into a cart of the request's channel, at today's prices: a new one, or the customer's open one.
/// What the channel does not sell any more, and what is not there, is left out. It places no order and holds no stock.
pub async fn reorder(cx: &Cx, shopper: Shopper, input: Reorder) -> Result<Reordered, ReorderError> {
    let order = find(cx, &input.by).await?.ok_or(ReorderError::NotFound)?;
    let lines = orders::load::lines(cx, &[order.id]).await?.remove(&order.id).unwrap_or_default();
    cx.write_once(Some(&input.once), async |tx| {
        let (wishes, left_out) = possible(cx, tx, (shopper, &lines)).await?;
        let email = Email::parse(&order.email).ok();
        let create = Create { lines: wishes, email, language: cx.language(), once: None };
        let cart = cart::create_in(tx, cx.channel()?, shopper, &create).await?;
        Ok(Reordered { cart, left_out })
    })
    .await
}

async fn find(cx: &Cx, by: &By) -> Result<Option<order::Model>, Fault> {
    match by {
        By::Id(id) => orders::visible(cx, *id).await,
        By::Guest { number, token } => orders::get_by_token(cx, Public, number, token).await,
    }
}

/// What of these lines can be had, and what cannot.
async fn possible(
    cx: &Cx,
    tx: &Tx,
    (shopper, lines): (Shopper, &[order_line::Model]),
) -> Result<(Vec<Wish>, Vec<LeftOut>), Fault> {
    let channel = cx.channel()?;
    let variants: Vec<_> = lines.iter().map(|line| line.variant_id).collect();
    let party = organisations::party(tx, organisations::Wish::own(shopper.customer, shopper.buys_for)).await?;
    let sold = cart::sold(tx, channel, &variants, (&party, channels::country(channel)?)).await?;
    let there = inventory::load::promisable(tx, channel, &variants, Date::of(tx.now())).await?;
    let units = |(variant, there): (Id<Variant>, inventory::load::Promisable)| {
        (variant, there.on_shelf.saturating_add(there.beyond).max(0))
    };
    let mut free: HashMap<_, _> = there.into_iter().map(units).collect();
    let (mut wishes, mut left_out) = (Vec::new(), Vec::new());
    for line in lines {
        if !sold.contains(&line.variant_id) {
            left_out.push(LeftOut { line: line.id, available: None });
            continue;
        }
        let free = free.entry(line.variant_id).or_default();
        let available = line.quantity.min(*free);
        *free = free.saturating_sub(available);
        if available < line.quantity {
            left_out.push(LeftOut { line: line.id, available: Some(available) });
        }
        if let Ok(quantity) = Quantity::parse(available) {
            wishes.push(Wish { variant: line.variant_id, quantity });
        }
    }
    Ok((wishes, left_out))
}
