//! What promotions took off an order, and which took nothing off and why: frozen in it.

use domain::{
    id::{Id, Promotion},
    pricing::{
        promotions::{Applied, Refused, effect::Stage},
        quote::Quote,
    },
};
use entity::orders::order;
use serde::{Deserialize, Serialize};
use store::Fault;

/// What came of promotions when an order was placed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discounts {
    /// Those that took something off, in the order in which they did; amounts are of the order's currency, and lines are
    /// named by their place at placement.
    pub applied: Vec<Applied>,
    /// Those that were looked at and took nothing off.
    pub refused: Vec<Refused>,
}

/// What an order may have kept.
#[derive(Deserialize)]
#[serde(untagged)]
enum Kept {
    Now(Discounts),
    /// As it was kept before promotions had rules.
    Before(Vec<Before>),
}

#[derive(Deserialize)]
struct Before {
    promotion: Id<Promotion>,
    amount_minor: i64,
}

/// What came of promotions when an order was placed.
pub fn discounts(order: &order::Model) -> Result<Discounts, Fault> {
    let applied = |before: Before| Applied {
        promotion: before.promotion,
        stage: Stage::Order,
        coupon: None,
        amount: before.amount_minor,
        shares: Vec::new(),
        is_capped: false,
        is_at_floor: false,
        limit: None,
        terms: None,
    };
    Ok(match serde_json::from_str(&order.promotions).map_err(Fault::new)? {
        Kept::Now(discounts) => discounts,
        Kept::Before(all) => Discounts { applied: all.into_iter().map(applied).collect(), refused: Vec::new() },
    })
}

/// What [`discounts`] reads.
pub(super) fn json(quote: &Quote) -> Result<String, Fault> {
    let discounts = Discounts { applied: quote.applied.clone(), refused: quote.refused.clone() };
    serde_json::to_string(&discounts).map_err(Fault::new)
}
