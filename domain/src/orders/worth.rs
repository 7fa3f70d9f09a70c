//! What units of an order are worth that fall away: cancelled, not taken, or returned.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::{share::share, ship::Units};
use crate::{
    id::{Id, OrderLine},
    money::{Currency, Money, MoneyError},
};

/// A line as far as its money goes.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Which.
    pub line: Id<OrderLine>,
    /// Units that were ordered.
    pub quantity: i64,
    /// What they cost.
    pub total: Money,
    /// Tax included in it.
    pub tax: Money,
    /// Units that fell away before, for whatever reason.
    pub gone: i64,
}

/// Units of a line that fall away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// How many.
    pub quantity: i64,
    /// Their share of the line's total.
    pub amount: Money,
    /// Their share of its tax.
    pub tax: Money,
}

/// What falls away together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worth {
    /// The units, line by line.
    pub parts: Vec<Part>,
    /// What they cost together.
    pub amount: Money,
    /// Tax included in it.
    pub tax: Money,
}

/// Why nothing can fall away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorthError {
    /// A line is not one of the order's, or has not so many units.
    #[error("an order has no such units")]
    NoSuchUnits,
    /// The amounts cannot be added.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What these units are worth, of lines of which some fell away before. Whatever the steps, and whatever the reasons, the
/// parts of a line of which all units fell away sum to its total and to its tax.
pub fn worth(currency: Currency, lines: &[Line], units: &[Units]) -> Result<Worth, WorthError> {
    let zero = Money::zero(currency);
    let mut all = Worth { parts: Vec::with_capacity(units.len()), amount: zero, tax: zero };
    for one in units {
        let line = lines.iter().find(|line| line.line == one.line).ok_or(WorthError::NoSuchUnits)?;
        let of = |amount| share(amount, line.quantity, line.gone, one.quantity);
        let (amount, tax) = of(line.total)?.zip(of(line.tax)?).ok_or(WorthError::NoSuchUnits)?;
        all.parts.push(Part { line: one.line, quantity: one.quantity, amount, tax });
        (all.amount, all.tax) = (all.amount.plus(amount)?, all.tax.plus(tax)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn line(quantity: i64, total: i64, gone: i64) -> Line {
        let sar = |minor| Money::new(minor, Currency::SAR);
        Line { line: Id::new(Uuid::from_u128(7)), quantity, total: sar(total), tax: sar(total.div_euclid(8)), gone }
    }

    #[test]
    fn of_units_that_are_not_there_nothing_is_known() {
        let units = |n: u128, quantity| [Units { line: Id::new(Uuid::from_u128(n)), quantity }];
        let found = |units: &[Units]| worth(Currency::SAR, &[line(3, 1000, 1)], units).map(|worth| worth.amount.minor);
        assert_eq!(found(&units(7, 2)), Ok(666));
        assert_eq!(found(&units(7, 3)), Err(WorthError::NoSuchUnits));
        assert_eq!(found(&units(8, 1)), Err(WorthError::NoSuchUnits));
        assert_eq!(found(&[]), Ok(0));
    }

    proptest! {
        #[test]
        fn in_whatever_steps_a_line_falls_away_its_money_does_to_the_minor_unit(
            total in 0_i64..1_000_000_000, steps in prop::collection::vec(1_i64..50, 1..20),
        ) {
            let quantity: i64 = steps.iter().sum();
            let (mut gone, mut amount, mut tax) = (0, 0, 0);
            for units in steps {
                let line = line(quantity, total, gone);
                let step = worth(Currency::SAR, &[line], &[Units { line: line.line, quantity: units }]).unwrap();
                prop_assert!(0 <= step.amount.minor && 0 <= step.tax.minor && step.tax.minor <= step.amount.minor);
                gone += units;
                amount += step.amount.minor;
                tax += step.tax.minor;
            }
            prop_assert_eq!((amount, tax), (total, total.div_euclid(8)));
        }
    }
}
