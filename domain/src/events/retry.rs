//! When what did not arrive is sent again, and when it is no longer.

use std::time::Duration;

use crate::time::Instant;

/// How long a delivery is tried. Then it is dead, until somebody replays it.
pub const PATIENCE: Duration = Duration::from_hours(24);

/// The wait after the first attempt. Each further one is four times as long.
const FIRST: Duration = Duration::from_secs(5);

/// The longest wait.
const LONGEST: Duration = Duration::from_hours(4);

/// How many attempts in a row may fail until nothing is tried for a while.
const FAILURES: i32 = 5;

/// The shortest while in which nothing is tried. Each further one is twice as long.
const SHORTEST_REST: Duration = Duration::from_mins(1);

/// The longest while in which nothing is tried.
const LONGEST_REST: Duration = Duration::from_mins(30);

/// When to try again after so many tries, up to a tenth sooner or later as `chance` has it, so that those that failed
/// together do not come together. `None`: it is given up.
pub fn next(tries: i32, chance: u8, now: Instant, expires_at: Instant) -> Option<Instant> {
    let power = u32::try_from(tries.saturating_sub(1)).unwrap_or_default().min(20);
    let wait = FIRST.saturating_mul(4_u32.saturating_pow(power)).min(LONGEST);
    // From 90 to 110 percent.
    let parts = u32::from(chance).saturating_mul(200).checked_shr(8).unwrap_or_default().saturating_add(900);
    let wait = wait.saturating_mul(parts).checked_div(1000).unwrap_or(wait);
    Some(now.plus(wait)).filter(|at| *at <= expires_at)
}

/// Until when an address is left alone that failed so often in a row; `None`: it may be tried at once.
///
/// After that while one delivery is tried, and the others follow if it arrives.
pub fn closed_until(failures: i32, now: Instant) -> Option<Instant> {
    let beyond = failures.checked_sub(FAILURES).and_then(|beyond| u32::try_from(beyond).ok())?;
    Some(now.plus(SHORTEST_REST.saturating_mul(2_u32.saturating_pow(beyond.min(10))).min(LONGEST_REST)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Instant = Instant::from_millis(0);

    fn end() -> Instant {
        NOW.plus(PATIENCE)
    }

    #[test]
    fn waits_grow_to_four_hours_and_end_after_a_day() {
        let seconds = |tries| next(tries, 128, NOW, end()).map(|at| at.millis().div_euclid(1000));
        assert_eq!([1, 2, 3, 4, 5, 6, 7, 99].map(seconds), [5, 20, 80, 320, 1280, 5120, 14400, 14400].map(Some));
        let (mut now, mut tries) = (NOW, 0);
        while let Some(at) = next(tries + 1, 128, now, end()) {
            (now, tries) = (at, tries + 1);
        }
        assert_eq!(tries, 11, "and once before");
        assert!(Duration::from_hours(20) < Duration::from_millis(u64::try_from(now.millis()).unwrap()));
    }

    #[test]
    fn an_address_is_left_alone_after_five_failures() {
        let minutes = |failures| closed_until(failures, NOW).map(|at| at.millis().div_euclid(60_000));
        assert_eq!(
            [0, 1, 4, 5, 6, 9, 10, 99].map(minutes),
            [None, None, None, Some(1), Some(2), Some(16), Some(30), Some(30)]
        );
    }

    proptest! {
        #[test]
        fn a_wait_is_within_a_tenth_of_what_it_is_by_chance(tries in 1_i32..40, chance: u8) {
            let sure = next(tries, 128, NOW, end()).unwrap().millis();
            let at = next(tries, chance, NOW, end()).unwrap().millis();
            prop_assert!((sure * 9..=sure * 11).contains(&(at * 10)), "{at} {sure}");
            prop_assert_eq!(next(tries, chance, end(), end()), None);
        }
    }
}
