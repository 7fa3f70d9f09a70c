//! Placing an order.

use domain::{
    id::{Cart, Id, Order},
    invalid::{Invalid, Problem},
    money::Money,
    payments::method::Method,
};
use store::{Fault, Once};

use super::{
    CheckoutError, order_token, pay,
    place::{self, Planned},
};
use crate::{
    cart::{self, Claim},
    cx::{Cx, Shopper},
};

/// A cart to make an order of.
#[derive(Clone, Debug)]
pub struct Complete {
    /// The cart.
    pub cart: Id<Cart>,
    /// The version the shopper saw last.
    pub expected_version: Option<i64>,
    /// The total the shopper agreed to, as a decimal number in the cart's currency.
    pub expected_total: Option<String>,
    /// What the shopper agreed to be left to pay, after gift cards and store credit, as a decimal number in the cart's currency.
    pub expected_due: Option<String>,
    /// The card, if it is paid by one.
    pub card: Option<Card>,
    /// What makes two calls the same.
    pub once: Once,
}

/// A card to pay with.
#[derive(Clone, Debug)]
pub struct Card {
    /// The token that the gateway gave for it.
    pub token: String,
    /// Where the shopper goes back to after a challenge.
    pub return_url: String,
}

/// A placed order.
#[derive(Clone, Debug)]
pub struct Completed {
    /// The order.
    pub order: Id<Order>,
    /// The token by which a guest sees it.
    pub token: String,
}

/// Places an order: stock, order, payment, events and audit trail in one transaction. A card is
/// authorised after it; if it is refused, the order waits for another until its deadline.
///
/// Emits `order.placed`, and what [`pay`](super::pay()) does.
pub async fn complete(cx: &Cx, shopper: Shopper, input: Complete) -> Result<Completed, CheckoutError> {
    let channel = cx.channel()?;
    cart::ask_taxes_of_cart(cx, shopper, input.cart).await?;
    let order = cx
        .write_once(Some(&input.once), async |tx| {
            let claim = Claim { shopper, cart: input.cart, expected_version: input.expected_version };
            let claimed = cart::claim(tx, &[claim]).await?.pop();
            let cart = claimed.ok_or_else(|| Fault::new("a claim that nothing became of"))??;
            if cart.channel_id != channel.id {
                return Err(CheckoutError::Cart(cart::CartError::NotFound));
            }
            let view = cart::view::priced(tx, channel, cart, tx.now()).await?;
            let selection = place::selection(tx, &[&view]).await?;
            let planned = place::plan(cx, tx, tx.stamp().clone(), view, &selection)?;
            agreed(input.expected_total.as_deref(), input.expected_due.as_deref(), &planned)?;
            if planned.method() == Some(Method::Card) && input.card.is_none() {
                return Err(Invalid::at("card", Problem::Required).into());
            }
            let placed = place::place(cx, tx, channel, vec![planned]).await?.pop();
            placed.ok_or_else(|| Fault::new("an order that nothing became of"))?
        })
        .await?;
    if let Some(card) = &input.card {
        pay::authorise(cx, order, card, &input.once).await?;
    }
    Ok(Completed { order, token: order_token(cx, order) })
}

/// Whether the total, and what is left of it to pay, are what the shopper agreed to.
pub(super) fn agreed(total: Option<&str>, due: Option<&str>, planned: &Planned) -> Result<(), CheckoutError> {
    if !is_expected(total, "expectedTotal", planned.total())? {
        return Err(CheckoutError::TotalChanged(planned.total()));
    }
    if !is_expected(due, "expectedDue", planned.due())? {
        return Err(CheckoutError::DueChanged(planned.due()));
    }
    Ok(())
}

fn is_expected(expected: Option<&str>, field: &str, actual: Money) -> Result<bool, Invalid> {
    let Some(expected) = expected else { return Ok(true) };
    let expected = Money::parse(expected, actual.currency);
    let expected = expected.ok_or_else(|| Invalid::at(field, Problem::InvalidAmount))?;
    Ok(expected == actual)
}
