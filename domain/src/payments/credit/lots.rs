//! A balance is lots, each with its own expiry: what expires first is spent first.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::cmp::Reverse;

use crate::{
    id::{CreditLot, Id},
    time::Instant,
};

/// What came onto a balance together, and is left of it. Minor units; not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// The lot.
    pub id: Id<CreditLot>,
    /// What is left.
    pub left_minor: i64,
    /// From when on it is worth nothing; none: never.
    pub expires_at: Option<Instant>,
}

/// What was taken of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// How much. Minor units; above zero.
    pub minor: i64,
    /// When it was taken.
    pub at: Instant,
    /// The lot's expiry.
    pub expires_at: Option<Instant>,
}

/// What comes back, as a lot of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    /// How much. Minor units; above zero.
    pub minor: i64,
    /// From when on it is worth nothing; none: never.
    pub expires_at: Option<Instant>,
}

impl Lot {
    /// What of it can be spent at an instant.
    fn spendable(&self, at: Instant) -> i64 {
        let is_over = self.expires_at.is_some_and(|end| end <= at);
        if is_over { 0 } else { self.left_minor }
    }
}

/// What can be spent of lots at an instant, minor units.
pub fn available(lots: &[Lot], at: Instant) -> i64 {
    lots.iter().map(|lot| lot.spendable(at)).fold(0, i64::saturating_add)
}

/// When the first of what can be spent expires.
pub fn next_expiry(lots: &[Lot], at: Instant) -> Option<Instant> {
    lots.iter().filter(|lot| 0 < lot.spendable(at)).filter_map(|lot| lot.expires_at).min()
}

/// What to take of each lot to spend `minor` at an instant: of what expires first before the rest, of the older before the
/// younger. `None`: there is not so much.
pub fn take(lots: &[Lot], minor: i64, at: Instant) -> Option<Vec<(Id<CreditLot>, i64)>> {
    let mut usable: Vec<_> = lots.iter().filter(|lot| 0 < lot.spendable(at)).collect();
    usable.sort_by_key(|lot| (lot.expires_at.is_none(), lot.expires_at, lot.id));
    let mut wanted = minor;
    let mut parts = Vec::new();
    for lot in usable {
        let part = lot.left_minor.min(wanted);
        if 0 < part {
            parts.push((lot.id, part));
            wanted = wanted.saturating_sub(part);
        }
    }
    (wanted == 0).then_some(parts)
}

/// What comes back of what was taken, of which `already` came back before: what expires last first, each with the time that it
/// had left when it was taken. `None`: not so much was taken.
pub fn give_back(taken: &[Taken], already: i64, minor: i64, now: Instant) -> Option<Vec<Returned>> {
    let mut taken = taken.to_vec();
    taken.sort_by_key(|one| (one.expires_at.is_some(), Reverse(one.expires_at)));
    let (mut skipped, mut wanted) = (already, minor);
    let mut parts = Vec::new();
    for one in taken {
        let gone = one.minor.min(skipped);
        skipped = skipped.saturating_sub(gone);
        let part = one.minor.saturating_sub(gone).min(wanted);
        if 0 < part {
            let expires_at = one.expires_at.map(|end| now.plus(one.at.until(end)));
            parts.push(Returned { minor: part, expires_at });
            wanted = wanted.saturating_sub(part);
        }
    }
    (wanted == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    fn lot(id: u128, left_minor: i64, end: Option<i64>) -> Lot {
        Lot { id: Id::new(Uuid::from_u128(id)), left_minor, expires_at: end.map(at) }
    }

    fn parts(taken: Option<Vec<(Id<CreditLot>, i64)>>) -> Option<Vec<(u128, i64)>> {
        taken.map(|parts| parts.into_iter().map(|(id, minor)| (id.uuid().as_u128(), minor)).collect())
    }

    #[test]
    fn what_expires_first_is_spent_first() {
        let lots = [lot(1, 50, None), lot(2, 30, Some(200)), lot(3, 20, Some(100)), lot(4, 9, Some(10))];
        assert_eq!((available(&lots, at(10)), next_expiry(&lots, at(10))), (100, Some(at(100))));
        assert_eq!(parts(take(&lots, 60, at(10))), Some(vec![(3, 20), (2, 30), (1, 10)]));
        assert_eq!(parts(take(&lots, 101, at(10))), None, "what is expired is worth nothing");
        assert_eq!(parts(take(&lots, 0, at(10))), Some(vec![]));
        assert_eq!((available(&lots, at(200)), next_expiry(&lots, at(200))), (50, None));
    }

    #[test]
    fn what_comes_back_has_the_time_that_it_had() {
        let one = |minor, taken: i64, end: Option<i64>| Taken { minor, at: at(taken), expires_at: end.map(at) };
        let taken = [one(20, 50, Some(80)), one(30, 50, Some(150)), one(10, 50, None)];
        let back = |already, minor| {
            let parts = give_back(&taken, already, minor, at(1000))?;
            Some(parts.into_iter().map(|part| (part.minor, part.expires_at)).collect::<Vec<_>>())
        };
        assert_eq!(back(0, 45), Some(vec![(10, None), (30, Some(at(1100))), (5, Some(at(1030)))]));
        assert_eq!(back(45, 15), Some(vec![(15, Some(at(1030)))]), "the rest of it");
        assert_eq!((back(0, 61), back(45, 16)), (None, None));
    }

    proptest! {
        #[test]
        fn what_is_taken_is_what_was_asked_for_and_was_there(
            lots in proptest::collection::vec((0_i64..100, proptest::option::of(0_i64..50)), 0..8),
            minor in 0_i64..400,
            now in 0_i64..60,
        ) {
            let lots: Vec<_> = (0..).zip(lots).map(|(id, (left, end))| lot(id, left, end)).collect();
            let there = available(&lots, at(now));
            match take(&lots, minor, at(now)) {
                None => prop_assert!(there < minor),
                Some(parts) => {
                    prop_assert!(minor <= there);
                    prop_assert_eq!(parts.iter().map(|(_, part)| part).sum::<i64>(), minor);
                    for (id, part) in parts {
                        let of = lots.iter().find(|lot| lot.id == id).unwrap();
                        prop_assert!(0 < part && part <= of.left_minor && of.expires_at.is_none_or(|end| at(now) < end));
                    }
                }
            }
        }
    }
}
