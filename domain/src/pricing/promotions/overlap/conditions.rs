//! Whether two conditions can hold of one cart.

use super::{
    super::{condition::Condition, formula::Known},
    selectors::{are_within, have_common},
};

/// Whether two never hold of one cart at one instant.
pub(in super::super) fn exclude(one: &Condition, other: &Condition) -> bool {
    Known { excludes: &plain_exclude, implies: &plain_implies }.exclude_each_other(one, other)
}

fn plain_exclude(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Payment(some), Condition::Payment(others)) => !have_common(some, others),
        (Condition::Countries(some), Condition::Countries(others)) => !have_common(some, others),
        (Condition::Organisations(some), Condition::Organisations(others)) => !have_common(some, others),
        (Condition::Hours(one), Condition::Hours(other)) => !one.meet(other),
        (Condition::FirstOrder, Condition::Orders { at_least })
        | (Condition::Orders { at_least }, Condition::FirstOrder) => 0 < *at_least,
        _ => one.is_never() || other.is_never(),
    }
}

/// Amounts are left out: what things come to falls from one promotion to the next, so that of one that is for 100.00 and of
/// one that is not, both can have their turn.
fn plain_implies(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Groups(some), Condition::Groups(others)) => are_within(some, others),
        (Condition::Organisations(some), Condition::Organisations(others)) => are_within(some, others),
        (Condition::Payment(some), Condition::Payment(others)) => are_within(some, others),
        (Condition::Countries(some), Condition::Countries(others)) => are_within(some, others),
        (Condition::Hours(one), Condition::Hours(other)) => one == other,
        (Condition::Quantity { of, at_least }, Condition::Quantity { of: same, at_least: fewer }) => {
            of == same && fewer <= at_least
        }
        (Condition::Orders { at_least }, Condition::Orders { at_least: fewer }) => fewer <= at_least,
        (Condition::Spent { at_least }, Condition::Spent { at_least: less }) => less <= at_least,
        (Condition::SignedIn | Condition::FirstOrder, Condition::SignedIn)
        | (Condition::FirstOrder, Condition::FirstOrder) => true,
        _ => one.is_never() || other.is_always(),
    }
}
