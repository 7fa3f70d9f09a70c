//! How many units of stock somebody may name at once.

use crate::invalid::Problem;

/// The most units of one line.
pub const UNITS_MAX: u32 = 1_000_000;

/// A number of units: 1 to [`UNITS_MAX`].
pub fn some(n: i64) -> Result<i64, Problem> {
    if n < 1 { Err(Problem::QuantityNotPositive) } else { bounded(n) }
}

/// A number of units or none: 0 to [`UNITS_MAX`].
pub fn any(n: i64) -> Result<i64, Problem> {
    if n < 0 { Err(Problem::QuantityNegative) } else { bounded(n) }
}

/// So many units more or fewer: 1 to [`UNITS_MAX`] either way.
pub fn change(n: i64) -> Result<i64, Problem> {
    some(n.saturating_abs()).map(|_| n)
}

fn bounded(n: i64) -> Result<i64, Problem> {
    if n <= i64::from(UNITS_MAX) { Ok(n) } else { Err(Problem::QuantityTooLarge { max: UNITS_MAX }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_bounded_on_both_sides() {
        let too_large = Problem::QuantityTooLarge { max: UNITS_MAX };
        assert_eq!((some(1), some(1_000_000)), (Ok(1), Ok(1_000_000)));
        assert_eq!((some(0), some(1_000_001)), (Err(Problem::QuantityNotPositive), Err(too_large.clone())));
        assert_eq!((any(0), any(-1)), (Ok(0), Err(Problem::QuantityNegative)));
        assert_eq!(any(i64::MAX), Err(too_large.clone()));
        assert_eq!((change(-1), change(1_000_000)), (Ok(-1), Ok(1_000_000)));
        assert_eq!((change(0), change(i64::MIN)), (Err(Problem::QuantityNotPositive), Err(too_large)));
    }
}
