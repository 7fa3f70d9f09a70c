//! As few parcels as can be.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

use std::collections::BTreeSet;

use super::source::{Candidate, Take, Want, free, serve};
use crate::id::{Id, Location};

/// Up to so many places every set of them is tried; of more, places are added one by one, the most useful first, which
/// may take a parcel too many.
const TRIED: usize = 10;

/// Gives the wants what they need of as few places as can be, each of those that it may come from. Of equally small
/// sets that of the preferred places. `None` if that cannot be.
pub(super) fn fewest<'p>(
    ranked: &[&'p Candidate],
    wants: &[Want],
    may: &[BTreeSet<Id<Location>>],
) -> Option<Vec<Take<'p>>> {
    let gives = |place: &&&Candidate| wants.iter().any(|want| 0 < free(place, want.good));
    let useful: Vec<_> = ranked.iter().filter(gives).copied().collect();
    if useful.len() <= TRIED {
        return (0..=useful.len())
            .find_map(|n| try_sets(&useful, n, &mut Vec::new(), &|set| serve(set, wants, Some(may))));
    }
    greedy(&useful, wants, may)
}

/// What is made of the first set of `n` more places, in the order of the places.
fn try_sets<'p, T>(
    places: &[&'p Candidate],
    n: usize,
    set: &mut Vec<&'p Candidate>,
    make: &impl Fn(&[&'p Candidate]) -> Option<T>,
) -> Option<T> {
    let Some(n_more) = n.checked_sub(1) else { return make(set) };
    let mut rest = places;
    while let Some((first, others)) = rest.split_first() {
        if rest.len() < n {
            return None;
        }
        set.push(first);
        let found = try_sets(others, n_more, set, make);
        set.pop();
        if found.is_some() {
            return found;
        }
        rest = others;
    }
    None
}

fn greedy<'p>(useful: &[&'p Candidate], wants: &[Want], may: &[BTreeSet<Id<Location>>]) -> Option<Vec<Take<'p>>> {
    let units = |place: &Candidate| {
        let of = |(want, may): (&Want, &BTreeSet<_>)| {
            if may.contains(&place.location) { free(place, want.good).min(want.quantity) } else { 0 }
        };
        wants.iter().zip(may).map(of).fold(0, i64::saturating_add)
    };
    let mut by_use = useful.to_vec();
    by_use.sort_by_key(|place| std::cmp::Reverse(units(place)));
    let enough =
        (1..=by_use.len()).find(|n| serve(by_use.get(..*n).unwrap_or_default(), wants, Some(may)).is_some())?;
    let mut set: Vec<_> = by_use.into_iter().take(enough).collect();
    for place in useful.iter().rev() {
        let without: Vec<_> = set.iter().filter(|one| one.location != place.location).copied().collect();
        if serve(&without, wants, Some(may)).is_some() {
            set = without;
        }
    }
    let is_in = |place: &&&Candidate| set.iter().any(|one| one.location == place.location);
    let in_order: Vec<_> = useful.iter().filter(is_in).copied().collect();
    serve(&in_order, wants, Some(may))
}
