//! How many of a variant.

use crate::invalid::Problem;

/// A number of pieces: 1 to [`Quantity::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quantity(u32);

impl Quantity {
    /// The most pieces on one line.
    pub const MAX: u32 = 999;

    /// Accepts 1 to [`Quantity::MAX`].
    pub fn parse(n: i64) -> Result<Self, Problem> {
        if n < 1 {
            return Err(Problem::QuantityNotPositive);
        }
        u32::try_from(n).ok().filter(|n| *n <= Self::MAX).map(Self).ok_or(Problem::QuantityTooLarge { max: Self::MAX })
    }

    /// The number of pieces.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Both together; refuses more than [`Quantity::MAX`].
    pub fn plus(self, other: Self) -> Result<Self, Problem> {
        Self::parse(i64::from(self.0).saturating_add(i64::from(other.0)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TOO_LARGE: Problem = Problem::QuantityTooLarge { max: 999 };

    #[test]
    fn a_quantity_is_one_to_999() {
        for (n, refusal) in [(0, Problem::QuantityNotPositive), (i64::MIN, Problem::QuantityNotPositive)] {
            assert_eq!(Quantity::parse(n), Err(refusal));
        }
        for n in [1000, i64::from(u32::MAX) + 2, i64::MAX] {
            assert_eq!(Quantity::parse(n), Err(TOO_LARGE));
        }
        assert_eq!(Quantity::parse(1).map(Quantity::get), Ok(1));
        assert_eq!(Quantity::parse(999).map(Quantity::get), Ok(999));
    }

    proptest! {
        #[test]
        fn a_sum_is_exact_or_refused(a in 1_i64..=999, b in 1_i64..=999) {
            let sum = Quantity::parse(a).unwrap().plus(Quantity::parse(b).unwrap());
            prop_assert_eq!(sum.is_ok(), a + b <= 999);
            prop_assert_eq!(sum, Quantity::parse(a + b));
        }
    }
}
