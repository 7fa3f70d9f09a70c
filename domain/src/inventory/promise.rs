//! Which places promise a line's units.
#![cfg_attr(not(test), deny(clippy::arithmetic_side_effects))]

/// Takes units of places: from the first that has them all, else from several, the preferred first. Tells of each
/// place that gives some how many; if all together have too few, takes nothing and tells how many they have.
///
/// `free` is what each place can still promise, the preferred first; a place that could promise less than nothing
/// gives nothing.
pub fn promise(free: &mut [i64], wanted: i64) -> Result<Vec<(usize, i64)>, i64> {
    if let Some((place, there)) = free.iter_mut().enumerate().find(|(_, there)| wanted <= **there) {
        *there = there.saturating_sub(wanted);
        return Ok(vec![(place, wanted)]);
    }
    let there = free.iter().fold(0_i64, |sum, there| sum.saturating_add((*there).max(0)));
    if there < wanted {
        return Err(there);
    }
    let mut missing = wanted;
    let mut taken = Vec::new();
    for (place, there) in free.iter_mut().enumerate() {
        let part = (*there).min(missing);
        if 0 < part {
            *there = there.saturating_sub(part);
            missing = missing.saturating_sub(part);
            taken.push((place, part));
        }
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_place_that_has_all_is_better_than_two_that_are_preferred() {
        let mut free = [2, 3, 9];
        assert_eq!(promise(&mut free, 4), Ok(vec![(2, 4)]));
        assert_eq!(free, [2, 3, 5]);
        assert_eq!(promise(&mut free, 7), Ok(vec![(0, 2), (1, 3), (2, 2)]));
        assert_eq!(promise(&mut free, 4), Err(3));
        assert_eq!(free, [0, 0, 3]);
    }

    proptest! {
        #[test]
        fn what_is_taken_is_what_was_wanted_and_was_there(
            before in prop::collection::vec(-3_i64..20, 0..6), wanted in 1_i64..60,
        ) {
            let mut after = before.clone();
            match promise(&mut after, wanted) {
                Ok(taken) => {
                    prop_assert_eq!(taken.iter().map(|(_, part)| part).sum::<i64>(), wanted);
                    for (place, part) in taken {
                        prop_assert!(0 < part && part <= before[place]);
                        prop_assert_eq!(after[place], before[place] - part);
                    }
                }
                Err(there) => {
                    prop_assert_eq!(there, before.iter().map(|there| (*there).max(0)).sum::<i64>());
                    prop_assert!(there < wanted);
                    prop_assert_eq!(before, after);
                }
            }
        }
    }
}
