//! What is left of a rule once what cannot be met is gone.

use std::collections::BTreeSet;

use super::{
    Rule,
    condition::Condition,
    effect::{Effect, Get},
    selector::{Named, Selector},
};
use crate::{
    id::{CustomerGroup, Id},
    pricing::validity::Validity,
};

/// What a rule names and what there is not, or what holds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Of the catalogue.
    pub named: Named,
    /// Groups of customers.
    pub groups: BTreeSet<Id<CustomerGroup>>,
}

impl Rule {
    /// Whether it can never take anything off, as these are gone.
    pub fn is_never_without(&self, gone: &Gone) -> bool {
        let mut left = self.clone();
        left.effect.forget(gone);
        left.condition.forget(gone);
        left.is_never()
    }

    /// Whether it can never take anything off at this time: there is none of the hours that it asks for.
    pub fn is_never_within(&self, time: Validity) -> bool {
        let mut left = self.condition.clone();
        left.keep_hours(time);
        left.is_never()
    }
}

impl Effect {
    fn forget(&mut self, gone: &Gone) {
        match self {
            Self::Catalogue { of, .. } | Self::Lines { of, .. } | Self::Gift { of, .. } => of.forget(gone),
            Self::BuyGet { buy, get, .. } => {
                buy.forget(gone);
                if let Get::Other(other) = get {
                    other.forget(gone);
                }
            }
            Self::Bundle { parts, .. } => parts.iter_mut().for_each(|part| part.of.forget(gone)),
            Self::Order { .. } | Self::Delivery { .. } | Self::Fee { .. } => {}
        }
    }
}

impl Condition {
    fn forget(&mut self, gone: &Gone) {
        self.change_plain(&|plain| {
            if let Self::Quantity { of, .. } | Self::Amount { of, .. } = plain {
                of.forget(gone);
            } else if let Self::Groups(groups) = plain {
                groups.retain(|group| !gone.groups.contains(group));
            }
        });
    }

    /// Makes of hours that do not come within a time what never holds.
    fn keep_hours(&mut self, time: Validity) {
        self.change_plain(&|plain| {
            if matches!(plain, Self::Hours(hours) if !hours.come_within(time)) {
                *plain = Self::Any(Vec::new());
            }
        });
    }
}

impl Selector {
    fn forget(&mut self, gone: &Gone) {
        match self {
            Self::Variants(ids) => ids.retain(|id| !gone.named.variants.contains(id)),
            Self::Products(ids) => ids.retain(|id| !gone.named.products.contains(id)),
            Self::Categories(ids) => ids.retain(|id| !gone.named.categories.contains(id)),
            Self::Collections(ids) => ids.retain(|id| !gone.named.collections.contains(id)),
            Self::Attribute { code, values } => values.retain(|_| !gone.named.attributes.contains(code)),
            Self::All(some) | Self::Any(some) => some.iter_mut().for_each(|one| one.forget(gone)),
            Self::Not(not) => not.forget(gone),
            Self::Everything => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{
        pricing::promotions::{
            condition::Hours,
            effect::{Off, Spend},
        },
        time::Instant,
    };

    fn id<K>(n: u128) -> Id<K> {
        Id::new(Uuid::from_u128(n))
    }

    fn rule(condition: Condition, effect: Effect) -> Rule {
        let (priority, group, cap) = (0, None, None);
        Rule { priority, group, is_exclusive: false, needs_coupon: false, condition, effect, cap }
    }

    fn off_order() -> Effect {
        Effect::Order { tiers: vec![Spend { at_least: 0, off: Off::Amount(100) }] }
    }

    #[test]
    fn what_needs_something_that_is_gone_never_applies() {
        let tea = || Selector::Collections(vec![id(1)]);
        let either = || Selector::Collections(vec![id(1), id(2)]);
        let attributes = ["origin".to_owned()].into();
        let named = Named { collections: [id(1)].into(), attributes, ..Named::default() };
        let gone = Gone { named, groups: [id(7)].into() };
        let of = |of| rule(Condition::ALWAYS, Effect::Lines { of, off: Off::Amount(1) }).is_never_without(&gone);
        let origin = Selector::Attribute { code: "origin".to_owned(), values: vec!["qassim".to_owned()] };
        assert!(of(tea()) && of(origin) && !of(either()) && !of(Selector::Not(Box::new(tea()))));
        let when = |condition| rule(condition, off_order()).is_never_without(&gone);
        assert!(when(Condition::Groups(vec![id(7)])) && !when(Condition::Groups(vec![id(7), id(8)])));
        assert!(when(Condition::All(vec![Condition::SignedIn, Condition::Quantity { of: tea(), at_least: 1 }])));
        assert!(!when(Condition::Not(Box::new(Condition::Groups(vec![id(7)])))));
        let part = |of| crate::pricing::promotions::effect::Part { of, quantity: 1 };
        let bundle = Effect::Bundle { parts: vec![part(either()), part(tea())], off: Off::Amount(1), times: None };
        assert!(rule(Condition::ALWAYS, bundle).is_never_without(&gone));
    }

    #[test]
    fn hours_that_do_not_come_are_no_hours() {
        let monday = || Condition::Hours(Hours { days: vec![1], from: 0, until: 60 });
        let at = |text| Instant::parse(text);
        let sunday = Validity { from: at("2026-11-22T00:00:00+03:00"), until: at("2026-11-23T00:00:00+03:00") };
        let never = |condition, time| rule(condition, off_order()).is_never_within(time);
        assert!(never(monday(), sunday) && !never(monday(), Validity { until: None, ..sunday }));
        assert!(!never(Condition::Not(Box::new(monday())), sunday));
        assert!(!never(Condition::Any(vec![monday(), Condition::SignedIn]), sunday));
    }
}
