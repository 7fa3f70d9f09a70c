//! Who follows whom, and whether a list may follow another.

use std::collections::{BTreeSet, HashMap};

use super::ANCESTORS_MAX;
use crate::id::{Id, PriceList};

/// Who follows whom, at whatever time.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    parents: Next,
    followers: Next,
}

/// The lists next to each in one direction.
type Next = HashMap<Id<PriceList>, BTreeSet<Id<PriceList>>>;

/// Why a list cannot follow another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FollowError {
    /// The list would follow itself.
    #[error("the list would follow itself")]
    Loop,
    /// The list, or one that follows it, would have more than [`ANCESTORS_MAX`] ancestors.
    #[error("too many ancestors")]
    TooDeep,
}

impl Lineage {
    /// Notes that a list follows another. Says whether that is new.
    pub fn note(&mut self, list: Id<PriceList>, parent: Id<PriceList>) -> bool {
        self.followers.entry(parent).or_default().insert(list);
        self.parents.entry(list).or_default().insert(parent)
    }

    /// Whether a list may follow another: no list may follow itself, nor have too long a line of ancestors, however many
    /// follow each other below it.
    pub fn follow(&self, list: Id<PriceList>, parent: Id<PriceList>) -> Result<(), FollowError> {
        let (above, below) = (generations(&self.parents, parent), generations(&self.followers, list));
        if above.iter().any(|lists| lists.contains(&list)) {
            return Err(FollowError::Loop);
        }
        // The last follower is nobody's ancestor.
        let ancestors = above.len().saturating_add(below.len()).saturating_sub(1);
        if ANCESTORS_MAX < ancestors { Err(FollowError::TooDeep) } else { Ok(()) }
    }
}

/// The generations that lead away from a list, itself the first: one more than a list has ancestors at most, since that is
/// too many already.
fn generations(next: &Next, first: Id<PriceList>) -> Vec<BTreeSet<Id<PriceList>>> {
    let mut generations = Vec::new();
    let mut lists = BTreeSet::from([first]);
    while !lists.is_empty() && generations.len() <= ANCESTORS_MAX {
        let after = lists.iter().filter_map(|list| next.get(list)).flatten().copied().collect();
        generations.push(lists);
        lists = after;
    }
    generations
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn list(n: usize) -> Id<PriceList> {
        Id::new(Uuid::from_u128(n.try_into().unwrap()))
    }

    /// Each follows the next.
    fn line(lists: impl IntoIterator<Item = usize>) -> Lineage {
        let mut lineage = Lineage::default();
        for n in lists {
            assert!(lineage.note(list(n), list(n + 1)));
        }
        lineage
    }

    #[test]
    fn a_list_follows_neither_itself_nor_who_follows_it() {
        assert_eq!(Lineage::default().follow(list(1), list(1)), Err(FollowError::Loop));
        for last in 1..=7 {
            assert_eq!(line(0..last).follow(list(last), list(0)), Err(FollowError::Loop), "{last}");
        }
        assert_eq!(line(0..7).follow(list(0), list(5)), Ok(()), "a shorter way to one it follows already");
    }

    #[test]
    fn a_line_is_as_long_wherever_it_is_made_longer() {
        assert_eq!(line(0..6).follow(list(9), list(0)), Ok(()), "from below");
        assert_eq!(line(0..7).follow(list(9), list(0)), Err(FollowError::TooDeep));
        assert_eq!(line(0..6).follow(list(6), list(9)), Ok(()), "from above");
        assert_eq!(line(0..7).follow(list(7), list(9)), Err(FollowError::TooDeep));
        let two = |below, above: usize| line((0..below).chain(20..20 + above)).follow(list(below), list(20));
        assert_eq!(two(3, 3), Ok(()), "in between");
        assert_eq!((two(4, 3), two(3, 4)), (Err(FollowError::TooDeep), Err(FollowError::TooDeep)));
    }

    #[test]
    fn what_is_too_deep_or_a_circle_already_is_refused_and_comes_to_an_end() {
        assert_eq!(line(0..9).follow(list(10), list(0)), Err(FollowError::TooDeep));
        let mut circle = line(0..3);
        circle.note(list(3), list(0));
        assert_eq!(circle.follow(list(9), list(0)), Err(FollowError::TooDeep));
    }

    /// Ancestors in the longest line of a list, where nobody follows themselves.
    fn ancestors(follows: &[(usize, usize)], of: usize) -> usize {
        let parents = follows.iter().filter(|(list, _)| *list == of);
        parents.map(|(_, parent)| ancestors(follows, *parent) + 1).max().unwrap_or_default()
    }

    fn is_above(follows: &[(usize, usize)], above: usize, of: usize) -> bool {
        above == of || follows.iter().any(|(list, parent)| *list == of && is_above(follows, above, *parent))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn what_may_follow_is_what_leaves_no_circle_and_no_list_too_deep(
            tried in prop::collection::vec((0_usize..12, 0_usize..12), 0..30),
        ) {
            let (mut lineage, mut follows) = (Lineage::default(), Vec::new());
            for (one, other) in tried {
                let said = lineage.follow(list(one), list(other));
                if is_above(&follows, one, other) {
                    prop_assert_eq!(said, Err(FollowError::Loop));
                    continue;
                }
                follows.push((one, other));
                let deepest = (0..12).map(|n| ancestors(&follows, n)).max();
                if deepest <= Some(ANCESTORS_MAX) {
                    prop_assert_eq!(said, Ok(()));
                    lineage.note(list(one), list(other));
                } else {
                    prop_assert_eq!(said, Err(FollowError::TooDeep));
                    follows.pop();
                }
            }
        }
    }
}
