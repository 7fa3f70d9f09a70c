//! Where an order ships from, and why.
//!
//! A channel says by which rules its places are chosen: the first decides, the next breaks its ties. What the rules
//! leave open, the channel's own order of places decides, then the place's id, so that the same facts give the same
//! choice in whatever order they come.
//!
//! - Rules about places (`PRIORITY`, `NEAREST_ZONE`, `MOST_STOCK`, `LOWEST_COST`) put the places in an order. A line
//!   ships from the first place that has all of it. It is torn only if no place has: then each gives what it has, one
//!   after the other.
//! - `FEWEST_PARCELS` is about the whole order: of the places that are alike by the rules before it, as few as can
//!   serve are taken; of several such sets the one that the rules after it prefer.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::{
    cmp::{Ordering, Reverse},
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use super::{
    parcels,
    reason::{Reason, Request},
};
use crate::id::{Id, Location};

/// How places are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Rule {
    /// The channel's order of places.
    Priority,
    /// The place that serves the buyer's zone at the lowest rank.
    NearestZone,
    /// The place that has the most free units of what is ordered.
    MostStock,
    /// As few parcels as possible.
    FewestParcels,
    /// The place that handles a parcel to the buyer's zone at the lowest cost.
    LowestCost,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 5] =
        [Self::Priority, Self::NearestZone, Self::MostStock, Self::FewestParcels, Self::LowestCost];

    /// Its code in the database and in facts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Priority => "PRIORITY",
            Self::NearestZone => "NEAREST_ZONE",
            Self::MostStock => "MOST_STOCK",
            Self::FewestParcels => "FEWEST_PARCELS",
            Self::LowestCost => "LOWEST_COST",
        }
    }

    /// The rule of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }
}

/// By which rules a channel chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules, the most important first, none twice.
    pub rules: Vec<Rule>,
    /// Whether an order may ship from several places.
    pub allow_split: bool,
}

/// How a channel chooses that said nothing.
impl Default for Policy {
    fn default() -> Self {
        Self { rules: vec![Rule::Priority], allow_split: true }
    }
}

/// How far a place is from a buyer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The rank at which it serves the buyer's zone, the nearest lowest; none if it does not.
    pub rank: Option<i64>,
    /// What a parcel to that zone costs it; none if nobody said.
    pub cost: Option<i64>,
}

/// A place that may serve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub location: Id<Location>,
    /// Its place in the channel's order, the preferred lowest.
    pub priority: usize,
    /// How far it is.
    pub reach: Reach,
    /// Units of each good that it can promise; what is below zero counts as none.
    pub free: Vec<i64>,
}

impl Candidate {
    fn stock(&self) -> i64 {
        self.free.iter().fold(0, |sum, free| sum.saturating_add((*free).max(0)))
    }
}

/// What is wanted for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// Which good: its place in [`Candidate::free`].
    pub good: usize,
    /// Units, above zero.
    pub quantity: i64,
}

/// Units of a line that a place gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which of the wants.
    pub want: usize,
    /// The place.
    pub location: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// Why this place.
    pub reason: Reason,
}

/// Why nothing is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsourced {
    /// All places together have too few: of which wants, and how many there are.
    Short(Vec<(usize, i64)>),
    /// Several places could serve together, and the channel does not split.
    NoSinglePlace,
}

/// Chooses which place gives how many units of what is wanted: all of it, or nothing and why.
pub fn source(policy: &Policy, places: &[Candidate], wants: &[Want]) -> Result<Vec<Part>, Unsourced> {
    if wants.is_empty() {
        return Ok(Vec::new());
    }
    let mut ranked: Vec<_> = places.iter().collect();
    ranked.sort_by(|a, b| order(&policy.rules, a, b));
    enough(&ranked, wants)?;
    let taken = if policy.allow_split {
        split(&policy.rules, &ranked, wants)
    } else {
        let one = ranked.iter().find_map(|place| serve(&[place], wants, None));
        Some(one.ok_or(Unsourced::NoSinglePlace)?)
    };
    let request = Request { policy, ranked: &ranked, wants };
    let part = |(want, place, quantity): Take<'_>| {
        Some(Part { want, location: place.location, quantity, reason: request.reason(want, place)? })
    };
    Ok(taken.into_iter().flatten().filter_map(part).collect())
}

