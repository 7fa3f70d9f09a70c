//! Who follows whom, and whether a list may follow another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{ANCESTORS_MAX, Rule};
use crate::{
    id::{Id, PriceList},
    time::Instant,
};

/// Who follows whom, and when.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    /// Whom lists follow, each from an instant on; `None`: nobody any more.
    parents: HashMap<Id<PriceList>, BTreeMap<Instant, Option<Id<PriceList>>>>,
    /// Who follows lists at any time.
    followers: HashMap<Id<PriceList>, BTreeSet<Id<PriceList>>>,
}

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
    /// Notes whom a list follows.
    pub fn note(&mut self, list: Id<PriceList>, rules: &[Rule]) {
        let parent = |rule: &Rule| rule.derivation.map(|derivation| derivation.parent);
        for parent in rules.iter().filter_map(parent) {
            self.followers.entry(parent).or_default().insert(list);
        }
        self.parents.entry(list).or_default().extend(rules.iter().map(|rule| (rule.from, parent(rule))));
    }

    /// Whether a list may follow another from an instant on, and no other any more: at none from then on may a list follow
    /// itself, nor have too long a line of ancestors, however many follow each other below it. What is wrong first is told.
    /// Who followed whom before then does not count: at each instant prices follow the rules of that instant.
    pub fn follow(&self, list: Id<PriceList>, parent: Id<PriceList>, from: Instant) -> Result<(), FollowError> {
        self.turns(list, parent, from).into_iter().try_for_each(|at| self.follow_at(list, parent, at))
    }

    /// The same at one instant.
    fn follow_at(&self, list: Id<PriceList>, parent: Id<PriceList>, at: Instant) -> Result<(), FollowError> {
        let above = std::iter::successors(Some(parent), |list| self.parent(*list, at));
        let above: Vec<_> = above.take(ANCESTORS_MAX.saturating_add(1)).collect();
        if above.contains(&list) {
            return Err(FollowError::Loop);
        }
        let follow = |parent| {
            let followers = self.followers.get(&parent).into_iter().flatten().copied();
            followers.filter(move |list| self.parent(*list, at) == Some(parent))
        };
        // The last follower is nobody's ancestor.
        let below = generations(list, follow);
        let ancestors = above.len().saturating_add(below.len()).saturating_sub(1);
        if ANCESTORS_MAX < ancestors { Err(FollowError::TooDeep) } else { Ok(()) }
    }

    /// Whom a list follows at an instant.
    fn parent(&self, list: Id<PriceList>, at: Instant) -> Option<Id<PriceList>> {
        self.parents.get(&list)?.range(..=at).next_back().and_then(|(_, parent)| *parent)
    }

    /// The instant from which on a list is to follow another, and the later ones at which somebody above or below both comes to
    /// follow another.
    fn turns(&self, list: Id<PriceList>, parent: Id<PriceList>, from: Instant) -> BTreeSet<Instant> {
        let rules = |list: Id<PriceList>| self.parents.get(&list).into_iter().flatten();
        let above = generations(parent, |list| rules(list).filter_map(|(_, parent)| *parent));
        let below = generations(list, |list| self.followers.get(&list).into_iter().flatten().copied());
        let concerned: BTreeSet<_> = above.into_iter().chain(below).flatten().filter(|one| *one != list).collect();
        let turns = concerned.into_iter().flat_map(rules).map(|(at, _)| *at).filter(|at| from < *at);
        turns.chain([from]).collect()
    }
}

