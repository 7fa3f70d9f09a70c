//! What becomes of goods that a customer sends back, declared once as a table.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeMap;

use serde::Serialize;

use super::ship::Units;
use crate::{
    id::{Id, OrderLine},
    time::Instant,
};

/// The most days for which goods can be sent back.
pub const RETURN_DAYS_MAX: u32 = 365;

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Somebody asked for it.
    Requested,
    /// The shop awaits the goods.
    Approved,
    /// The shop does not take the goods, or they never came.
    Rejected,
    /// The goods came, and are to be looked at.
    Received,
    /// It is decided what becomes of the goods.
    Inspected,
    /// Their money went back.
    Refunded,
    /// They were exchanged for others.
    Exchanged,
}

/// What is done with a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Action {
    /// The shop will take the goods.
    Approve,
    /// The shop will not.
    Reject,
    /// The goods came.
    Receive,
    /// It is decided what becomes of them.
    Inspect,
    /// Their money goes back.
    Refund,
    /// Others leave for them.
    Exchange,
}

/// Why goods are sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// They are damaged.
    Damaged,
    /// They are not what was ordered.
    WrongItem,
    /// They are not as the shop described them.
    NotAsDescribed,
    /// They do not fit.
    SizeOrFit,
    /// The customer does not want them any more.
    ChangedMind,
    /// Something else.
    Other,
}

/// What becomes of goods that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Outcome {
    /// They can be sold again.
    Restock,
    /// They stay in quarantine, to be looked at more closely.
    Quarantine,
    /// They are given up.
    WriteOff,
}

/// Every legal move of a return. What is not here cannot happen.
pub const TABLE: [(State, Action, State); 7] = [
    (State::Requested, Action::Approve, State::Approved),
    (State::Requested, Action::Reject, State::Rejected),
    (State::Approved, Action::Reject, State::Rejected),
    (State::Approved, Action::Receive, State::Received),
    (State::Received, Action::Inspect, State::Inspected),
    (State::Inspected, Action::Refund, State::Refunded),
    (State::Inspected, Action::Exchange, State::Exchanged),
];

/// The action is not legal in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{action:?} is not legal of a return that is {state:?}")]
pub struct NotAllowed {
    /// Where the return stands.
    pub state: State,
    /// What was asked.
    pub action: Action,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Requested,
        Self::Approved,
        Self::Rejected,
        Self::Received,
        Self::Inspected,
        Self::Refunded,
        Self::Exchanged,
    ];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Requested => "REQUESTED",
            Self::Approved => "APPROVED",
            Self::Rejected => "REJECTED",
            Self::Received => "RECEIVED",
            Self::Inspected => "INSPECTED",
            Self::Refunded => "REFUNDED",
            Self::Exchanged => "EXCHANGED",
        }
    }

    /// The state of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The state after `action`.
    pub fn after(self, action: Action) -> Result<Self, NotAllowed> {
        let rule = TABLE.into_iter().find(|(from, does, _)| *from == self && *does == action);
        rule.map(|(_, _, to)| to).ok_or(NotAllowed { state: self, action })
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 6] =
        [Self::Approve, Self::Reject, Self::Receive, Self::Inspect, Self::Refund, Self::Exchange];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approve => "APPROVE",
            Self::Reject => "REJECT",
            Self::Receive => "RECEIVE",
            Self::Inspect => "INSPECT",
            Self::Refund => "REFUND",
            Self::Exchange => "EXCHANGE",
        }
    }

    /// The action of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::Damaged, Self::WrongItem, Self::NotAsDescribed, Self::SizeOrFit, Self::ChangedMind, Self::Other];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Damaged => "DAMAGED",
            Self::WrongItem => "WRONG_ITEM",
            Self::NotAsDescribed => "NOT_AS_DESCRIBED",
            Self::SizeOrFit => "SIZE_OR_FIT",
            Self::ChangedMind => "CHANGED_MIND",
            Self::Other => "OTHER",
        }
    }

    /// The reason of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 3] = [Self::Restock, Self::Quarantine, Self::WriteOff];

    /// The name on the wire and in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Restock => "RESTOCK",
            Self::Quarantine => "QUARANTINE",
            Self::WriteOff => "WRITE_OFF",
        }
    }

    /// The outcome of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