/// Units of a want that a place gives.
pub(super) type Take<'p> = (usize, &'p Candidate, i64);

/// Whether all places together have what is wanted.
fn enough(places: &[&Candidate], wants: &[Want]) -> Result<(), Unsourced> {
    let mut short = Vec::new();
    for (index, want) in wants.iter().enumerate() {
        let earlier = wants.iter().take(index).filter(|other| other.good == want.good);
        let taken = earlier.fold(0_i64, |sum, other| sum.saturating_add(other.quantity));
        let there = places.iter().fold(0_i64, |sum, place| sum.saturating_add(free(place, want.good)));
        let left = there.saturating_sub(taken).max(0);
        if left < want.quantity {
            short.push((index, left));
        }
    }
    if short.is_empty() { Ok(()) } else { Err(Unsourced::Short(short)) }
}

/// Units of a good that a place can promise.
pub(super) fn free(place: &Candidate, good: usize) -> i64 {
    place.free.get(good).copied().unwrap_or_default().max(0)
}

fn split<'p>(rules: &[Rule], ranked: &[&'p Candidate], wants: &[Want]) -> Option<Vec<Take<'p>>> {
    let Some(at) = rules.iter().position(|rule| *rule == Rule::FewestParcels) else {
        return serve(ranked, wants, None);
    };
    let before = rules.get(..at).unwrap_or_default();
    let near: Vec<_> = wants.iter().map(|want| nearest(before, ranked, *want)).collect();
    parcels::fewest(ranked, wants, &near).or_else(|| serve(ranked, wants, None))
}

/// The places that a want may come from without breaking the rules before `FEWEST_PARCELS`: those that are no worse
/// by them than the best that has all of it, or than the last that is needed if none has.
fn nearest(before: &[Rule], ranked: &[&Candidate], want: Want) -> BTreeSet<Id<Location>> {
    let has_all = |place: &&&Candidate| want.quantity <= free(place, want.good);
    let mut sum = 0_i64;
    let last = ranked.iter().find(has_all).or_else(|| {
        ranked.iter().find(|place| {
            sum = sum.saturating_add(free(place, want.good));
            want.quantity <= sum
        })
    });
    let alike = |place: &&&Candidate| last.is_none_or(|last| by(before, place, last) != Ordering::Greater);
    ranked.iter().filter(alike).map(|place| place.location).collect()
}

/// Gives each want what it needs of these places, the preferred first: all of it from one that has it, else from
/// several. Of each want only from the places that it `may` come from, if that is said. `None` if they have too few.
pub(super) fn serve<'p>(
    places: &[&'p Candidate],
    wants: &[Want],
    may: Option<&[BTreeSet<Id<Location>>]>,
) -> Option<Vec<Take<'p>>> {
    let mut taken: Vec<Take<'p>> = Vec::new();
    let mut gone: BTreeMap<(Id<Location>, usize), i64> = BTreeMap::new();
    for (index, want) in wants.iter().enumerate() {
        let may = may.and_then(|may| may.get(index));
        let open = places.iter().filter(|place| may.is_none_or(|may| may.contains(&place.location)));
        let left = |place: &&'p Candidate| {
            let gone = gone.get(&(place.location, want.good)).copied().unwrap_or_default();
            (*place, free(place, want.good).saturating_sub(gone))
        };
        let there: Vec<_> = open.map(left).collect();
        let whole = there.iter().find(|(_, left)| want.quantity <= *left);
        let from = whole.map_or(there.as_slice(), std::slice::from_ref);
        let mut missing = want.quantity;
        for (place, left) in from {
            let part = missing.min(*left);
            if 0 < part {
                missing = missing.saturating_sub(part);
                let gone = gone.entry((place.location, want.good)).or_default();
                *gone = gone.saturating_add(part);
                taken.push((index, place, part));
            }
        }
        if 0 < missing {
            return None;
        }
    }
    Some(taken)
}

