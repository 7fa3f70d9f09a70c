//! What leaves for goods that came back.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeSet;

use super::{
    edit::{Added, STEPS_MAX},
    ship::Units,
};
use crate::{
    cart::quantity::Quantity,
    id::{Id, Variant},
    invalid::{Check, Invalid, Problem},
};

/// Units of a variant that are wanted for what came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What.
    pub variant: Id<Variant>,
    /// How many.
    pub quantity: i64,
}

/// What leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Units of lines that came back and of whose variant as many leave again: they cost what those cost.
    pub alike: Vec<Units>,
    /// What else leaves: it costs what it costs now.
    pub others: Vec<Added>,
}

/// Checks what is wanted by itself: at least one variant, none twice, each quantity one of a line.
pub fn check(wanted: &[Wanted]) -> Result<(), Invalid> {
    if wanted.is_empty() {
        return Err(Invalid::here(Problem::Required));
    }
    if STEPS_MAX < wanted.len() {
        return Err(Invalid::here(Problem::TooLong { max: STEPS_MAX }));
    }
    let (mut check, mut seen) = (Check::default(), BTreeSet::new());
    for (index, one) in wanted.iter().enumerate() {
        let at = |field: &str, problem| Err::<(), _>(Invalid::at(field, problem).under(&index.to_string()));
        if !seen.insert(one.variant) {
            check.here(at("variant", Problem::Duplicate));
        }
        if let Err(problem) = Quantity::parse(one.quantity) {
            check.here(at("quantity", problem));
        }
    }
    check.done(Some(()))
}

/// What leaves for units that came back, each with its variant. Like leaves for like, as far as it came.
pub fn plan(came: &[(Units, Id<Variant>)], wanted: &[Wanted]) -> Result<Plan, Invalid> {
    check(wanted).map_err(|invalid| invalid.under("lines"))?;
    let mut plan = Plan::default();
    for (step, one) in wanted.iter().enumerate() {
        let mut left = one.quantity;
        for (units, _) in came.iter().filter(|(_, variant)| *variant == one.variant) {
            let quantity = units.quantity.min(left);
            if 0 < quantity {
                plan.alike.push(Units { line: units.line, quantity });
                left = left.saturating_sub(quantity);
            }
        }
        if 0 < left {
            let quantity = Quantity::parse(left).map_err(|problem| Invalid::at("lines", problem))?;
            plan.others.push(Added { step, variant: one.variant, quantity });
        }
    }
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::OrderLine;

    fn line(n: u128) -> Id<OrderLine> {
        Id::new(Uuid::from_u128(n))
    }

    fn variant(n: u128) -> Id<Variant> {
        Id::new(Uuid::from_u128(n))
    }

    #[test]
    fn like_leaves_for_like_as_far_as_it_came() {
        let came = |n, quantity, of| (Units { line: line(n), quantity }, variant(of));
        let came = [came(1, 2, 7), came(2, 1, 7), came(3, 4, 8)];
        let wanted = [Wanted { variant: variant(7), quantity: 5 }, Wanted { variant: variant(9), quantity: 1 }];
        let plan = plan(&came, &wanted).unwrap();
        assert_eq!(plan.alike, [Units { line: line(1), quantity: 2 }, Units { line: line(2), quantity: 1 }]);
        let of = |step, n, quantity| Added { step, variant: variant(n), quantity: Quantity::parse(quantity).unwrap() };
        assert_eq!(plan.others, [of(0, 7, 2), of(1, 9, 1)]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |wanted: &[Wanted]| {
            let wrong = plan(&[], wanted).unwrap_err().wrong;
            wrong.into_iter().map(|wrong| wrong.path.join(".")).collect::<Vec<_>>()
        };
        assert_eq!(wrong(&[]), ["lines"]);
        let of = |quantity| Wanted { variant: variant(7), quantity };
        assert_eq!(wrong(&[of(1), of(0)]), ["lines.1.variant", "lines.1.quantity"]);
    }
}
