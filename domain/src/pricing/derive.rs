//! How a list's prices follow from those of another: so many percent more or less, rounded to such as .95.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use serde::{Deserialize, Serialize};

use crate::{
    id::{self, Id},
    money::{Currency, Money, MoneyError},
};

/// How a list's prices follow from those of its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The list whose prices it takes where it has none of its own; of the same currency.
    pub parent: Id<id::PriceList>,
    /// How much more or less it takes.
    pub adjustment: Adjustment,
    /// To what it rounds; `None`: half up to the minor unit.
    pub rounding: Option<Rounding>,
    /// What becomes of the parent's former price.
    pub compare_at: CompareAt,
}

/// Percent more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment(i32);

/// What a list that follows another shows as the former price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CompareAt {
    /// The parent's former price, adjusted and rounded as the price is.
    #[default]
    Adjusted,
    /// The parent's price, if it is higher.
    Parent,
    /// None.
    None,
}

/// Which way an amount that is no goal goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Toward {
    /// To the nearest goal, the higher of two that are as near.
    Nearest,
    /// To the next higher one.
    Up,
    /// To the next lower one.
    Down,
}

/// To what prices are rounded: to `ending`, `ending + step`, `ending + 2 × step` and so on, in minor units: 95 and 100 of
/// SAR are 0.95, 1.95, 2.95. What is lower than the first of them becomes it, but what is for nothing stays so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    toward: Toward,
    step: i64,
    ending: i64,
}

impl Adjustment {
    /// So many hundredths of a percent: −1,200 is 12 % less. Not less than −10,000, nothing is left; not more than
    /// 100,000, eleven times as much.
    pub fn from_bps(bps: i32) -> Option<Self> {
        (-10_000..=100_000).contains(&bps).then_some(Self(bps))
    }

    /// So many percent, such as `-12` or `7.5`, with two fraction digits at most; `None` if it is not such a number.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let percent = Decimal::from_str_exact(text.trim()).ok()?.normalize();
        let bps = percent.checked_mul(Decimal::ONE_HUNDRED).filter(|_| percent.scale() <= 2)?;
        bps.to_i32().and_then(Self::from_bps)
    }

    /// Hundredths of a percent.
    pub const fn bps(self) -> i32 {
        self.0
    }

    /// Percent.
    pub fn percent(self) -> Decimal {
        Decimal::new(i64::from(self.0), 2)
    }

    /// The amount, so much higher or lower: exact, in minor units.
    fn of(self, amount: Money) -> Result<Decimal, MoneyError> {
        let parts = i64::from(self.0).checked_add(10_000).ok_or(MoneyError::Overflow)?;
        Decimal::from(amount.minor).checked_mul(Decimal::new(parts, 4)).ok_or(MoneyError::Overflow)
    }
}

impl Rounding {
    /// Rounds to every `step` minor units from `ending` on. The step is at least one; the ending is not negative and less
    /// than the step.
    pub fn new(toward: Toward, step: i64, ending: i64) -> Option<Self> {
        (1 <= step && (0..step).contains(&ending)).then_some(Self { toward, step, ending })
    }

    /// Which way.
    pub const fn toward(self) -> Toward {
        self.toward
    }

    /// Minor units from one goal to the next.
    pub const fn step(self) -> i64 {
        self.step
    }

    /// The first goal, minor units.
    pub const fn ending(self) -> i64 {
        self.ending
    }

    /// The goal of minor units.
    fn of(self, minor: Decimal) -> Result<i64, MoneyError> {
        let steps = minor.checked_sub(self.ending.into()).and_then(|above| above.checked_div(self.step.into()));
        let steps = steps.ok_or(MoneyError::Overflow)?.max(Decimal::ZERO);
        let whole = match self.toward {
            Toward::Nearest => steps.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero),
            Toward::Up => steps.ceil(),
            Toward::Down => steps.floor(),
        };
        let minor = whole.to_i64().and_then(|steps| steps.checked_mul(self.step)?.checked_add(self.ending));
        minor.ok_or(MoneyError::Overflow)
    }
}

impl Derivation {
    /// What a price of the parent becomes: adjusted, rounded half up to the minor unit, and to a goal, if it has such.
    pub fn of(self, amount: Money) -> Result<Money, MoneyError> {
        derived(amount, self.adjustment, self.rounding)
    }

