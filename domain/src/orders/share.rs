//! What some units of a line cost.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use crate::money::{Money, MoneyError};

/// The share that `units` more units have of an amount that belongs to `quantity` units, of which the shares of `gone`
/// units were taken before. Whatever the steps, the shares of all units sum to the amount: what cannot be divided
/// goes to the first units. `None` if there are not so many units.
pub fn share(amount: Money, quantity: i64, gone: i64, units: i64) -> Result<Option<Money>, MoneyError> {
    let after = gone.checked_add(units).ok_or(MoneyError::Overflow)?;
    if gone < 0 || units < 0 || quantity < 1 || quantity < after {
        return Ok(None);
    }
    Ok(Some(first(amount, quantity, after)?.minus(first(amount, quantity, gone)?)?))
}

/// The share of the first `n` of `quantity` units.
fn first(amount: Money, quantity: i64, n: i64) -> Result<Money, MoneyError> {
    let whole = amount.minor.checked_div_euclid(quantity).and_then(|each| each.checked_mul(n));
    let odd = amount.minor.checked_rem_euclid(quantity).map(|left| left.min(n));
    let minor = whole.zip(odd).and_then(|(whole, odd)| whole.checked_add(odd)).ok_or(MoneyError::Overflow)?;
    Ok(Money::new(minor, amount.currency))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::Currency;

    fn sar(minor: i64) -> Money {
        Money::new(minor, Currency::SAR)
    }

    #[test]
    fn what_cannot_be_divided_goes_to_the_first_units() {
        assert_eq!([0, 1, 2].map(|gone| share(sar(1000), 3, gone, 1)), [334, 333, 333].map(|n| Ok(Some(sar(n)))));
        assert_eq!(share(sar(1000), 3, 0, 3), Ok(Some(sar(1000))));
        assert_eq!(share(sar(1000), 3, 2, 2), Ok(None));
        assert_eq!(share(sar(1000), 0, 0, 0), Ok(None));
    }

    proptest! {
        #[test]
        fn the_shares_of_all_units_sum_to_the_amount(
            amount in 0_i64..1_000_000_000, steps in prop::collection::vec(0_i64..50, 1..20),
        ) {
            let quantity: i64 = steps.iter().sum();
            prop_assume!(0 < quantity);
            let (mut gone, mut sum) = (0, 0);
            for units in steps {
                let part = share(sar(amount), quantity, gone, units).unwrap().unwrap();
                prop_assert!(0 <= part.minor);
                gone += units;
                sum += part.minor;
            }
            prop_assert_eq!(sum, amount);
        }
    }
}
