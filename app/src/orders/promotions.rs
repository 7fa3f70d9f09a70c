//! The promotions that an order took, frozen in it.

use domain::{
    id::{Id, Promotion},
    pricing::quote::Quote,
};
use entity::orders::order;
use serde::{Deserialize, Serialize};
use store::Fault;

/// A promotion that an order took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedPromotion {
    /// The promotion.
    pub promotion: Id<Promotion>,
    /// What it took off, minor units of the order's currency.
    pub amount_minor: i64,
}

/// The promotions that an order took, in the order in which they applied.
pub fn applied_promotions(order: &order::Model) -> Result<Vec<AppliedPromotion>, Fault> {
    serde_json::from_str(&order.promotions).map_err(Fault::new)
}

/// What [`applied_promotions`] reads.
pub(super) fn json(quote: &Quote) -> Result<String, Fault> {
    let applied = quote.applied.iter();
    let applied = applied.map(|one| AppliedPromotion { promotion: one.promotion, amount_minor: one.amount.minor });
    serde_json::to_string(&applied.collect::<Vec<_>>()).map_err(Fault::new)
}