    /// What stands beside it as the former price: only if it is higher.
    pub(super) fn compare_at(self, parent: Money, former: Option<Money>) -> Result<Option<Money>, MoneyError> {
        let former = match self.compare_at {
            CompareAt::Adjusted => former.map(|former| self.of(former)).transpose()?,
            CompareAt::Parent => Some(parent),
            CompareAt::None => None,
        };
        let now = self.of(parent)?;
        Ok(former.filter(|former| now.minor < former.minor))
    }
}

/// An amount that is adjusted and rounded half up to the minor unit, as it would be read, and that then to a goal, if there are
/// such; what is above nothing does not become nothing by it, whatever it is rounded to before. What comes to more than [`Money::MOST`] comes to that: a price that follows from another is nobody's mistake at the time when it is read.
pub fn derived(amount: Money, adjustment: Adjustment, rounding: Option<Rounding>) -> Result<Money, MoneyError> {
    match adjusted(amount, adjustment, rounding) {
        Err(MoneyError::Overflow) => Ok(Money { minor: Money::MOST, ..amount }),
        other => other,
    }
}

/// The same; refuses what comes to more than [`Money::MOST`].
pub(super) fn adjusted(amount: Money, adjustment: Adjustment, rounding: Option<Rounding>) -> Result<Money, MoneyError> {
    let exact = adjustment.of(amount)?;
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let minor = match rounding.filter(|_| !exact.is_zero()) {
        Some(rounding) => rounding.of(whole)?,
        None => whole.to_i64().ok_or(MoneyError::Overflow)?,
    };
    if Money::MOST < minor { Err(MoneyError::Overflow) } else { Ok(Money { minor, ..amount }) }
}

