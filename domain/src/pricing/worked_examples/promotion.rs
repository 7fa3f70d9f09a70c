//! The promotions of an example.

use serde::Deserialize;

use super::{id, money, placed};
use crate::{
    money::Currency,
    payments::method::Method,
    pricing::{
        promotions::{
            self, Left, Rule,
            condition::Condition,
            effect::{Effect, Get, Off, Part, Percent, Pick, Spend},
            selector::Selector,
        },
        validity::Validity,
    },
};

/// A promotion, as an example says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Promotion {
    pub(super) name: String,
    takes: Takes,
    /// `10%`, `5.00`, or `to 8.00`.
    off: Option<String>,
    /// Off what: things or kinds; none said: everything.
    #[serde(default)]
    of: Vec<String>,
    #[serde(default)]
    tiers: Vec<Tier>,
    buy: Option<u32>,
    /// What is got, if that is something else than what is bought.
    get_of: Option<Vec<String>>,
    get: Option<u32>,
    #[serde(default)]
    same_variant: bool,
    #[serde(default)]
    most_expensive: bool,
    #[serde(default)]
    parts: Vec<BundlePart>,
    times: Option<u32>,
    when: Option<When>,
    priority: Option<i32>,
    group: Option<String>,
    #[serde(default)]
    exclusive: bool,
    /// What is written on the coupon that it needs.
    pub(super) coupon: Option<String>,
    cap: Option<String>,
    budget_left: Option<String>,
    orders_left: Option<i64>,
}

/// What a promotion takes something off.
#[derive(Clone, Copy, Deserialize)]
enum Takes {
    #[serde(rename = "off the price while browsing")]
    Browsing,
    #[serde(rename = "off lines")]
    Lines,
    #[serde(rename = "off all lines together")]
    Order,
    #[serde(rename = "off what is got for what is bought")]
    BuyGet,
    #[serde(rename = "off a bundle")]
    Bundle,
    #[serde(rename = "all off a gift")]
    Gift,
    #[serde(rename = "off the delivery")]
    Delivery,
    #[serde(rename = "off the fee")]
    Fee,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tier {
    from: String,
    off: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BundlePart {
    #[serde(default)]
    of: Vec<String>,
    pieces: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct When {
    #[serde(default)]
    of: Vec<String>,
    amount: Option<String>,
    pieces: Option<u32>,
    payment: Option<String>,
}

fn off(text: &str, currency: Currency) -> Off {
    if let Some(percent) = text.strip_suffix('%') {
        return Off::Percent(Percent::parse(percent).unwrap_or_else(|| panic!("{text} is no percent")));
    }
    match text.strip_prefix("to ") {
        Some(price) => Off::Price(money(price, currency).minor),
        None => Off::Amount(money(text, currency).minor),
    }
}

fn selector(of: &[String]) -> Selector {
    if of.is_empty() { Selector::Everything } else { Selector::Collections(of.iter().map(|name| id(name)).collect()) }
}

impl When {
    fn condition(&self, currency: Currency) -> Condition {
        let of = || selector(&self.of);
        let amount = self.amount.as_deref().map(|text| money(text, currency).minor);
        let payment = self.payment.as_deref().map(|code| Condition::Payment(vec![Method::parse(code).unwrap()]));
        let conditions = [
            amount.map(|at_least| Condition::Amount { of: of(), at_least }),
            self.pieces.map(|at_least| Condition::Quantity { of: of(), at_least }),
            payment,
        ];
        Condition::All(conditions.into_iter().flatten().collect())
    }
}

impl Promotion {
    fn effect(&self, currency: Currency) -> Effect {
        let off_this = || off(self.off.as_deref().unwrap_or_else(|| panic!("{}: off what", self.name)), currency);
        let of = || selector(&self.of);
        match self.takes {
            Takes::Browsing => Effect::Catalogue { of: of(), off: off_this() },
            Takes::Lines => Effect::Lines { of: of(), off: off_this() },
            Takes::Order if self.tiers.is_empty() => {
                Effect::Order { tiers: vec![Spend { at_least: 0, off: off_this() }] }
            }
            Takes::Order => {
                let tier =
                    |tier: &Tier| Spend { at_least: money(&tier.from, currency).minor, off: off(&tier.off, currency) };
                Effect::Order { tiers: self.tiers.iter().map(tier).collect() }
            }
            Takes::BuyGet => Effect::BuyGet {
                buy: of(),
                buy_quantity: self.buy.unwrap_or(1),
                get: match &self.get_of {
                    Some(of) => Get::Other(selector(of)),
                    None if self.same_variant => Get::SameVariant,
                    None => Get::Same,
                },
                get_quantity: self.get.unwrap_or(1),
                off: off_this(),
                pick: if self.most_expensive { Pick::MostExpensive } else { Pick::Cheapest },
                times: self.times,
            },
            Takes::Bundle => {
                let part = |part: &BundlePart| Part { of: selector(&part.of), quantity: part.pieces };
                Effect::Bundle { parts: self.parts.iter().map(part).collect(), off: off_this(), times: self.times }
            }
            Takes::Gift => Effect::Gift { of: of(), quantity: self.get.unwrap_or(1) },
            Takes::Delivery => Effect::Delivery { off: off_this() },
            Takes::Fee => Effect::Fee { off: off_this() },
        }
    }

    /// The promotion at a place among those of its example.
    pub(super) fn promotion(&self, place: usize, currency: Currency) -> promotions::Promotion {
        let minor = |text: &Option<String>| text.as_deref().map(|text| money(text, currency).minor);
        let rule = Rule {
            priority: self.priority.unwrap_or(0),
            group: self.group.clone(),
            is_exclusive: self.exclusive,
            needs_coupon: self.coupon.is_some(),
            condition: self.when.as_ref().map_or(Condition::ALWAYS, |when| when.condition(currency)),
            effect: self.effect(currency),
            cap: minor(&self.cap),
        };
        promotions::check::check(&rule).unwrap_or_else(|invalid| panic!("{}: {invalid:?}", self.name));
        let left = Left {
            orders: self.orders_left,
            orders_of_customer: None,
            orders_of_organisation: None,
            budget: minor(&self.budget_left),
        };
        promotions::Promotion { id: placed(place), validity: Validity::default(), rule, left }
    }
}
