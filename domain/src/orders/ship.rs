//! Which of the units that are promised to an order leave together.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeMap;

use serde::Serialize;

use crate::id::{Id, Location, OrderLine, Reservation};

/// Units that are promised to a line at a place, and have not left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// What promises them.
    pub reservation: Id<Reservation>,
    /// To which line.
    pub line: Id<OrderLine>,
    /// Where.
    pub location: Id<Location>,
    /// Units, above zero.
    pub quantity: i64,
}

/// Units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Units {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// How many, above zero.
    pub quantity: i64,
}

/// What leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many units of each promise, in the order of the promises; none twice.
    pub parts: Vec<(Promise, i64)>,
    /// Whether nothing that is promised is left after it.
    pub is_rest: bool,
}

/// Why nothing leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Too few units of a line are promised there.
    #[error("of the line at {index} only {max} are left")]
    TooMany {
        /// Which of the wanted.
        index: usize,
        /// Units that could leave.
        max: i64,
    },
    /// Nothing is promised there.
    #[error("nothing is left")]
    Nothing,
}

/// Chooses the units that leave: of `wanted` so many of each line, none twice; all that is left if nothing is said.
/// From the place `from` only, if there is one. Units of one line are taken from its promises in their order.
pub fn plan(promises: &[Promise], wanted: Option<&[Units]>, from: Option<Id<Location>>) -> Result<Plan, PlanError> {
    let is_there = |promise: &&Promise| from.is_none_or(|place| promise.location == place);
    let mut left: BTreeMap<Id<OrderLine>, i64> = BTreeMap::new();
    for promise in promises.iter().filter(is_there) {
        let units = left.entry(promise.line).or_default();
        *units = units.saturating_add(promise.quantity);
    }
    let mut missing = match wanted {
        None => left,
        Some(wanted) => {
            for (index, units) in wanted.iter().enumerate() {
                let max = left.get(&units.line).copied().unwrap_or_default();
                if max < units.quantity {
                    return Err(PlanError::TooMany { index, max });
                }
            }
            wanted.iter().map(|units| (units.line, units.quantity)).collect()
        }
    };
    let mut parts = Vec::new();
    for promise in promises.iter().filter(is_there) {
        let Some(units) = missing.get_mut(&promise.line) else { continue };
        let part = promise.quantity.min(*units);
        if 0 < part {
            *units = units.saturating_sub(part);
            parts.push((*promise, part));
        }
    }
    if parts.is_empty() {
        return Err(PlanError::Nothing);
    }
    let all = |sum: i64, quantity: i64| sum.saturating_add(quantity);
    let all_units = promises.iter().map(|promise| promise.quantity).fold(0, all);
    let leaving = parts.iter().map(|(_, part)| *part).fold(0, all);
    Ok(Plan { parts, is_rest: all_units == leaving })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id<K>(n: u128) -> Id<K> {
        Id::new(Uuid::from_u128(n))
    }

    fn promises(rows: &[(u128, u128, i64)]) -> Vec<Promise> {
        let promise = |(n, (line, location, quantity)): (usize, &(u128, u128, i64))| Promise {
            reservation: id(u128::try_from(n).unwrap()),
            line: id(*line),
            location: id(*location),
            quantity: *quantity,
        };
        rows.iter().enumerate().map(promise).collect()
    }

    #[test]
    fn all_that_is_left_leaves_unless_something_is_said() {
        let promises = promises(&[(1, 1, 10), (1, 2, 2), (2, 2, 3)]);
        let all = plan(&promises, None, None).unwrap();
        assert!(all.is_rest);
        assert_eq!(all.parts.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [10, 2, 3]);
        let there = plan(&promises, None, Some(id(2))).unwrap();
        assert!(!there.is_rest);
        assert_eq!(there.parts.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(plan(&promises, None, Some(id(3))), Err(PlanError::Nothing));
        assert_eq!(plan(&[], None, None), Err(PlanError::Nothing));
    }

    #[test]
    fn a_promise_is_split_where_a_part_of_it_leaves() {
        let promises = promises(&[(1, 1, 10), (1, 2, 2)]);
        let some = |quantity, from| plan(&promises, Some(&[Units { line: id(1), quantity }]), from);
        let parts =
            |found: Result<Plan, PlanError>| found.unwrap().parts.into_iter().map(|(_, n)| n).collect::<Vec<_>>();
        assert_eq!(parts(some(4, None)), [4]);
        assert_eq!(parts(some(11, None)), [10, 1]);
        assert_eq!(parts(some(1, Some(id(2)))), [1]);
        assert_eq!(some(13, None), Err(PlanError::TooMany { index: 0, max: 12 }));
        assert_eq!(some(3, Some(id(2))), Err(PlanError::TooMany { index: 0, max: 2 }));
    }

    proptest! {
        #[test]
        fn what_leaves_was_promised_and_is_what_was_wanted(
            rows in prop::collection::vec((0_u128..4, 0_u128..3, 1_i64..9), 0..12),
            wanted in prop::collection::btree_map(0_u128..4, 1_i64..12, 0..4),
            from in prop::option::of(0_u128..3),
            is_all in any::<bool>(),
        ) {
            let promises = promises(&rows);
            let wanted: Vec<_> =
                wanted.into_iter().map(|(line, quantity)| Units { line: id(line), quantity }).collect();
            let Ok(plan) = plan(&promises, (!is_all).then_some(&wanted[..]), from.map(id)) else { return Ok(()) };
            let mut seen = std::collections::BTreeSet::new();
            for (promise, part) in &plan.parts {
                prop_assert!(1 <= *part && *part <= promise.quantity);
                prop_assert!(seen.insert(promise.reservation) && promises.contains(promise));
                prop_assert!(from.is_none_or(|from| promise.location == id(from)));
            }
            let of = |line: Id<OrderLine>| -> i64 {
                plan.parts.iter().filter(|(promise, _)| promise.line == line).map(|(_, part)| part).sum()
            };
            if !is_all {
                for units in &wanted {
                    prop_assert_eq!(of(units.line), units.quantity);
                }
            }
            let whole: i64 = promises.iter().map(|promise| promise.quantity).sum();
            let parts: i64 = plan.parts.iter().map(|(_, part)| part).sum();
            prop_assert_eq!(plan.is_rest, whole == parts);
        }
    }
}
