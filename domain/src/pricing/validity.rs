//! From when until when something holds.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

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
}
