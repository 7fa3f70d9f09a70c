//! Why a cart was not changed.

use domain::invalid::{Invalid, Problem};
use store::{Fault, KeyReused};

use crate::{payments::credit::NotSpendable, pricing::promotions::NoCoupon};

/// Why a cart was not changed.
#[derive(Debug, thiserror::Error)]
pub enum CartError {
    /// There is no such cart, or it is somebody else's.
    #[error("no such cart")]
    NotFound,
    /// It became an order, or was merged into another cart.
    #[error("the cart is completed")]
    Completed,
    /// It was changed since the version that was expected.
    #[error("the cart was changed meanwhile")]
    Stale,
    /// Some steps cannot be done; none was.
    #[error("some steps cannot be done")]
    Rejected(Vec<Rejection>),
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

/// One thing that cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The step's place in the list.
    pub step: usize,
    /// The field, within the step.
    pub path: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Why a step cannot be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such record.
    NotFound,
    /// There are fewer units that can be held for it: so many.
    OutOfStock(i64),
    /// Nothing can be paid with the gift card.
    NoGiftCard(NotSpendable),
    /// A cart has so many gift cards at most.
    TooManyGiftCards(usize),
    /// A guest has none.
    CustomerRequired,
    /// The channel does not sell the variant.
    NotSoldHere,
    /// The cart would have more lines than this.
    TooManyLines(usize),
    /// The channel does not deliver this way to the address.
    DeliveryUnavailable,
    /// The way of delivery depends on an address that is not there yet.
    AddressRequired,
    /// The channel does not take this way of paying.
    PaymentUnavailable,
    /// The coupon is none.
    NoCoupon(NoCoupon),
    /// The cart would have more coupons than this.
    TooManyCoupons(usize),
    /// The value is wrong.
    Wrong(Problem),
}

impl Rejection {
    /// A rejection of a field of a step.
    pub(crate) fn at(step: usize, path: &[&str], why: Why) -> Self {
        Self { step, path: path.iter().map(|part| (*part).to_owned()).collect(), why }
    }

    /// A rejection of a field of an item of a step's list.
    pub(crate) fn of_item(step: usize, list: &str, index: usize, field: &str, why: Why) -> Self {
        Self { step, path: vec![list.to_owned(), index.to_string(), field.to_owned()], why }
    }
}