/// The generations that lead away from a list, itself the first: one more than a list has ancestors at most, since that is
/// too many already.
fn generations<I: Iterator<Item = Id<PriceList>>>(
    first: Id<PriceList>,
    next: impl Fn(Id<PriceList>) -> I,
) -> Vec<BTreeSet<Id<PriceList>>> {
    let mut generations = Vec::new();
    let mut lists = BTreeSet::from([first]);
    while !lists.is_empty() && generations.len() <= ANCESTORS_MAX {
        let after = lists.iter().flat_map(|list| next(*list)).collect();
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
    use crate::pricing::derive::{Adjustment, CompareAt, Derivation};

    fn list(n: usize) -> Id<PriceList> {
        Id::new(Uuid::from_u128(n.try_into().unwrap()))
    }

    fn at(millis: i64) -> Instant {
        Instant::from_millis(millis)
    }

    fn rule((from, parent): (i64, Option<usize>)) -> Rule {
        let derivation = parent.map(|parent| Derivation {
            parent: list(parent),
            adjustment: Adjustment::default(),
            rounding: None,
            compare_at: CompareAt::default(),
        });
        Rule { from: at(from), derivation }
    }

    /// A list, and whom it follows from when on.
    type Follows = (usize, Vec<(i64, Option<usize>)>);

    fn lineage(rules: &[Follows]) -> Lineage {
        let mut lineage = Lineage::default();
        for (of, rules) in rules {
            lineage.note(list(*of), &rules.iter().copied().map(rule).collect::<Vec<_>>());
        }
        lineage
    }

    /// Each follows the next, from the beginning.
    fn line(lists: impl IntoIterator<Item = usize>) -> Lineage {
        let rules: Vec<_> = lists.into_iter().map(|n| (n, vec![(0, Some(n + 1))])).collect();
        lineage(&rules)
    }

    fn follow(lineage: &Lineage, one: usize, other: usize) -> Result<(), FollowError> {
        lineage.follow(list(one), list(other), at(0))
    }

    #[test]
    fn a_list_follows_neither_itself_nor_who_follows_it() {
        assert_eq!(follow(&Lineage::default(), 1, 1), Err(FollowError::Loop));
        for last in 1..=7 {
            assert_eq!(follow(&line(0..last), last, 0), Err(FollowError::Loop), "{last}");
        }
        assert_eq!(follow(&line(0..7), 0, 5), Ok(()), "a shorter way to one it follows already");
    }

    #[test]
    fn a_line_is_as_long_wherever_it_is_made_longer() {
        assert_eq!(follow(&line(0..6), 9, 0), Ok(()), "from below");
        assert_eq!(follow(&line(0..7), 9, 0), Err(FollowError::TooDeep));
        assert_eq!(follow(&line(0..6), 6, 9), Ok(()), "from above");
        assert_eq!(follow(&line(0..7), 7, 9), Err(FollowError::TooDeep));
        let two = |below, above: usize| follow(&line((0..below).chain(20..20 + above)), below, 20);
        assert_eq!(two(3, 3), Ok(()), "in between");
        assert_eq!((two(4, 3), two(3, 4)), (Err(FollowError::TooDeep), Err(FollowError::TooDeep)));
    }

    #[test]
    fn what_is_too_deep_or_a_circle_already_is_refused_and_comes_to_an_end() {
        assert_eq!(follow(&line(0..9), 10, 0), Err(FollowError::TooDeep));
        let mut circle = line(0..3);
        circle.note(list(3), &[rule((0, Some(0)))]);
        assert_eq!(follow(&circle, 9, 0), Err(FollowError::TooDeep));
    }

    #[test]
    fn who_followed_before_may_be_followed_and_who_will_may_not() {
        let turned = lineage(&[(1, vec![(0, Some(2)), (10, None)])]);
        let from = |millis| turned.follow(list(2), list(1), at(millis));
        assert_eq!([from(9), from(10), from(11)], [Err(FollowError::Loop), Ok(()), Ok(())]);
        let later = lineage(&[(1, vec![(20, Some(2))])]);
        assert_eq!(later.follow(list(2), list(1), at(5)), Err(FollowError::Loop), "from 20 on");
        let deep = lineage(&[(0, vec![(5, None), (30, Some(1))]), (3, vec![(0, Some(4))])]);
        assert_eq!(deep.follow(list(4), list(0), at(5)), Ok(()));
    }

    #[test]
    fn the_line_is_as_long_as_it_is_at_any_instant_from_then_on() {
        // From 10 on the eighth is at the top again.
        let mut rules: Vec<_> = (0..7).map(|n| (n, vec![(0, Some(n + 1))])).collect();
        rules[3].1.push((10, None));
        assert_eq!(lineage(&rules).follow(list(9), list(0), at(9)), Err(FollowError::TooDeep));
        assert_eq!(lineage(&rules).follow(list(9), list(0), at(10)), Ok(()));
        rules[3].1.push((20, Some(4)));
        assert_eq!(lineage(&rules).follow(list(9), list(0), at(10)), Err(FollowError::TooDeep), "from 20 on");
    }

    /// Whom a list follows at an instant, by its rules in any order.
    fn parent(rules: &[(usize, i64, Option<usize>)], of: usize, at: i64) -> Option<usize> {
        let begun = rules.iter().filter(|(list, from, _)| *list == of && *from <= at);
        begun.max_by_key(|(_, from, _)| *from).and_then(|(_, _, parent)| *parent)
    }

    /// The ancestors of a list at an instant; `None` if it is one of them.
    fn ancestors(rules: &[(usize, i64, Option<usize>)], of: usize, at: i64) -> Option<usize> {
        let mut above = Vec::new();
        let mut next = parent(rules, of, at);
        while let Some(one) = next {
            if one == of {
                return None;
            }
            above.push(one);
            next = parent(rules, one, at);
        }
        Some(above.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn what_may_follow_is_what_leaves_no_circle_and_no_list_too_deep_at_any_instant(
            tried in prop::collection::vec((0_i64..2, prop::sample::select(vec![0_i64, 0, 0, 1, 1, 1, 2, 2]), 0_usize..11, prop::option::weighted(0.85, 0_usize..11)), 0..40),
        ) {
            let (mut rules, mut now) = (Vec::new(), 0);
            for (passes, ahead, one, other) in tried {
                now += passes;
                let from = now + ahead;
                let mut next = rules.clone();
                next.retain(|(list, begins, _)| *list != one || *begins < from);
                next.push((one, from, other));
                let Some(other) = other else {
                    rules = next;
                    continue;
                };
                let wrong = (from..60).find_map(|at| {
                    if ancestors(&next, one, at).is_none() {
                        return Some(FollowError::Loop);
                    }
                    let deepest = (0..11).filter_map(|n| ancestors(&next, n, at)).max();
                    (Some(ANCESTORS_MAX) < deepest).then_some(FollowError::TooDeep)
                });
                let mut known = Lineage::default();
                for of in 0..11 {
                    let its = rules.iter().filter(|(list, ..)| *list == of);
                    known.note(list(of), &its.map(|(_, from, parent)| rule((*from, *parent))).collect::<Vec<_>>());
                }
                let said = known.follow(list(one), list(other), at(from));
                prop_assert_eq!(said, wrong.map_or(Ok(()), Err));
                if said.is_ok() {
                    rules = next;
                }
            }
        }
    }
}
