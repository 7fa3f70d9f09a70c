//! What a promotion that is tried would change of carts and orders.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::HashMap;

use super::{Applied, Left, Promotion, Rule, Why, condition::Buyer};
use crate::{
    id::{self, Account, Id, Organisation},
    money::{Currency, Money, MoneyError},
    pricing::{quote::Quote, validity::Validity},
};

/// A promotion that is tried on one order after the other: as if it ran at each, as if whoever buys had a coupon if it needs
/// one, and as if nothing of its limits was used before the first.
#[derive(Clone, Debug)]
pub struct Trial {
    promotion: Promotion,
    of_customers: HashMap<Id<Account>, i64>,
    of_organisations: HashMap<Id<Organisation>, i64>,
}

/// What a promotion changed of a cart or an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Without it.
    pub before: Figures,
    /// With it.
    pub after: Figures,
    /// What it took off itself, or why it took nothing off.
    pub own: Result<Applied, Why>,
}

/// What something comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// What all promotions take off: of lines, delivery and fee.
    pub discount: Money,
    /// What is to be paid, with tax.
    pub total: Money,
}

/// What a promotion changed of all that it was tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// On how many it was tried.
    pub tried: usize,
    /// How many of them are different with it, or have something taken off by it.
    pub affected: usize,
    /// Without it.
    pub before: Figures,
    /// With it.
    pub after: Figures,
    /// How much more is taken off: less than nothing, if less is.
    pub difference: Money,
    /// The same for each that is affected, rounded half up; none if none is.
    pub average: Option<Money>,
}

impl Trial {
    /// A promotion to try.
    pub fn new(promotion: Promotion) -> Self {
        let rule = Rule { needs_coupon: false, ..promotion.rule };
        let promotion = Promotion { rule, validity: Validity::default(), ..promotion };
        Self { promotion, of_customers: HashMap::new(), of_organisations: HashMap::new() }
    }

    /// It as anybody is offered it before it is used.
    pub fn whole(self) -> Promotion {
        self.promotion
    }

    /// It as somebody is offered it now.
    pub fn of(&self, buyer: &Buyer) -> Promotion {
        let left = self.promotion.left;
        let used = buyer.customer.and_then(|customer| self.of_customers.get(&customer)).copied().unwrap_or_default();
        let orders_of_customer = left.orders_of_customer.map(|orders| orders.saturating_sub(used));
        let used = buyer.organisation.and_then(|company| self.of_organisations.get(&company)).copied();
        let used = used.unwrap_or_default();
        let orders_of_organisation = left.orders_of_organisation.map(|orders| orders.saturating_sub(used));
        Promotion { left: Left { orders_of_customer, orders_of_organisation, ..left }, ..self.promotion.clone() }
    }

    /// Notes what it took off an order of somebody.
    pub fn used(&mut self, buyer: &Buyer, amount: i64) {
        let left = &mut self.promotion.left;
        left.orders = left.orders.map(|orders| orders.saturating_sub(1));
        left.budget = left.budget.map(|budget| budget.saturating_sub(amount));
        if let Some(customer) = buyer.customer {
            let used = self.of_customers.entry(customer).or_default();
            *used = used.saturating_add(1);
        }
        if let Some(company) = buyer.organisation {
            let used = self.of_organisations.entry(company).or_default();
            *used = used.saturating_add(1);
        }
    }
}

impl Changed {
    /// What a promotion changed between two quotes of the same, of which it was in the latter alone.
    pub fn between(before: &Quote, after: &Quote, promotion: Id<id::Promotion>) -> Result<Self, MoneyError> {
        let applied = after.applied.iter().find(|applied| applied.promotion == promotion).cloned();
        let refused = after.refused.iter().find(|refused| refused.promotion == promotion);
        let why = refused.map_or(Why::NothingToTake, |refused| refused.why);
        Ok(Self { before: Figures::of(before)?, after: Figures::of(after)?, own: applied.ok_or(why) })
    }

    /// How much more is taken off: less than nothing, if less is.
    pub fn difference(&self) -> Result<Money, MoneyError> {
        self.after.discount.minus(self.before.discount)
    }

    /// Whether it is different with the promotion, or has something taken off by it.
    pub fn is_affected(&self) -> bool {
        self.own.is_ok() || self.before != self.after
    }
}

impl Figures {
    fn of(quote: &Quote) -> Result<Self, MoneyError> {
        let currency = quote.total.currency;
        let off = quote.applied.iter().map(|applied| Money::new(applied.amount, currency));
        Ok(Self { discount: Money::sum(currency, off)?, total: quote.total })
    }

    fn plus(self, other: Self) -> Result<Self, MoneyError> {
        Ok(Self { discount: self.discount.plus(other.discount)?, total: self.total.plus(other.total)? })
    }
}

