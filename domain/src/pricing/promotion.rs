//! Discounts that apply by themselves. Which of several applies is decided in [`super::quote`].

use rust_decimal::Decimal;

use crate::{
    id::{self, Collection, Id},
    money::{Money, MoneyError},
    time::Instant,
};

/// A discount that applies by itself while it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// Which it is; no two of a shop have the same.
    pub id: Id<id::Promotion>,
    /// Of two that take off the same, the one with the lower number applies.
    pub priority: i32,
    /// What it takes off, and when.
    pub effect: Effect,
    /// The first instant at which it runs; `None`: it always has.
    pub starts_at: Option<Instant>,
    /// The first instant at which it no longer runs; `None`: it never ends.
    pub ends_at: Option<Instant>,
}

/// What a promotion takes off.
///
/// Percentages are of 100, 12.5 for an eighth; below 0 counts as 0 and above 100 as 100. A threshold
/// in another currency than the cart's is never reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A part of every line of a collection.
    CollectionPercent {
        /// The collection.
        collection: Id<Collection>,
        /// The part, of 100.
        percent: Decimal,
    },
    /// A part of the order.
    OrderPercent {
        /// The part, of 100.
        percent: Decimal,
        /// What the order must at least come to.
        over: Money,
    },
    /// The price of delivery.
    FreeDelivery {
        /// What the order must at least come to.
        over: Money,
    },
}

impl Promotion {
    /// Whether it runs: from `starts_at`, inclusive, to `ends_at`, exclusive.
    pub fn runs_at(&self, at: Instant) -> bool {
        self.starts_at.is_none_or(|starts_at| starts_at <= at) && self.ends_at.is_none_or(|ends_at| at < ends_at)
    }

    /// What it takes off a line that comes to `subtotal`, rounded half up.
    pub(super) fn off_line(&self, subtotal: Money, collections: &[Id<Collection>]) -> Result<Money, MoneyError> {
        match &self.effect {
            Effect::CollectionPercent { collection, percent } if collections.contains(collection) => {
                part(subtotal, *percent)
            }
            Effect::CollectionPercent { .. } | Effect::OrderPercent { .. } | Effect::FreeDelivery { .. } => {
                Ok(Money::zero(subtotal.currency))
            }
        }
    }

    /// What it takes off an order whose lines come to `subtotal`, rounded half up.
    pub(super) fn off_order(&self, subtotal: Money) -> Result<Money, MoneyError> {
        match &self.effect {
            Effect::OrderPercent { percent, over } if reaches(subtotal, *over) => part(subtotal, *percent),
            Effect::CollectionPercent { .. } | Effect::OrderPercent { .. } | Effect::FreeDelivery { .. } => {
                Ok(Money::zero(subtotal.currency))
            }
        }
    }

    /// What it takes off the price of delivering an order whose lines come to `subtotal`.
    pub(super) fn off_delivery(&self, delivery: Money, subtotal: Money) -> Money {
        match &self.effect {
            Effect::FreeDelivery { over } if reaches(subtotal, *over) => delivery,
            Effect::CollectionPercent { .. } | Effect::OrderPercent { .. } | Effect::FreeDelivery { .. } => {
                Money::zero(delivery.currency)
            }
        }
    }
}

fn part(amount: Money, percent: Decimal) -> Result<Money, MoneyError> {
    let percent = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    amount.at_rate(percent.checked_mul(Decimal::new(1, 2)).ok_or(MoneyError::Overflow)?)
}

fn reaches(subtotal: Money, over: Money) -> bool {
    subtotal.currency == over.currency && over.minor <= subtotal.minor
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::money::Currency;

    const TEA: Id<Collection> = Id::new(Uuid::from_u128(1));
    const DATES: Id<Collection> = Id::new(Uuid::from_u128(2));

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn with(effect: Effect) -> Promotion {
        Promotion { id: Id::new(Uuid::from_u128(7)), priority: 0, effect, starts_at: None, ends_at: None }
    }

    #[test]
    fn a_promotion_runs_from_its_start_until_just_before_its_end() {
        let at = Instant::from_millis;
        let always = with(Effect::FreeDelivery { over: sar(0) });
        let limited = Promotion { starts_at: Some(at(10)), ends_at: Some(at(20)), ..always.clone() };
        assert_eq!([9, 10, 19, 20].map(|millis| limited.runs_at(at(millis))), [false, true, true, false]);
        assert!(always.runs_at(at(i64::MIN)) && always.runs_at(at(i64::MAX)));
    }

    #[test]
    fn a_collection_discount_is_for_lines_of_the_collection() {
        let tenth = with(Effect::CollectionPercent { collection: TEA, percent: Decimal::TEN });
        assert_eq!(tenth.off_line(sar(1_005), &[DATES, TEA]), Ok(sar(101)));
        assert_eq!(tenth.off_line(sar(1_005), &[DATES]), Ok(sar(0)));
        assert_eq!(tenth.off_order(sar(1_005)), Ok(sar(0)));
        assert_eq!(tenth.off_delivery(sar(1_005), sar(1_005)), sar(0));
    }

    #[test]
    fn a_threshold_is_reached_exactly_and_in_its_own_currency() {
        let half = with(Effect::OrderPercent { percent: Decimal::new(50, 0), over: sar(100) });
        assert_eq!(half.off_order(sar(99)), Ok(sar(0)));
        assert_eq!(half.off_order(sar(100)), Ok(sar(50)));
        assert_eq!(half.off_order(Money::new(100, Currency::KWD)), Ok(Money::zero(Currency::KWD)));
        let free = with(Effect::FreeDelivery { over: sar(100) });
        assert_eq!(free.off_delivery(sar(30), sar(99)), sar(0));
        assert_eq!(free.off_delivery(sar(30), sar(100)), sar(30));
    }

    #[test]
    fn a_percentage_takes_no_more_than_all_and_no_less_than_nothing() {
        for (percent, off) in [(Decimal::MAX, 99), (Decimal::MIN, 0), (Decimal::ONE_HUNDRED, 99), (Decimal::ZERO, 0)] {
            let all = with(Effect::OrderPercent { percent, over: sar(0) });
            assert_eq!(all.off_order(sar(99)), Ok(sar(off)), "{percent}");
        }
    }
}
