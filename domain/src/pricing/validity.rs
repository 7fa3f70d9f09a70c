//! From when until when something holds.

use serde::{Deserialize, Serialize};

use crate::{
    invalid::{Check, Invalid, Problem},
    time::Instant,
};

/// From when until when something holds: from `from`, inclusive, to `until`, exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first instant at which it holds; `None`: it always has.
    pub from: Option<Instant>,
    /// The first instant at which it no longer holds; `None`: it never ends.
    pub until: Option<Instant>,
}

impl Validity {
    /// Whether it holds.
    pub fn holds_at(self, at: Instant) -> bool {
        self.has_begun(at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether it holds, or held.
    pub fn has_begun(self, at: Instant) -> bool {
        self.from.is_none_or(|from| from <= at)
    }

    /// Whether it ends after it begins.
    pub fn is_possible(self) -> bool {
        self.from.zip(self.until).is_none_or(|(from, until)| from < until)
    }

    /// The same with other bounds. What is past stays as it was: refuses, at `startsAt` or `endsAt`, another bound than one that
    /// has passed, and one that would have; and at `endsAt` an end that is not after the beginning.
    pub fn changed(self, next: Self, now: Instant) -> Result<Self, Invalid> {
        let mut check = Check::default();
        // What always held began in the past, and what never ends does not end in it.
        let began = |from: Option<Instant>| from.is_none_or(|from| from < now);
        let ended = |until: Option<Instant>| until.is_some_and(|until| until < now);
        if self.from != next.from && (began(self.from) || began(next.from)) {
            check.wrong("startsAt", Problem::InThePast);
        }
        if self.until != next.until && (ended(self.until) || ended(next.until)) {
            check.wrong("endsAt", Problem::InThePast);
        }
        if !next.is_possible() {
            check.wrong("endsAt", Problem::EndBeforeStart);
        }
        check.done(Some(next))
    }

    /// Whether it holds whenever another does.
    pub fn covers(self, other: Self) -> bool {
        let ends_in_time = self.until.is_none_or(|until| other.until.is_some_and(|end| end <= until));
        self.from.is_none_or(|from| other.from.is_some_and(|begin| from <= begin)) && ends_in_time
    }

    /// Whether it holds at some instant at which another does.
    pub fn meets(self, other: Self) -> bool {
        let until = [self.until, other.until].into_iter().flatten().min();
        (Self { from: self.from.max(other.from), until }).is_possible()
    }

    /// The instants at which it begins and ends.
    pub fn turns(self) -> impl Iterator<Item = Instant> {
        self.from.into_iter().chain(self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_from_its_beginning_until_just_before_its_end() {
        let at = Instant::from_millis;
        let limited = Validity { from: Some(at(10)), until: Some(at(20)) };
        assert_eq!([9, 10, 19, 20].map(|millis| limited.holds_at(at(millis))), [false, true, true, false]);
        assert_eq!([9, 10, 19, 20].map(|millis| limited.has_begun(at(millis))), [false, true, true, true]);
        assert_eq!(limited.turns().collect::<Vec<_>>(), [at(10), at(20)]);
        let always = Validity::default();
        assert!(always.holds_at(at(i64::MIN)) && always.holds_at(at(i64::MAX)) && always.is_possible());
    }

    #[test]
    fn an_end_is_after_its_beginning() {
        let at = Instant::from_millis;
        let of = |from, until| Validity { from: Some(at(from)), until: Some(at(until)) }.is_possible();
        assert_eq!([of(1, 2), of(2, 2), of(3, 2)], [true, false, false]);
    }

    #[test]
    fn what_has_passed_stays_and_nothing_else_comes_to_have() {
        let at = Instant::from_millis;
        let of = |from: Option<i64>, until: Option<i64>| Validity { from: from.map(at), until: until.map(at) };
        let wrong = |was: Validity, next: Validity| {
            let wrong = was.changed(next, at(10)).map_err(|invalid| invalid.wrong).err().unwrap_or_default();
            wrong.into_iter().map(|wrong| wrong.path.concat()).collect::<Vec<_>>()
        };
        let none = Vec::<String>::new();
        for (was, next) in [
            (of(None, None), of(None, Some(10))),
            (of(None, Some(10)), of(None, None)),
            (of(Some(9), Some(20)), of(Some(9), Some(15))),
            (of(Some(10), None), of(Some(11), None)),
            (of(Some(15), Some(20)), of(Some(10), None)),
            (of(Some(3), Some(5)), of(Some(3), Some(5))),
        ] {
            assert_eq!(wrong(was, next), none, "{was:?} {next:?}");
        }
        for (was, next) in [
            (of(None, None), of(Some(15), None)),
            (of(Some(9), None), of(Some(8), None)),
            (of(Some(9), None), of(Some(11), None)),
            (of(Some(15), None), of(Some(9), None)),
            (of(Some(15), None), of(None, None)),
        ] {
            assert_eq!(wrong(was, next), ["startsAt"], "{was:?} {next:?}");
        }
        for (was, next) in [
            (of(None, None), of(None, Some(9))),
            (of(None, Some(9)), of(None, Some(20))),
            (of(None, Some(9)), of(None, None)),
            (of(Some(15), Some(20)), of(Some(15), Some(15))),
        ] {
            assert_eq!(wrong(was, next), ["endsAt"], "{was:?} {next:?}");
        }
        assert_eq!(wrong(of(None, None), of(Some(12), Some(9))), ["startsAt", "endsAt", "endsAt"]);
    }

    #[test]
    fn it_covers_what_holds_within_it() {
        let at = Instant::from_millis;
        let of = |from: Option<i64>, until: Option<i64>| Validity { from: from.map(at), until: until.map(at) };
        let all = [None, Some(1), Some(2), Some(3), Some(4)];
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other))) {
            for (from, until) in all.iter().flat_map(|from| all.iter().map(move |until| (*from, *until))) {
                let (outer, inner) = (of(one, other), of(from, until));
                if !(outer.is_possible() && inner.is_possible()) {
                    continue;
                }
                let holds = (-9..9).filter(|millis| inner.holds_at(at(*millis)));
                let is_covered = holds.into_iter().all(|millis| outer.holds_at(at(millis)));
                assert_eq!(outer.covers(inner), is_covered, "{outer:?} {inner:?}");
            }
        }
    }
}
