//! Prices that are raised or lowered together: by percent or by an amount, and rounded as those of lists that follow are.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use serde::{Deserialize, Serialize};

use super::{
    derive::{Adjustment, CompareAt, Rounding, adjusted},
    tiers::Tiers,
};
use crate::money::{Money, MoneyError};

/// How prices change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How much more or less each is.
    pub by: By,
    /// To what it rounds; `None`: half up to the minor unit.
    pub rounding: Option<Rounding>,
    /// What is shown as the former price, where the price before stands for the parent's.
    pub compare_at: CompareAt,
}

/// How much more or less something costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// So many percent.
    Percent(Adjustment),
    /// This amount, of a piece.
    Amount(Money),
}

/// Why a price cannot change so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ChangeError {
    /// It, or that of a tier, would be less than nothing.
    #[error("the price would be negative")]
    Negative,
    /// It would be more than [`Money::MOST`].
    #[error("the price would be too high")]
    TooHigh,
    /// That of a tier would not be lower than that of the tier before.
    #[error("the price of a tier would not be lower")]
    TierNotLower,
    /// It, or that of a tier, would be below the lowest that a piece is sold at.
    #[error("the price would be below its floor")]
    BelowFloor {
        /// The lowest.
        floor: Money,
    },
}

impl From<MoneyError> for ChangeError {
    fn from(error: MoneyError) -> Self {
        match error {
            // The amount is of the currency of the list.
            MoneyError::Overflow | MoneyError::MixedCurrencies => Self::TooHigh,
        }
    }
}

impl Change {
    /// What a price becomes, with its tiers, and the former price that is shown beside it. Each tier changes as the price
    /// of one piece does.
    pub fn of(self, tiers: &Tiers, former: Option<Money>) -> Result<(Tiers, Option<Money>), ChangeError> {
        let one = self.amount(tiers.one())?;
        let mut more = Vec::with_capacity(tiers.more().len());
        for (from, amount) in tiers.more() {
            more.push((*from, self.amount(*amount)?));
        }
        let former = match self.compare_at {
            CompareAt::Adjusted => former.map(|former| self.amount(former)).transpose()?,
            CompareAt::Parent => Some(tiers.one()),
            CompareAt::None => None,
        };
        // The numbers of pieces are as they were.
        let changed = Tiers::new(one, more).map_err(|_order| ChangeError::TierNotLower)?;
        Ok((changed, former.filter(|former| one.minor < former.minor)))
    }

    fn amount(self, was: Money) -> Result<Money, ChangeError> {
        let amount = match self.by {
            By::Percent(percent) => adjusted(was, percent, self.rounding),
            By::Amount(more) => {
                let exact = was.plus(more)?;
                if exact.minor < 0 {
                    return Err(ChangeError::Negative);
                }
                adjusted(exact, Adjustment::default(), self.rounding)
            }
        };
        Ok(amount?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{money::Currency, pricing::derive::Toward};

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn percent(text: &str) -> Change {
        let by = By::Percent(Adjustment::parse_percent(text).unwrap());
        Change { by, rounding: None, compare_at: CompareAt::default() }
    }

    fn amount(minor: i64) -> Change {
        Change { by: By::Amount(sar(minor)), ..percent("0") }
    }

    fn flat(change: Change, minor: i64) -> Result<i64, ChangeError> {
        change.of(&Tiers::flat(sar(minor)), None).map(|(tiers, _)| tiers.one().minor)
    }

    #[test]
    fn prices_rise_and_fall_by_percent_or_by_an_amount_and_are_rounded_once() {
        assert_eq!([flat(percent("5"), 1_150), flat(percent("-12.5"), 1_150)], [Ok(1_208), Ok(1_006)]);
        assert_eq!([flat(amount(50), 1_150), flat(amount(-1_150), 1_150)], [Ok(1_200), Ok(0)]);
        let goals = Rounding::parse(Toward::Up, "1", "0.95", Currency::SAR);
        assert_eq!(flat(Change { rounding: goals, ..percent("5") }, 1_150), Ok(1_295));
        assert_eq!(flat(Change { rounding: goals, ..amount(-60) }, 1_150), Ok(1_095));
    }

    #[test]
    fn what_cannot_be_is_told() {
        assert_eq!(flat(amount(-1_151), 1_150), Err(ChangeError::Negative));
        for most in [Money::MOST, i64::MAX] {
            assert_eq!([flat(amount(1), most), flat(percent("1"), most)], [Err(ChangeError::TooHigh); 2]);
        }
        let tiers = Tiers::new(sar(1_000), vec![(10, sar(960))]).unwrap();
        let goals = Rounding::parse(Toward::Nearest, "1", "0", Currency::SAR);
        let change = Change { rounding: goals, ..percent("1") };
        assert_eq!(change.of(&tiers, None), Err(ChangeError::TierNotLower));
        assert_eq!(amount(-961).of(&tiers, None), Err(ChangeError::Negative), "the lowest tier counts");
    }

    #[test]
    fn the_former_price_changes_too_or_is_the_price_before_or_falls_away() {
        let of = |compare_at, change: Change| {
            let (_, former) = Change { compare_at, ..change }.of(&Tiers::flat(sar(1_000)), Some(sar(1_200))).unwrap();
            former.map(|former| former.minor)
        };
        let all = [CompareAt::Adjusted, CompareAt::Parent, CompareAt::None];
        assert_eq!(all.map(|what| of(what, percent("-10"))), [Some(1_080), Some(1_000), None]);
        assert_eq!(all.map(|what| of(what, percent("10"))), [Some(1_320), None, None], "only if it is higher");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_can_be_keeps_the_order_of_tiers_and_is_never_negative(
            one in 0_i64..1_000_000, below in prop::collection::vec(1_i64..5_000, 0..4), bps in -10_000_i32..30_000,
            more in -200_000_i64..200_000, by_percent in any::<bool>(),
        ) {
            let mut last = one;
            let lower = below.iter().map(|below| { last -= below; last }).take_while(|minor| 0 <= *minor);
            let tiers: Vec<_> = (2..).zip(lower.map(sar)).collect();
            let tiers = Tiers::new(sar(one), tiers).unwrap();
            let by = if by_percent { By::Percent(Adjustment::from_bps(bps).unwrap()) } else { By::Amount(sar(more)) };
            let change = Change { by, ..percent("0") };
            if let Ok((changed, former)) = change.of(&tiers, Some(sar(one + 1))) {
                let amounts: Vec<_> = [changed.one()].into_iter().chain(changed.more().iter().map(|tier| tier.1)).collect();
                prop_assert!(amounts.iter().all(|amount| 0 <= amount.minor));
                prop_assert!(amounts.is_sorted_by(|higher, lower| lower.minor < higher.minor));
                prop_assert!(former.is_none_or(|former| changed.one().minor < former.minor));
                prop_assert_eq!(changed.more().len(), tiers.more().len());
            } else if !by_percent {
                let lowest = tiers.more().last().map_or(tiers.one(), |tier| tier.1);
                prop_assert!(lowest.minor + more < 0);
            }
        }
    }
}
