//! Why a ticket became no order, as it is kept until its owner asks.

use domain::{
    id::{CartLine, GiftCard, Id},
    invalid::{Invalid, Problem},
    money::Money,
};
use serde::{Deserialize, Serialize};
use store::Fault;

use super::{CheckoutError, error::Missing};
use crate::{cart::CartError, payments::credit::NotSpendable, pricing::promotions::NoCoupon};

/// Why a ticket became no order: what [`complete`](super::complete()) would have refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The cart is not there any more, or somebody else's by now.
    NotFound,
    /// The cart became an order, or was merged into another cart.
    Completed,
    /// The cart was changed after it was handed in.
    Stale,
    /// There is nothing in it.
    Empty,
    /// Things are missing or cannot be had.
    NotReady(Vec<Missing>),
    /// There is too little stock for some lines.
    OutOfStock(Vec<(Id<CartLine>, i64)>),
    /// No place has all of it, and the channel ships an order from one place only.
    NoSinglePlace,
    /// The total is not the one that was expected; this is it.
    TotalChanged(Money),
    /// The expected total is not an amount.
    InvalidTotal,
    /// What is left to pay is not what was expected; this is it.
    DueChanged(Money),
    /// What was expected to be left to pay is not an amount.
    InvalidDue,
    /// Nothing can be paid any more with a gift card in it.
    GiftCard {
        /// Which.
        card: Id<GiftCard>,
        /// Why.
        why: NotSpendable,
    },
    /// Nobody said how it is taxed.
    TaxUnavailable,
    /// Another order took what this one was to be paid with a moment before.
    BalanceChanged,
    /// A coupon in it is none any more.
    Coupon {
        /// What is written on it.
        code: String,
        /// Why.
        why: NoCoupon,
    },
    /// Another order used the last of a promotion a moment before.
    PromotionUsedUp,
    /// It was tried several times, and a fault of ours kept it from becoming an order.
    Failed,
}

impl Refusal {
    /// What is kept of an error. What is ours to mend is no refusal: the ticket keeps its place.
    pub(crate) fn of(error: CheckoutError) -> Result<Self, Fault> {
        match error {
            CheckoutError::Cart(CartError::NotFound) => Ok(Self::NotFound),
            CheckoutError::Cart(CartError::Completed) => Ok(Self::Completed),
            CheckoutError::Cart(CartError::Stale) => Ok(Self::Stale),
            CheckoutError::Empty => Ok(Self::Empty),
            CheckoutError::NotReady(missing) => Ok(Self::NotReady(missing)),
            CheckoutError::OutOfStock(lines) => Ok(Self::OutOfStock(lines)),
            CheckoutError::NoSinglePlace => Ok(Self::NoSinglePlace),
            CheckoutError::TotalChanged(total) => Ok(Self::TotalChanged(total)),
            CheckoutError::DueChanged(due) => Ok(Self::DueChanged(due)),
            CheckoutError::GiftCard { card, why } => Ok(Self::GiftCard { card, why }),
            CheckoutError::TaxUnavailable => Ok(Self::TaxUnavailable),
            CheckoutError::BalanceChanged => Ok(Self::BalanceChanged),
            CheckoutError::Invalid(invalid) if is_due(&invalid) => Ok(Self::InvalidDue),
            CheckoutError::Invalid(_) => Ok(Self::InvalidTotal),
            CheckoutError::Coupon { code, why } => Ok(Self::Coupon { code, why }),
            CheckoutError::PromotionUsedUp => Ok(Self::PromotionUsedUp),
            CheckoutError::Failed => Ok(Self::Failed),
            CheckoutError::Fault(fault) | CheckoutError::Cart(CartError::Fault(fault)) => Err(fault),
            CheckoutError::KeyReused(reused) => Err(Fault::new(reused)),
            CheckoutError::Cart(error @ (CartError::Rejected(_) | CartError::Invalid(_) | CartError::KeyReused(_))) => {
                Err(Fault::new(error))
            }
        }
    }
}

/// Whether it is what was expected to be left to pay that does not parse.
fn is_due(invalid: &Invalid) -> bool {
    invalid.wrong.iter().any(|wrong| wrong.path.iter().any(|field| field == "expectedDue"))
}

impl From<Refusal> for CheckoutError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::Cart(CartError::NotFound),
            Refusal::Completed => Self::Cart(CartError::Completed),
            Refusal::Stale => Self::Cart(CartError::Stale),
            Refusal::Empty => Self::Empty,
            Refusal::NotReady(missing) => Self::NotReady(missing),
            Refusal::OutOfStock(lines) => Self::OutOfStock(lines),
            Refusal::NoSinglePlace => Self::NoSinglePlace,
            Refusal::TotalChanged(total) => Self::TotalChanged(total),
            Refusal::Coupon { code, why } => Self::Coupon { code, why },
            Refusal::PromotionUsedUp => Self::PromotionUsedUp,
            Refusal::Failed => Self::Failed,
            Refusal::DueChanged(due) => Self::DueChanged(due),
            Refusal::GiftCard { card, why } => Self::GiftCard { card, why },
            Refusal::TaxUnavailable => Self::TaxUnavailable,
            Refusal::BalanceChanged => Self::BalanceChanged,
            Refusal::InvalidTotal => Invalid::at("expectedTotal", Problem::InvalidAmount).into(),
            Refusal::InvalidDue => Invalid::at("expectedDue", Problem::InvalidAmount).into(),
        }
    }
}