impl Rounding {
    /// Rounds to amounts that end in such a part of a major unit, `0.95` or `.950`, or are its multiples: `parse(…,
    /// "1", "0.95", SAR)`. `None` if one is not an amount of the currency that can be said, or both do not fit together.
    pub fn parse(toward: Toward, step: &str, ending: &str, currency: Currency) -> Option<Self> {
        let minor = |text| Money::said(text, currency).ok().map(|amount| amount.minor);
        Self::new(toward, minor(step)?, minor(ending)?)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    fn percent(text: &str) -> Adjustment {
        Adjustment::parse_percent(text).unwrap()
    }

    #[test]
    fn percent_are_read_to_the_hundredth() {
        let bps = |text| Adjustment::parse_percent(text).map(Adjustment::bps);
        assert_eq!(
            ["-12", "7.5", "0", "-100", "1000", "-0.01"].map(bps),
            [-1200, 750, 0, -10_000, 100_000, -1].map(Some)
        );
        assert_eq!(["", "-100.01", "1000.01", "0.005", "12%"].map(bps), [None; 5]);
        assert_eq!(percent("-12.5").percent().to_string(), "-12.50");
    }

    #[test]
    fn an_adjusted_price_is_rounded_to_the_minor_unit_and_to_its_goal() {
        let round = |toward| Rounding::parse(toward, "1", "0.95", Currency::SAR);
        // 99.23 × 0.88 = 87.3224.
        let of = |rounding| derived(sar(9_923), percent("-12"), rounding).unwrap().minor;
        assert_eq!(of(None), 8_732);
        assert_eq!([Toward::Nearest, Toward::Up, Toward::Down].map(round).map(of), [8_695, 8_795, 8_695]);
        // Half way from 86.95 to 87.95 is 87.45.
        let at = |minor| derived(sar(minor), percent("0"), round(Toward::Nearest)).unwrap().minor;
        assert_eq!([8_744, 8_745, 8_795, 40, 0].map(at), [8_695, 8_795, 8_795, 95, 0]);
        let down = |minor| derived(sar(minor), percent("0"), round(Toward::Down)).unwrap().minor;
        assert_eq!([94, 95, 194, 195].map(down), [95, 95, 95, 195]);
        // 4.49 × 0.88 = 3.9512 and 10.17 × 0.88 = 8.9496 read 3.95 and 8.95, which are goals.
        let less = |minor, toward| derived(sar(minor), percent("-12"), round(toward)).unwrap().minor;
        assert_eq!([less(449, Toward::Up), less(1_017, Toward::Down)], [395, 895]);
        assert_eq!(
            [derived(sar(1), percent("-99"), round(Toward::Up)), derived(sar(1), percent("-100"), round(Toward::Up))],
            [Ok(sar(95)), Ok(sar(0))]
        );
    }

    #[test]
    fn goals_are_in_the_minor_units_of_their_currency() {
        let of = |step, ending| Rounding::parse(Toward::Up, step, ending, Currency::KWD);
        assert_eq!(of("0.250", "0").map(|of| (of.step(), of.ending())), Some((250, 0)));
        assert_eq!([of("1", "0.9505"), of("1", "1"), of("0", "0"), of("1", "-0.1")], [None; 4]);
    }

    #[test]
    fn the_former_price_is_shown_only_if_it_is_higher() {
        let of = |compare_at, by: &str| {
            let parent = Id::new(Uuid::from_u128(1));
            let derivation = Derivation { parent, adjustment: percent(by), rounding: None, compare_at };
            derivation.compare_at(sar(1_000), Some(sar(1_200))).unwrap().map(|former| former.minor)
        };
        assert_eq!(
            [of(CompareAt::Adjusted, "-10"), of(CompareAt::Parent, "-10"), of(CompareAt::None, "-10")],
            [Some(1_080), Some(1_000), None]
        );
        assert_eq!([of(CompareAt::Parent, "0"), of(CompareAt::Parent, "10")], [None, None]);
    }

    #[test]
    fn what_comes_to_too_much_is_the_most_that_can_be_said() {
        let up = Rounding::new(Toward::Up, 100, 95);
        for minor in [Money::MOST, i64::MAX] {
            for (by, rounding) in [("1000", None), ("0.01", None), ("0", up)] {
                assert_eq!(derived(sar(minor), percent(by), rounding), Ok(sar(Money::MOST)), "{minor} {by}");
                assert_eq!(adjusted(sar(minor), percent(by), rounding), Err(MoneyError::Overflow), "{minor} {by}");
            }
        }
        let steep = Rounding::new(Toward::Up, i64::MAX, 1);
        assert_eq!(derived(sar(5), percent("0"), steep), Ok(sar(Money::MOST)));
        assert_eq!(Rounding::parse(Toward::Up, "10000000000.01", "0", Currency::SAR), None);
    }

    fn any_rounding() -> impl Strategy<Value = Rounding> {
        let toward = prop_oneof![Just(Toward::Nearest), Just(Toward::Up), Just(Toward::Down)];
        (toward, 1_i64..1_000, 0_i64..1_000)
            .prop_map(|(toward, step, ending)| Rounding::new(toward, step, ending % step).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn a_goal_is_reached_and_near(minor in 1_i64..10_000_000, bps in -9_999_i32..=100_000, rounding in any_rounding()) {
            let adjustment = Adjustment::from_bps(bps).unwrap();
            let read = Decimal::from(derived(sar(minor), adjustment, None).unwrap().minor);
            let goal = derived(sar(minor), adjustment, Some(rounding)).unwrap().minor;
            prop_assert_eq!((goal - rounding.ending()) % rounding.step(), 0);
            prop_assert!(rounding.ending() <= goal);
            let off = Decimal::from(goal) - read;
            let step = Decimal::from(rounding.step());
            match rounding.toward() {
                _ if goal == rounding.ending() => {}
                Toward::Nearest => prop_assert!(-step / Decimal::TWO < off && off <= step / Decimal::TWO),
                Toward::Up => prop_assert!(Decimal::ZERO <= off && off < step),
                Toward::Down => prop_assert!(-step < off && off <= Decimal::ZERO),
            }
        }

        #[test]
        fn a_higher_price_does_not_become_the_lower(low in 0_i64..1_000_000, more in 0_i64..1_000_000, bps in -10_000_i32..=100_000, rounding in prop::option::of(any_rounding())) {
            let adjustment = Adjustment::from_bps(bps).unwrap();
            let of = |minor| derived(sar(minor), adjustment, rounding).unwrap().minor;
            prop_assert!(0 <= of(low) && of(low) <= of(low + more));
        }
    }
}
