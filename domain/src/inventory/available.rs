//! What can be promised of what is there.
//!
//! Of each place a channel sells what is on the shelf, less what is promised, less the safety stock that nobody
//! sells, less the buffer that this channel leaves, and what it leaves to channels whose own units they are. A place
//! that holds less than is kept back gives nothing, and takes nothing from the others.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use super::movement::{Delta, Level};
use crate::id::{Channel, Id};

/// Units of a level that somebody can still be promised who leaves `safety` and `buffer` units there; not below zero.
pub const fn to_promise(level: Level, safety: i64, buffer: i64) -> i64 {
    let left = level.available().saturating_sub(safety).saturating_sub(buffer);
    if left < 0 { 0 } else { left }
}

/// Units of a level that are one channel's, as long as there are so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Whose.
    pub channel: Id<Channel>,
    /// How many.
    pub quantity: i64,
    /// Units that are promised there in the channel.
    pub promised: i64,
}

/// Units of a level that who sells in `channel` leaves for other channels: of what is theirs what they did not promise
/// yet.
pub fn left_to_others(channel: Id<Channel>, allocations: &[Allocation]) -> i64 {
    let others = allocations.iter().filter(|one| one.channel != channel);
    together(others.map(|one| one.quantity.saturating_sub(one.promised).max(0)))
}

/// Units that several places can promise together.
pub fn together(places: impl IntoIterator<Item = i64>) -> i64 {
    places.into_iter().fold(0, i64::saturating_add)
}

/// Why a level does not allow a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// So many units are there, and would be touched although they are promised.
    Promised {
        /// Units promised.
        reserved: i64,
    },
    /// There are only so many units to take.
    Few {
        /// Units that could be taken.
        available: i64,
    },
}

impl Level {
    /// Why a movement is not allowed; `None` if it is.
    pub fn refusal(self, delta: Delta) -> Option<Short> {
        if self.after(delta).is_some() {
            return None;
        }
        if self.quarantined.saturating_add(delta.quarantined) < 0 {
            return Some(Short::Few { available: self.quarantined });
        }
        if self.on_hand.saturating_add(delta.on_hand) < 0 || self.reserved == 0 {
            return Some(Short::Few { available: self.available() });
        }
        Some(Short::Promised { reserved: self.reserved })
    }
}

/// What becomes worth telling when what can be sold of a level changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crossing {
    /// It fell to the threshold, or below it.
    Low,
    /// There was none, and there is some again.
    Back,
}

/// Whether a change from `before` to `after` sellable units crosses a line: told once, when it is crossed.
pub fn crossing(before: i64, after: i64, low_at: Option<i64>) -> Option<Crossing> {
    if before <= 0 && after > 0 {
        return Some(Crossing::Back);
    }
    low_at.is_some_and(|low_at| after <= low_at && low_at < before).then_some(Crossing::Low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::inventory::movement::Cause;

    fn level(on_hand: i64, reserved: i64) -> Level {
        Level { on_hand, reserved, quarantined: 0 }
    }

    #[test]
    fn what_is_kept_back_is_not_promised() {
        assert_eq!(to_promise(level(10, 3), 0, 0), 7);
        assert_eq!(to_promise(level(10, 3), 2, 1), 4);
        assert_eq!(to_promise(level(10, 3), 7, 0), 0);
        assert_eq!(to_promise(level(10, 3), 9, 9), 0, "nothing, and not less");
    }

    #[test]
    fn what_is_anothers_is_left_until_they_promised_it() {
        let channel = |n: u128| Id::new(uuid::Uuid::from_u128(n));
        let of = |n, quantity, promised| Allocation { channel: channel(n), quantity, promised };
        let all = [of(1, 5, 2), of(2, 4, 9), of(3, 3, 0)];
        assert_eq!([1, 2, 3, 4].map(|n| left_to_others(channel(n), &all)), [3, 6, 3, 6]);
    }

    proptest! {
        #[test]
        fn what_a_channel_promises_of_its_own_changes_nothing_for_others(
            quantity in 0_i64..50, promised in 0_i64..50, more in 0_i64..50, on_hand in 0_i64..100, reserved in 0_i64..50,
        ) {
            let more = more.min((quantity - promised).max(0));
            let (mine, other) = (Id::new(uuid::Uuid::from_u128(1)), Id::new(uuid::Uuid::from_u128(2)));
            let free = |promised, reserved| {
                let left = left_to_others(other, &[Allocation { channel: mine, quantity, promised }]);
                to_promise(level(on_hand, reserved), 0, left)
            };
            prop_assert_eq!(free(promised, reserved), free(promised + more, reserved + more));
        }
    }

    #[test]
    fn a_place_that_keeps_everything_takes_nothing_from_the_others() {
        assert_eq!(together([to_promise(level(2, 0), 5, 0), to_promise(level(4, 0), 0, 1)]), 3);
        assert_eq!(together([i64::MAX, 1]), i64::MAX);
    }

    #[test]
    fn a_refusal_says_what_stands_in_the_way() {
        let delta = |n| Cause::Adjustment.delta(n);
        assert_eq!(level(10, 3).refusal(delta(-7)), None);
        assert_eq!(level(10, 3).refusal(delta(-8)), Some(Short::Promised { reserved: 3 }));
        assert_eq!(level(10, 3).refusal(delta(-11)), Some(Short::Few { available: 7 }));
        assert_eq!(level(0, 0).refusal(delta(-1)), Some(Short::Few { available: 0 }));
        assert_eq!(level(9, 0).refusal(Cause::Restock.delta(1)), Some(Short::Few { available: 0 }));
    }

    #[test]
    fn a_line_is_told_when_it_is_crossed_and_not_again() {
        assert_eq!(crossing(4, 3, Some(3)), Some(Crossing::Low));
        assert_eq!(crossing(3, 2, Some(3)), None, "it was low before");
        assert_eq!(crossing(2, 9, Some(3)), None);
        assert_eq!(crossing(9, 0, None), None, "nobody said what is little");
        assert_eq!(crossing(0, 1, Some(3)), Some(Crossing::Back));
        assert_eq!(crossing(-2, 0, Some(3)), None);
        assert_eq!(crossing(5, 6, None), None);
    }

    proptest! {
        #[test]
        fn what_is_promised_by_the_rule_is_on_the_shelf_and_free(
            on_hand in 0_i64..100, reserved in 0_i64..100, safety in 0_i64..30, buffer in 0_i64..30,
        ) {
            prop_assume!(reserved <= on_hand);
            let there = level(on_hand, reserved);
            let free = to_promise(there, safety, buffer);
            prop_assert!(0 <= free && free <= there.available());
            prop_assert!(there.after(Cause::Reservation.delta(free)).is_some());
            prop_assert!(free == 0 || there.available() - free == safety + buffer);
        }

        #[test]
        fn a_movement_is_refused_with_a_reason_or_done(on_hand in 0_i64..9, reserved in 0_i64..9, n in -20_i64..20) {
            prop_assume!(reserved <= on_hand);
            let delta = Cause::Count.delta(n);
            prop_assert_eq!(level(on_hand, reserved).refusal(delta).is_none(), level(on_hand, reserved).after(delta).is_some());
        }

        #[test]
        fn between_two_tidings_that_there_is_little_there_was_more(steps in prop::collection::vec(0_i64..12, 1..60)) {
            let (mut before, mut is_low) = (12, false);
            for after in steps {
                if crossing(before, after, Some(4)) == Some(Crossing::Low) {
                    prop_assert!(!is_low);
                }
                is_low = after <= 4;
                before = after;
            }
        }
    }
}
