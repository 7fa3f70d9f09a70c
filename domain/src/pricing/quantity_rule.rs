//! How many pieces of a variant are bought together.

use serde::{Deserialize, Serialize};

use crate::{
    cart::quantity::Quantity,
    invalid::{Check, Invalid, Problem},
};

/// How many pieces of a variant are bought together: a multiple of the increment, and so are the minimum and the maximum,
/// which is not below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuantityRule {
    minimum: u32,
    maximum: Option<u32>,
    increment: u32,
}

/// Why so many pieces are not bought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "breach", rename_all = "snake_case")]
pub enum Breach {
    /// They are too few.
    BelowMinimum {
        /// The fewest.
        min: u32,
    },
    /// They are too many.
    AboveMaximum {
        /// The most.
        max: u32,
    },
    /// They are no multiple of this.
    NotAMultiple {
        /// Of this.
        increment: u32,
    },
}

impl QuantityRule {
    /// Any number, one at least.
    pub const ANY: Self = Self { minimum: 1, maximum: None, increment: 1 };

    /// Reads a rule; paths are those of the API. What is not said is 1 for the increment, the increment for the minimum, and
    /// no limit for the maximum.
    pub fn parse(minimum: Option<i64>, maximum: Option<i64>, increment: Option<i64>) -> Result<Self, Invalid> {
        let mut check = Check::default();
        let pieces = |n: i64| Quantity::parse(n).map(Quantity::get);
        let increment = check.field("increment", increment.map_or(Ok(1), pieces));
        let minimum = check.field("minimum", minimum.map(pieces).transpose());
        let maximum = check.field("maximum", maximum.map(pieces).transpose());
        let (Some(increment), Some(minimum), Some(maximum)) = (increment, minimum, maximum) else {
            return check.done(None);
        };
        let rule = Self { minimum: minimum.unwrap_or(increment), maximum, increment };
        let is_multiple = |n: u32| n.checked_rem(increment) == Some(0);
        if !is_multiple(rule.minimum) {
            check.wrong("minimum", Breach::NotAMultiple { increment }.into());
        }
        if let Some(maximum) = maximum {
            if !is_multiple(maximum) {
                check.wrong("maximum", Breach::NotAMultiple { increment }.into());
            } else if maximum < rule.minimum {
                check.wrong("maximum", Breach::BelowMinimum { min: rule.minimum }.into());
            }
        }
        check.done(Some(rule))
    }

    /// The fewest pieces.
    pub const fn minimum(self) -> u32 {
        self.minimum
    }

    /// The most pieces; `None`: as many as a line may have.
    pub const fn maximum(self) -> Option<u32> {
        self.maximum
    }

    /// Of which number of pieces it is a multiple.
    pub const fn increment(self) -> u32 {
        self.increment
    }

    /// Whether so many pieces are bought together.
    pub fn check(self, quantity: u32) -> Result<(), Breach> {
        let Self { minimum: min, maximum, increment } = self;
        if quantity < min {
            return Err(Breach::BelowMinimum { min });
        }
        if let Some(max) = maximum.filter(|max| *max < quantity) {
            return Err(Breach::AboveMaximum { max });
        }
        if quantity.checked_rem(increment) == Some(0) { Ok(()) } else { Err(Breach::NotAMultiple { increment }) }
    }
}

impl From<Breach> for Problem {
    fn from(breach: Breach) -> Self {
        match breach {
            Breach::BelowMinimum { min } => Self::QuantityBelowMinimum { min },
            Breach::AboveMaximum { max } => Self::QuantityAboveMaximum { max },
            Breach::NotAMultiple { increment } => Self::QuantityNotAMultiple { increment },
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(minimum: i64, maximum: i64, increment: i64) -> QuantityRule {
        QuantityRule::parse(Some(minimum), Some(maximum), Some(increment)).unwrap()
    }

    #[test]
    fn so_many_are_bought_as_the_rule_says() {
        let sixes = rule(12, 24, 6);
        assert_eq!(sixes.check(6), Err(Breach::BelowMinimum { min: 12 }));
        assert_eq!(sixes.check(12), Ok(()));
        assert_eq!(sixes.check(13), Err(Breach::NotAMultiple { increment: 6 }));
        assert_eq!(sixes.check(24), Ok(()));
        assert_eq!(sixes.check(30), Err(Breach::AboveMaximum { max: 24 }));
        let of_six = QuantityRule::parse(None, None, Some(6)).unwrap();
        assert_eq!((of_six.minimum(), of_six.maximum(), of_six.check(996)), (6, None, Ok(())));
    }

    #[test]
    fn a_rule_that_nothing_fits_is_none() {
        let wrong = |minimum, maximum, increment| {
            let wrong = QuantityRule::parse(minimum, maximum, increment).unwrap_err().wrong;
            wrong.into_iter().map(|wrong| (wrong.path.concat(), wrong.problem)).collect::<Vec<_>>()
        };
        let not = Problem::QuantityNotAMultiple { increment: 6 };
        assert_eq!(
            wrong(Some(7), Some(20), Some(6)),
            [("minimum".to_owned(), not.clone()), ("maximum".to_owned(), not)]
        );
        let below = Problem::QuantityBelowMinimum { min: 12 };
        assert_eq!(wrong(Some(12), Some(6), Some(6)), [("maximum".to_owned(), below)]);
        assert_eq!(wrong(Some(0), None, None), [("minimum".to_owned(), Problem::QuantityNotPositive)]);
    }

    proptest! {
        #[test]
        fn what_a_rule_allows_is_within_it(min in 1_i64..200, max in 1_i64..200, step in 1_i64..20, quantity in 1_u32..300) {
            let Ok(rule) = QuantityRule::parse(Some(min * step), Some(max * step), Some(step)) else { return Ok(()) };
            prop_assert!(rule.check(rule.minimum()).is_ok() && rule.maximum().is_none_or(|max| rule.check(max).is_ok()));
            let fits = i64::from(quantity) % step == 0 && (min * step..=max * step).contains(&i64::from(quantity));
            prop_assert_eq!(rule.check(quantity).is_ok(), fits);
        }
    }
}