const DAY_MILLIS: i64 = 86_400_000;

/// Whether an order that arrived then can still be sent back now, in a channel that gives its customers so many days.
pub fn is_in_time(arrived: Instant, days: i64, now: Instant) -> bool {
    now.millis() <= arrived.millis().saturating_add(days.saturating_mul(DAY_MILLIS))
}

/// What is decided of units that came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// What becomes of them.
    pub outcome: Outcome,
    /// How many, above zero.
    pub quantity: i64,
}

/// It is not decided what becomes of each unit, or more is decided than came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{expected} units of {line:?} came")]
pub struct Undecided {
    /// Of which line.
    pub line: Id<OrderLine>,
    /// Units that came.
    pub expected: i64,
}

/// Whether it is decided what becomes of each unit that came, and of none that did not.
pub fn decided(came: &[Units], decisions: &[Decision]) -> Result<(), Undecided> {
    let mut sums: BTreeMap<Id<OrderLine>, i64> = BTreeMap::new();
    for decision in decisions {
        let sum = sums.entry(decision.line).or_default();
        *sum = sum.saturating_add(decision.quantity);
    }
    for Units { line, quantity } in came.iter().copied() {
        if sums.remove(&line).unwrap_or_default() != quantity {
            return Err(Undecided { line, expected: quantity });
        }
    }
    sums.into_keys().next().map_or(Ok(()), |line| Err(Undecided { line, expected: 0 }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn every_name_reads_back() {
        assert!(State::ALL.into_iter().all(|one| State::parse(one.code()) == Some(one)));
        assert!(Action::ALL.into_iter().all(|one| Action::parse(one.code()) == Some(one)));
        assert!(Reason::ALL.into_iter().all(|one| Reason::parse(one.code()) == Some(one)));
        assert!(Outcome::ALL.into_iter().all(|one| Outcome::parse(one.code()) == Some(one)));
    }

    #[test]
    fn every_state_is_reached_and_a_move_has_one_outcome() {
        for state in State::ALL {
            assert!(state == State::Requested || TABLE.iter().any(|(_, _, to)| *to == state), "{state:?}");
            for action in Action::ALL {
                let rules = TABLE.iter().filter(|(from, does, _)| (*from, *does) == (state, action)).count();
                assert!(rules <= 1 && state.after(action).is_ok() == (rules == 1), "{state:?} {action:?}");
            }
        }
    }

    #[test]
    fn the_last_day_counts() {
        let at = Instant::from_millis;
        assert!(is_in_time(at(5), 14, at(5 + 14 * DAY_MILLIS)));
        assert!(!is_in_time(at(5), 14, at(6 + 14 * DAY_MILLIS)));
        assert!(is_in_time(at(5), 0, at(5)) && !is_in_time(at(5), 0, at(6)));
    }

    fn line(n: u128) -> Id<OrderLine> {
        Id::new(Uuid::from_u128(n))
    }

    #[test]
    fn what_did_not_come_is_not_decided_upon() {
        let outcome = Outcome::Restock;
        let decision = Decision { line: line(1), outcome, quantity: 1 };
        assert_eq!(decided(&[], &[decision]), Err(Undecided { line: line(1), expected: 0 }));
        assert_eq!(decided(&[], &[]), Ok(()));
    }

    proptest! {
        #[test]
        fn each_unit_that_came_is_decided_upon_once(
            came in prop::collection::btree_map(0_u128..5, (0_i64..9, 0_i64..9, 0_i64..9), 0..5), more in -1_i64..2,
        ) {
            let units: Vec<_> = came.iter()
                .map(|(n, (a, b, c))| Units { line: line(*n), quantity: a + b + c }).collect();
            let of = |(n, (a, b, c)): (&u128, &(i64, i64, i64))| {
                Outcome::ALL.into_iter().zip([*a, *b, *c])
                    .map(|(outcome, quantity)| Decision { line: line(*n), outcome, quantity }).collect::<Vec<_>>()
            };
            let mut decisions: Vec<_> = came.iter().flat_map(of).collect();
            prop_assert_eq!(decided(&units, &decisions), Ok(()));
            if let Some(first) = decisions.first_mut() {
                first.quantity += more;
                prop_assert_eq!(decided(&units, &decisions).is_ok(), more == 0);
            }
        }
    }
}
