//! The units of a company: a tree, whose root is the company itself.

use std::collections::HashMap;

use crate::id::{Id, OrganisationUnit};

/// The most units above a unit: prices look at each of them.
pub const ANCESTORS_MAX: usize = 7;

/// The most units of a company.
pub const UNITS_MAX: usize = 1_000;

/// Which unit is below which.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    parents: HashMap<Id<OrganisationUnit>, Option<Id<OrganisationUnit>>>,
}

/// Why a unit cannot stand below another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StandError {
    /// The unit would be below itself.
    #[error("the unit would be below itself")]
    Loop,
    /// The unit, or one below it, would have more than [`ANCESTORS_MAX`] units above it.
    #[error("too many units above")]
    TooDeep,
}

impl Tree {
    /// A tree of units, each with the one above it; none: it is right below the company.
    pub fn of(units: impl IntoIterator<Item = (Id<OrganisationUnit>, Option<Id<OrganisationUnit>>)>) -> Self {
        Self { parents: units.into_iter().collect() }
    }

    /// Whether a unit, with all below it, may stand below another; a new one has nothing below it.
    pub fn stand(&self, unit: Id<OrganisationUnit>, under: Id<OrganisationUnit>) -> Result<(), StandError> {
        let above = self.up(under);
        if above.contains(&unit) {
            return Err(StandError::Loop);
        }
        let below = self.parents.keys().filter_map(|one| self.up(*one).iter().position(|up| *up == unit)).max();
        let deepest = above.len().saturating_add(below.unwrap_or_default());
        if ANCESTORS_MAX < deepest { Err(StandError::TooDeep) } else { Ok(()) }
    }

    /// Whether something is right below a unit.
    pub fn has_below(&self, unit: Id<OrganisationUnit>) -> bool {
        self.parents.values().any(|parent| *parent == Some(unit))
    }

    /// A unit and those above it, the nearest first: one more than may be at most, should there ever be a circle.
    fn up(&self, unit: Id<OrganisationUnit>) -> Vec<Id<OrganisationUnit>> {
        let mut up = Vec::new();
        let mut next = Some(unit);
        while let Some(one) = next.filter(|_| up.len() <= ANCESTORS_MAX.saturating_add(1)) {
            up.push(one);
            next = self.parents.get(&one).copied().flatten();
        }
        up
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn unit(n: usize) -> Id<OrganisationUnit> {
        Id::new(Uuid::from_u128(n.try_into().unwrap()))
    }

    /// Each below the next; the last below the company.
    fn line(n: usize) -> Tree {
        Tree::of((0..n).map(|one| (unit(one), (one + 1 < n).then(|| unit(one + 1)))))
    }

    #[test]
    fn a_unit_stands_neither_below_itself_nor_below_what_is_below_it() {
        for below in 0..=5 {
            assert_eq!(line(6).stand(unit(5), unit(below)), Err(StandError::Loop), "{below}");
        }
        assert_eq!(line(6).stand(unit(0), unit(5)), Ok(()), "a shorter way up");
        assert!(line(6).has_below(unit(1)) && !line(6).has_below(unit(0)));
    }

    #[test]
    fn a_line_is_as_long_wherever_it_is_made_longer() {
        assert_eq!(line(7).stand(unit(90), unit(0)), Ok(()), "seven above");
        assert_eq!(line(8).stand(unit(90), unit(0)), Err(StandError::TooDeep), "eight above");
        assert_eq!(line(8).stand(unit(90), unit(1)), Ok(()));
        let with_roots = |n| Tree::of(line(n).parents.into_iter().chain([(unit(90), None)]));
        assert_eq!(with_roots(7).stand(unit(6), unit(90)), Ok(()), "seven above the lowest");
        assert_eq!(with_roots(8).stand(unit(7), unit(90)), Err(StandError::TooDeep));
    }

    proptest! {
        #[test]
        fn what_may_stand_leaves_no_circle_and_no_unit_too_deep(
            tried in prop::collection::vec((0_usize..12, 0_usize..12), 0..40),
        ) {
            let mut tree = Tree::of((0..12).map(|n| (unit(n), None)));
            for (one, other) in tried {
                let mut next = tree.clone();
                next.parents.insert(unit(one), Some(unit(other)));
                let ups: Vec<_> = (0..12).map(|n| next.up(unit(n))).collect();
                let is_circle = ups.iter().any(|up| (1..up.len()).any(|place| up[..place].contains(&up[place])));
                let is_deep = ups.iter().any(|up| ANCESTORS_MAX + 1 < up.len());
                let said = tree.stand(unit(one), unit(other));
                prop_assert_eq!(said.is_err(), is_circle || is_deep, "{} below {}", one, other);
                if said.is_ok() {
                    tree = next;
                } else {
                    prop_assert_eq!(said == Err(StandError::Loop), is_circle);
                }
            }
        }
    }
}