/// The better of two places first.
pub(super) fn order(rules: &[Rule], a: &Candidate, b: &Candidate) -> Ordering {
    by(rules, a, b).then(a.priority.cmp(&b.priority)).then(a.location.cmp(&b.location))
}

fn by(rules: &[Rule], a: &Candidate, b: &Candidate) -> Ordering {
    rules.iter().fold(Ordering::Equal, |so_far, rule| so_far.then_with(|| compare(*rule, a, b)))
}

/// The better of two places by one rule first. What nobody said of a place is worse than whatever is said of others.
pub(super) fn compare(rule: Rule, a: &Candidate, b: &Candidate) -> Ordering {
    let said = |of: Option<i64>| (of.is_none(), of);
    match rule {
        Rule::Priority => a.priority.cmp(&b.priority),
        Rule::NearestZone => said(a.reach.rank).cmp(&said(b.reach.rank)),
        Rule::MostStock => Reverse(a.stock()).cmp(&Reverse(b.stock())),
        Rule::LowestCost => said(a.reach.cost).cmp(&said(b.reach.cost)),
        Rule::FewestParcels => Ordering::Equal,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::fulfilment::reason::{Because, Verdict};

    const fn at(n: u128) -> Id<Location> {
        Id::new(Uuid::from_u128(n))
    }

    fn place(n: u32, free: &[i64]) -> Candidate {
        let priority = usize::try_from(n).unwrap();
        Candidate { location: at(n.into()), priority, reach: Reach::default(), free: free.to_vec() }
    }

    fn wants(quantities: &[i64]) -> Vec<Want> {
        quantities.iter().enumerate().map(|(good, quantity)| Want { good, quantity: *quantity }).collect()
    }

    fn by(rules: &[Rule]) -> Policy {
        Policy { rules: rules.to_vec(), allow_split: true }
    }

    /// Of which want, from where, how many, because of what.
    fn told(found: Result<Vec<Part>, Unsourced>) -> Vec<(usize, u128, i64, Because)> {
        let parts = found.unwrap().into_iter();
        parts.map(|part| (part.want, part.location.uuid().as_u128(), part.quantity, part.reason.because)).collect()
    }

    #[test]
    fn without_a_word_each_line_ships_from_the_first_place_that_has_all_of_it() {
        let places = [place(0, &[2, 5]), place(1, &[3, 5]), place(2, &[9, 0])];
        let found = source(&Policy::default(), &places, &wants(&[4, 1]));
        assert_eq!(told(found), [(0, 2, 4, Because::OnlyPlace), (1, 0, 1, Because::Priority)]);
        let torn = source(&Policy::default(), &places, &wants(&[12]));
        let because = Because::Split;
        assert_eq!(told(torn), [(0, 0, 2, because), (0, 1, 3, because), (0, 2, 7, because)]);
    }

    #[test]
    fn a_shortage_names_each_want_and_what_there_is() {
        let places = [place(0, &[2, 5, -4]), place(1, &[3, 0, 1])];
        let short = source(&Policy::default(), &places, &wants(&[6, 5, 2])).unwrap_err();
        assert_eq!(short, Unsourced::Short(vec![(0, 5), (2, 1)]));
        let same = [Want { good: 1, quantity: 3 }, Want { good: 1, quantity: 3 }];
        assert_eq!(source(&by(&[Rule::FewestParcels]), &places, &same), Err(Unsourced::Short(vec![(1, 2)])));
    }

    #[test]
    fn each_rule_chooses_its_place_and_says_so() {
        let mut places = [place(0, &[5]), place(1, &[9]), place(2, &[6]), place(3, &[7])];
        places[2].reach.rank = Some(1);
        places[3].reach.cost = Some(900);
        for (rules, location, because) in [
            (vec![Rule::Priority], 0, Because::Priority),
            (vec![Rule::MostStock], 1, Because::MostStock),
            (vec![Rule::NearestZone, Rule::MostStock], 2, Because::NearestZone),
            (vec![Rule::LowestCost], 3, Because::LowestCost),
            (vec![], 0, Because::Priority),
        ] {
            assert_eq!(told(source(&by(&rules), &places, &wants(&[5]))), [(0, location, 5, because)], "{rules:?}");
        }
    }

    #[test]
    fn the_next_rule_breaks_the_ties_of_the_one_before() {
        let mut places = [place(0, &[9]), place(1, &[5]), place(2, &[7])];
        for (index, cost) in [(0, 500), (1, 200), (2, 200)] {
            places[index].reach.cost = Some(cost);
        }
        let found = source(&by(&[Rule::LowestCost, Rule::MostStock]), &places, &wants(&[5]));
        assert_eq!(told(found), [(0, 2, 5, Because::MostStock)]);
        let found = source(&by(&[Rule::LowestCost]), &places, &wants(&[5]));
        assert_eq!(told(found), [(0, 1, 5, Because::Priority)], "the channel's order breaks what is left");
    }

    #[test]
    fn fewest_parcels_looks_at_the_whole_order() {
        let places = [place(0, &[1, 0, 1]), place(1, &[0, 1, 1]), place(2, &[1, 1, 1])];
        let found = source(&by(&[Rule::FewestParcels]), &places, &wants(&[1, 1, 1]));
        let because = Because::FewestParcels;
        assert_eq!(told(found), [(0, 2, 1, because), (1, 2, 1, because), (2, 2, 1, because)]);
        let three = source(&Policy::default(), &places, &wants(&[1, 1, 1]));
        assert_eq!(told(three).iter().map(|part| part.1).collect::<Vec<_>>(), [0, 1, 0]);
    }

    #[test]
    fn fewest_parcels_chooses_among_places_that_are_alike_before_it() {
        let mut places = [place(0, &[1, 1]), place(1, &[1, 0]), place(2, &[0, 1]), place(3, &[1, 1])];
        for (index, rank) in [(0, 9), (1, 1), (2, 1), (3, 1)] {
            places[index].reach.rank = Some(rank);
        }
        let found = source(&by(&[Rule::NearestZone, Rule::FewestParcels]), &places, &wants(&[1, 1]));
        assert_eq!(told(found).iter().map(|part| part.1).collect::<Vec<_>>(), [3, 3], "not the far one");
    }

    #[test]
    fn what_does_not_split_ships_from_one_place_or_not_at_all() {
        let one = Policy { allow_split: false, ..Policy::default() };
        let places = [place(0, &[5, 0]), place(1, &[0, 5]), place(2, &[3, 3])];
        let found = told(source(&one, &places, &wants(&[3, 3])));
        assert_eq!(found.iter().map(|part| part.1).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(source(&one, &places, &wants(&[4, 1])), Err(Unsourced::NoSinglePlace));
        assert_eq!(source(&one, &places, &wants(&[9, 1])), Err(Unsourced::Short(vec![(0, 8)])));
    }

    #[test]
    fn who_wants_nothing_gets_nothing_even_of_no_place() {
        let one = Policy { allow_split: false, ..Policy::default() };
        assert_eq!(source(&one, &[], &[]), Ok(vec![]));
    }

    #[test]
    fn a_reason_tells_what_became_of_each_place() {
        let places = [place(0, &[2]), place(1, &[0]), place(2, &[4]), place(3, &[5])];
        let found = source(&Policy::default(), &places, &wants(&[4])).unwrap();
        let considered: Vec<_> = found[0].reason.considered.iter().map(|one| (one.free, one.verdict)).collect();
        let verdicts = [(2, Verdict::TooFew), (0, Verdict::NothingFree), (4, Verdict::Chosen), (5, Verdict::Later)];
        assert_eq!(considered, verdicts);
    }

    /// The fewest places that together have all that is wanted, by trying every set.
    fn brute_force(places: &[Candidate], wants: &[Want]) -> u32 {
        let n = u32::try_from(places.len()).unwrap();
        let serves = |set: &u32| {
            wants.iter().all(|want| {
                let wanted: i64 = wants.iter().filter(|one| one.good == want.good).map(|one| one.quantity).sum();
                let chosen = places.iter().enumerate().filter(|(index, _)| set & (1 << index) != 0);
                wanted <= chosen.map(|(_, place)| free(place, want.good)).sum()
            })
        };
        (0..1_u32 << n).filter(serves).map(u32::count_ones).min().unwrap()
    }

    fn any_places() -> impl Strategy<Value = Vec<Candidate>> {
        let said = || prop::option::of(0_i64..3);
        let reach = (said(), said()).prop_map(|(rank, cost)| Reach { rank, cost });
        let one = (reach, prop::collection::vec(-2_i64..8, 3));
        prop::collection::vec(one, 0..6).prop_map(|all| {
            let place = |(n, (reach, free)): (u32, (Reach, Vec<i64>))| Candidate { reach, ..place(n, &free) };
            (0..).zip(all).map(place).collect()
        })
    }

    fn any_wants() -> impl Strategy<Value = Vec<Want>> {
        prop::collection::vec((0_usize..3, 1_i64..9).prop_map(|(good, quantity)| Want { good, quantity }), 1..4)
    }

    fn any_policy() -> impl Strategy<Value = Policy> {
        let rules = prop::sample::subsequence(Rule::ALL.to_vec(), 0..=5).prop_shuffle();
        (rules, any::<bool>()).prop_map(|(rules, allow_split)| Policy { rules, allow_split })
    }

    fn n_places(parts: &[Part]) -> u32 {
        u32::try_from(parts.iter().map(|part| part.location).collect::<BTreeSet<_>>().len()).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_given_is_what_was_wanted_and_was_free(
            policy in any_policy(), places in any_places(), wants in any_wants(),
        ) {
            match source(&policy, &places, &wants) {
                Ok(parts) => {
                    for (index, want) in wants.iter().enumerate() {
                        let given = parts.iter().filter(|part| part.want == index).map(|part| part.quantity);
                        prop_assert_eq!(given.sum::<i64>(), want.quantity);
                    }
                    for place in &places {
                        for good in 0..3 {
                            let of = |part: &&Part| part.location == place.location && wants[part.want].good == good;
                            let given: i64 = parts.iter().filter(of).map(|part| part.quantity).sum();
                            prop_assert!(given <= free(place, good));
                        }
                    }
                    prop_assert!(parts.iter().all(|part| 0 < part.quantity));
                    prop_assert!(policy.allow_split || n_places(&parts) == 1);
                }
                Err(Unsourced::NoSinglePlace) => {
                    prop_assert!(!policy.allow_split);
                    prop_assert!(1 < brute_force(&places, &wants));
                }
                Err(Unsourced::Short(short)) => prop_assert!(!short.is_empty()),
            }
        }

        #[test]
        fn the_order_in_which_places_are_told_makes_no_difference(
            policy in any_policy(), places in any_places(), wants in any_wants(), turn in 0_usize..6,
        ) {
            let mut turned = places.clone();
            turned.rotate_left(turn.min(places.len()));
            let mut reversed = places.clone();
            reversed.reverse();
            let found = source(&policy, &places, &wants);
            prop_assert_eq!(&source(&policy, &turned, &wants), &found);
            prop_assert_eq!(&source(&policy, &reversed, &wants), &found);
        }

        #[test]
        fn fewest_parcels_are_the_fewest_there_can_be(
            places in any_places(), wants in any_wants(), then in any_policy(),
        ) {
            let others = then.rules.into_iter().filter(|rule| *rule != Rule::FewestParcels);
            let rules = std::iter::once(Rule::FewestParcels).chain(others).collect();
            if let Ok(parts) = source(&Policy { rules, allow_split: true }, &places, &wants) {
                prop_assert_eq!(n_places(&parts), brute_force(&places, &wants));
            }
        }

        #[test]
        fn with_more_places_than_are_tried_all_is_served_still(
            free in prop::collection::vec(prop::collection::vec(0_i64..4, 2), 11..16), wanted in 1_i64..9,
        ) {
            let places: Vec<_> = (0..).zip(&free).map(|(n, free)| place(n, free)).collect();
            let wants = wants(&[wanted, 1]);
            match source(&by(&[Rule::FewestParcels]), &places, &wants) {
                Ok(parts) => prop_assert_eq!(parts.iter().map(|part| part.quantity).sum::<i64>(), wanted + 1),
                Err(refused) => prop_assert!(matches!(refused, Unsourced::Short(_))),
            }
        }
    }
}
