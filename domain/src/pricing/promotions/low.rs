//! How low a promotion brings the price of a piece.

use super::{
    Rule,
    effect::{Effect, Off},
    selector::Selector,
};
use crate::money::{Money, MoneyError};

impl Rule {
    /// Of which things it takes something off each piece, whatever else is bought; `None`: what it takes off hangs on other
    /// pieces, as of bundles, or is not off goods.
    pub fn of_each(&self) -> Option<&Selector> {
        match &self.effect {
            Effect::Catalogue { of, .. } | Effect::Lines { of, .. } => Some(of),
            Effect::Order { .. } if !self.off_each().is_empty() => Some(&Selector::Everything),
            Effect::Order { .. }
            | Effect::BuyGet { .. }
            | Effect::Bundle { .. }
            | Effect::Gift { .. }
            | Effect::Delivery { .. }
            | Effect::Fee { .. } => None,
        }
    }

    /// What is left of the price of a piece that it is about, once it took that off: the least, where it has tiers.
    pub fn left_of(&self, price: Money) -> Result<Money, MoneyError> {
        let mut least = price;
        for off in self.off_each() {
            let off = off.of(price, 1)?;
            let most = self.cap.map_or(off, |cap| Money::new(off.minor.min(cap), price.currency));
            let left = price.minus(most)?;
            least = if left.minor < least.minor { left } else { least };
        }
        Ok(least)
    }

    /// An amount off the whole is spread over what is there: how much that is of a piece hangs on the others.
    fn off_each(&self) -> Vec<Off> {
        match &self.effect {
            Effect::Catalogue { off, .. } | Effect::Lines { off, .. } => vec![*off],
            Effect::Order { tiers } => {
                tiers.iter().map(|tier| tier.off).filter(|off| matches!(off, Off::Percent(_))).collect()
            }
            Effect::BuyGet { .. }
            | Effect::Bundle { .. }
            | Effect::Gift { .. }
            | Effect::Delivery { .. }
            | Effect::Fee { .. } => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        money::Currency,
        pricing::promotions::{
            condition::Condition,
            effect::{Percent, Spend},
        },
    };

    fn rule(effect: Effect, cap: Option<i64>) -> Rule {
        let (priority, group, condition) = (0, None, Condition::ALWAYS);
        Rule { priority, group, is_exclusive: false, needs_coupon: false, condition, effect, cap }
    }

    #[test]
    fn what_each_piece_is_left_with_is_the_least_of_its_tiers() {
        let left = |rule: &Rule| rule.left_of(Money::new(1_000, Currency::SAR)).map(|left| left.minor);
        let percent = |text| Off::Percent(Percent::parse(text).unwrap());
        let lines = |off, cap| rule(Effect::Lines { of: Selector::Everything, off }, cap);
        assert_eq!(left(&lines(percent("12.5"), None)), Ok(875));
        assert_eq!(left(&lines(Off::Price(600), None)), Ok(600));
        assert_eq!(left(&lines(Off::Amount(2_000), None)), Ok(0));
        assert_eq!(left(&lines(percent("50"), Some(100))), Ok(900));
        let tier = |at_least, off| Spend { at_least, off };
        let tiers = vec![tier(0, percent("5")), tier(900, percent("20")), tier(1_000, Off::Amount(900))];
        let order = rule(Effect::Order { tiers }, None);
        assert_eq!((left(&order), order.of_each()), (Ok(800), Some(&Selector::Everything)));
    }

    #[test]
    fn what_hangs_on_other_pieces_is_not_off_each() {
        let amount = Effect::Order { tiers: vec![Spend { at_least: 0, off: Off::Amount(900) }] };
        for effect in [amount, Effect::Delivery { off: Off::Price(0) }] {
            assert_eq!(rule(effect, None).of_each(), None);
        }
    }
}