/// What a promotion changed of all of these. Refuses sums that do not fit.
pub fn sums(changes: &[Changed], currency: Currency) -> Result<Sums, MoneyError> {
    let none = Figures { discount: Money::zero(currency), total: Money::zero(currency) };
    let before = changes.iter().try_fold(none, |sum, changed| sum.plus(changed.before))?;
    let after = changes.iter().try_fold(none, |sum, changed| sum.plus(changed.after))?;
    let affected = changes.iter().filter(|changed| changed.is_affected()).count();
    let difference = after.discount.minus(before.discount)?;
    let average = average(difference, affected);
    Ok(Sums { tried: changes.len(), affected, before, after, difference, average })
}

/// What each of so many has of an amount, rounded half up; `None` of none.
fn average(of: Money, n: usize) -> Option<Money> {
    let n = i128::try_from(n).ok().filter(|n| 0 < *n)?;
    let doubled = i128::from(of.minor).saturating_mul(2).saturating_add(n);
    let minor = doubled.checked_div_euclid(n.saturating_mul(2))?;
    i64::try_from(minor).ok().map(|minor| Money::new(minor, of.currency))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        identity::country::Country,
        pricing::promotions::{
            condition::{Condition, History},
            effect::{Effect, Off},
        },
        time::Instant,
    };

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn buyer(customer: Option<u128>, company: Option<u128>) -> Buyer {
        Buyer {
            customer: customer.map(|n| Id::new(Uuid::from_u128(n))),
            groups: Vec::new(),
            organisation: company.map(|n| Id::new(Uuid::from_u128(n))),
            history: History::default(),
            country: Country::SA,
            payment: None,
        }
    }

    fn promotion(left: Left) -> Promotion {
        Promotion {
            id: Id::new(Uuid::from_u128(1)),
            validity: Validity { from: Some(Instant::from_millis(5)), until: Some(Instant::from_millis(6)) },
            rule: Rule {
                priority: 0,
                group: None,
                is_exclusive: false,
                needs_coupon: true,
                condition: Condition::ALWAYS,
                effect: Effect::Fee { off: Off::Amount(1) },
                cap: None,
            },
            left,
        }
    }

    #[test]
    fn what_is_tried_runs_always_and_needs_no_coupon() {
        let tried = Trial::new(promotion(Left::default())).of(&buyer(None, None));
        assert_eq!((tried.validity, tried.rule.needs_coupon), (Validity::default(), false));
    }

    #[test]
    fn limits_are_used_up_by_one_order_after_the_other_and_each_customer_and_company_by_itself() {
        let left =
            Left { orders: Some(3), orders_of_customer: Some(1), orders_of_organisation: Some(2), budget: Some(500) };
        let mut trial = Trial::new(promotion(left));
        trial.used(&buyer(Some(10), Some(20)), 200);
        trial.used(&buyer(Some(11), Some(20)), 250);
        let of = |customer, company| trial.of(&buyer(customer, company)).left;
        let shared = Left { orders: Some(1), budget: Some(50), ..left };
        let both = Left { orders_of_customer: Some(0), orders_of_organisation: Some(0), ..shared };
        assert_eq!(of(Some(10), Some(20)), both);
        assert_eq!(of(Some(10), None), Left { orders_of_customer: Some(0), ..shared });
        assert_eq!(of(Some(12), Some(21)), shared);
        let mut without = Trial::new(promotion(Left::default()));
        without.used(&buyer(Some(10), Some(20)), 200);
        assert_eq!(without.of(&buyer(Some(10), Some(20))).left, Left::default());
    }

    #[test]
    fn sums_are_those_of_all_and_the_average_is_of_those_that_changed() {
        let figures = |discount, total| Figures { discount: sar(discount), total: sar(total) };
        let of = |before, after| Changed { before, after, own: Err(Why::NothingToTake) };
        let changes = [
            of(figures(0, 1_000), figures(100, 900)),
            of(figures(50, 500), figures(51, 499)),
            of(figures(0, 700), figures(0, 700)),
        ];
        let sums = sums(&changes, Currency::SAR).unwrap();
        assert_eq!((sums.tried, sums.affected), (3, 2));
        assert_eq!((sums.before, sums.after), (figures(50, 2_200), figures(151, 2_099)));
        assert_eq!((sums.difference, sums.average), (sar(101), Some(sar(51))), "50.5 is rounded half up");
    }

    #[test]
    fn of_none_there_is_no_average_and_of_less_it_is_less_than_nothing() {
        assert_eq!(average(sar(5), 0), None);
        assert_eq!([average(sar(-3), 2), average(sar(-4), 3)], [Some(sar(-1)), Some(sar(-1))]);
        assert_eq!(sums(&[], Currency::SAR).unwrap().average, None);
    }
}
