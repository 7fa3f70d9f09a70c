//! What promotions took off an order, and which took nothing off and why: frozen in it.

use domain::{
    id::{Id, Promotion},
    pricing::{
        named::Promotions,
        promotions::{Applied, Refused, Why, effect::Stage},
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
    /// What they were called; nothing of orders that were placed before that was kept.
    #[serde(default, skip_serializing_if = "Promotions::is_empty")]
    pub names: Promotions,
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
        Kept::Before(all) => Discounts { applied: all.into_iter().map(applied).collect(), ..Discounts::default() },
    })
}

/// The promotions that a quote names.
pub(super) fn named(quote: &Quote) -> impl Iterator<Item = Id<Promotion>> {
    let winner = |why: Why| why.winner();
    let refused = quote.refused.iter().flat_map(move |one| [Some(one.promotion), winner(one.why)]);
    quote.applied.iter().map(|one| one.promotion).chain(refused.flatten())
}

/// What [`discounts`] reads.
pub(super) fn json(quote: &Quote, names: &Promotions) -> Result<String, Fault> {
    let called = named(quote).filter_map(|id| Some((id, names.get(&id)?.clone())));
    let (applied, refused) = (quote.applied.clone(), quote.refused.clone());
    let discounts = Discounts { applied, refused, names: called.collect() };
    serde_json::to_string(&discounts).map_err(Fault::new)
}
