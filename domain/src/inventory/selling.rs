//! What can be promised beyond the shelf.
//!
//! A variant is sold beyond its stock up to a limit, if its policy allows it, and up to what suppliers are to deliver
//! before the promise date of the channel. Whoever is promised such units waits for them, and is served before anybody
//! else is sold what comes.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::promise::promise;
use crate::date::Date;

/// Whether a variant is sold although there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is not.
    Deny,
    /// It is: more of it will come.
    Backorder,
    /// It is: it will come for the first time.
    Preorder,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 3] = [Self::Deny, Self::Backorder, Self::Preorder];

    /// The name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deny => "DENY",
            Self::Backorder => "BACKORDER",
            Self::Preorder => "PREORDER",
        }
    }

    /// The policy of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.code() == code)
    }
}

/// How a variant is sold beyond its stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selling {
    /// Whether it is.
    pub policy: Policy,
    /// Units that may be promised at most, besides those that suppliers are to deliver.
    pub limit: i64,
    /// Units that are promised already, in whichever channel.
    pub promised: i64,
    /// The day that buyers are told.
    pub expected_on: Option<Date>,
}

/// A variant of which nobody said anything is not sold beyond its stock.
impl Default for Selling {
    fn default() -> Self {
        Self { policy: Policy::Deny, limit: 0, promised: 0, expected_on: None }
    }
}

/// Units that are to come on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Units that did not come yet.
    pub quantity: i64,
    /// The day.
    pub on: Date,
}

impl Selling {
    /// Units that may wait at once if these are due: who waits already counts.
    pub fn bound(self, due: &[Due]) -> i64 {
        let limit = if self.policy == Policy::Deny { 0 } else { self.limit };
        due.iter().fold(limit, |sum, due| sum.saturating_add(due.quantity.max(0)))
    }

    /// Units that somebody can still be promised beyond the shelf; not below zero.
    pub fn beyond(self, due: &[Due]) -> i64 {
        self.bound(due).saturating_sub(self.promised).max(0)
    }

    /// Units of what is due that nobody waits for; not below zero.
    pub fn unclaimed(self, due: &[Due]) -> i64 {
        let due = due.iter().fold(0_i64, |sum, due| sum.saturating_add(due.quantity.max(0)));
        due.saturating_sub(self.promised).max(0)
    }

    /// The day that whoever is promised units now is told: what staff said, else the day on which so much came that
    /// those who wait already are served and something is left.
    pub fn told(self, due: &[Due]) -> Option<Date> {
        if self.policy != Policy::Deny && self.expected_on.is_some() {
            return self.expected_on;
        }
        let mut due = due.to_vec();
        due.sort_by_key(|due| due.on);
        let mut coming = 0_i64;
        let enough = due.iter().find(|due| {
            coming = coming.saturating_add(due.quantity.max(0));
            self.promised < coming
        });
        enough.map(|due| due.on)
    }
}

/// Takes units of places for somebody who waits: as many as there are, from the first place that has them all, else
/// from several, the preferred first.
pub fn serve(free: &mut [i64], waits_for: i64) -> Vec<(usize, i64)> {
    let there = free.iter().fold(0_i64, |sum, there| sum.saturating_add((*there).max(0)));
    let part = waits_for.min(there);
    if part < 1 { Vec::new() } else { promise(free, part).unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn selling(policy: Policy, limit: i64, promised: i64) -> Selling {
        Selling { policy, limit, promised, expected_on: Some(Date::from_days(9)) }
    }

    fn due(quantity: i64, on: i64) -> Due {
        Due { quantity, on: Date::from_days(on) }
    }

    #[test]
    fn every_code_names_one_policy() {
        for policy in Policy::ALL {
            assert_eq!(Policy::parse(policy.code()), Some(policy));
        }
        assert_eq!(Policy::parse("deny"), None);
    }

    #[test]
    fn who_is_not_sold_to_beyond_the_shelf_is_promised_what_is_due() {
        assert_eq!(Selling::default().beyond(&[]), 0);
        assert_eq!(selling(Policy::Deny, 7, 1).beyond(&[due(3, 1), due(2, 2)]), 4);
        assert_eq!(selling(Policy::Backorder, 7, 1).beyond(&[due(3, 1)]), 9);
        assert_eq!(selling(Policy::Backorder, 7, 9).beyond(&[]), 0, "the limit was lowered");
        assert_eq!(selling(Policy::Preorder, 7, 2).unclaimed(&[due(3, 1)]), 1);
    }

    #[test]
    fn a_buyer_is_told_the_day_that_staff_said_or_the_first_on_which_something_is_left() {
        assert_eq!(selling(Policy::Preorder, 1, 0).told(&[due(1, 2)]), Some(Date::from_days(9)));
        let nobody_said = selling(Policy::Deny, 0, 4);
        assert_eq!(nobody_said.told(&[due(3, 8), due(4, 2)]), Some(Date::from_days(8)));
        assert_eq!(nobody_said.told(&[due(4, 2)]), None);
    }

    proptest! {
        #[test]
        fn who_waits_gets_what_there_is_and_not_more_than_they_wait_for(
            before in prop::collection::vec(-3_i64..9, 0..5), waits_for in 0_i64..30,
        ) {
            let mut after = before.clone();
            let taken: i64 = serve(&mut after, waits_for).iter().map(|(_, part)| part).sum();
            let there: i64 = before.iter().map(|there| (*there).max(0)).sum();
            prop_assert_eq!(taken, waits_for.min(there));
            prop_assert_eq!(after.iter().sum::<i64>(), before.iter().sum::<i64>() - taken);
        }

        #[test]
        fn promises_that_are_made_one_by_one_stay_within_the_bound(
            limit in 0_i64..20, due_units in 0_i64..20, wishes in prop::collection::vec(1_i64..9, 0..20),
        ) {
            let due = [due(due_units, 1)];
            let mut selling = selling(Policy::Backorder, limit, 0);
            for wish in wishes {
                if wish <= selling.beyond(&due) {
                    selling.promised += wish;
                }
                prop_assert!(selling.promised <= limit + due_units);
            }
        }
    }
}
