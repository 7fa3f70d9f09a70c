//! Why a cart did not become an order.

use domain::{
    id::{CartLine, GiftCard, Id},
    invalid::Invalid,
    money::Money,
    pricing::quantity_rule::Breach,
};
use serde::{Deserialize, Serialize};
use store::{Fault, KeyReused};

use crate::{cart::CartError, payments::credit::NotSpendable, pricing::promotions::NoCoupon};

/// Why a cart did not become an order. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutError {
    /// What every change of a cart can meet: not found, completed, stale.
    #[error(transparent)]
    Cart(#[from] CartError),
    /// The input does not parse.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// There is nothing in it.
    #[error("the cart is empty")]
    Empty,
    /// Things are missing or cannot be had; all of them.
    #[error("the cart is not ready")]
    NotReady(Vec<Missing>),
    /// There is too little stock for some lines.
    #[error("too little stock")]
    OutOfStock(Vec<(Id<CartLine>, i64)>),
    /// No place has all of it, and the channel ships an order from one place only.
    #[error("no place has all of it")]
    NoSinglePlace,
    /// The total is not the one that was expected; this is it.
    #[error("the total changed")]
    TotalChanged(Money),
    /// A coupon in it is none any more.
    #[error("a coupon is none any more")]
    Coupon {
        /// What is written on it.
        code: String,
        /// Why.
        why: NoCoupon,
    },
    /// What is left to pay is not what was expected; this is it.
    #[error("what is left to pay changed")]
    DueChanged(Money),
    /// Nothing can be paid any more with a gift card in it.
    #[error("a gift card is none any more")]
    GiftCard {
        /// Which.
        card: Id<GiftCard>,
        /// Why.
        why: NotSpendable,
    },
    /// The channel's tax engine did not say how it is taxed, and the channel takes no orders by an estimate.
    #[error("nobody said how it is taxed")]
    TaxUnavailable,
    /// Another order took what this one was to be paid with a moment before.
    #[error("a balance changed")]
    BalanceChanged,
    /// Another order used the last of a promotion a moment before.
    #[error("a promotion was used up")]
    PromotionUsedUp,
    /// Its turn in the queue came several times, and a fault of ours kept it from becoming an order.
    #[error("a fault kept the ticket from becoming an order")]
    Failed,
    /// The idempotency key was used with another input.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// Ours to mend.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What keeps a cart from becoming an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Nobody would hear of the order.
    Contact,
    /// Nobody knows where to.
    Address,
    /// No way of delivery was chosen.
    Delivery,
    /// The way chosen does not lead to the address.
    DeliveryUnavailable,
    /// No way to pay was chosen.
    Payment,
    /// The way chosen is not taken here.
    PaymentUnavailable,
    /// The channel does not sell this line any more.
    NotSold(Id<CartLine>),
    /// So many pieces of this line are not bought together.
    Quantity(Id<CartLine>, Breach),
}

/// Why a payment was not tried again.
#[derive(Debug, thiserror::Error)]
pub enum PayError {
    /// There is no such order, or it is somebody else's.
    #[error("no such order")]
    NotFound,
    /// There is nothing to be paid by card.
    #[error("nothing to be paid by card")]
    NotPayable,
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
