//! The lowest price that a piece is sold at.

use serde::{Deserialize, Serialize};

use crate::time::Instant;

/// So many changes are known at most: of what was before the oldest of them nothing is.
pub const FLOORS_MAX: usize = 100;

/// The lowest prices of a piece, minor units, each since its instant until the next; `None`: any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Floors(Vec<(Instant, Option<i64>)>);

impl Floors {
    /// The lowest price at an instant.
    pub fn at(&self, at: Instant) -> Option<i64> {
        self.0.iter().rev().find(|(since, _)| *since <= at).and_then(|(_, floor)| *floor)
    }

    /// The same, with another since an instant on: what was to go from then on does not.
    #[must_use]
    pub fn since(mut self, since: Instant, floor: Option<i64>) -> Self {
        self.0.retain(|(from, _)| *from < since);
        if self.0.last().and_then(|(_, last)| *last) != floor {
            self.0.push((since, floor));
        }
        let over = self.0.len().saturating_sub(FLOORS_MAX);
        self.0.drain(..over);
        self
    }

    /// The instants at which it changed.
    pub(super) fn turns(&self) -> impl Iterator<Item = Instant> {
        self.0.iter().map(|(since, _)| *since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    #[test]
    fn each_goes_until_the_next() {
        let floors = Floors::default().since(at(10), Some(500)).since(at(20), None).since(at(30), Some(700));
        assert_eq!(
            [9, 10, 19, 20, 30, 99].map(|n| floors.at(at(n))),
            [None, Some(500), Some(500), None, Some(700), Some(700)]
        );
        let changed = floors.since(at(20), Some(600));
        assert_eq!([19, 20, 30].map(|n| changed.at(at(n))), [Some(500), Some(600), Some(600)]);
    }

    #[test]
    fn what_is_said_again_is_no_change() {
        let floors = Floors::default().since(at(10), Some(500)).since(at(20), Some(500));
        assert_eq!(floors.0, [(at(10), Some(500))]);
        assert_eq!(Floors::default().since(at(10), None), Floors::default());
        assert_eq!(floors.since(at(10), None), Floors::default(), "at the same instant");
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let floors = (0..150).fold(Floors::default(), |floors, n| floors.since(at(n), Some(n)));
        assert_eq!((floors.0.len(), floors.at(at(49)), floors.at(at(50))), (FLOORS_MAX, None, Some(50)));
    }
}
