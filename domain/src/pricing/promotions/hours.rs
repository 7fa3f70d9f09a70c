//! When the hours of a condition come round.

use super::condition::Hours;
use crate::{date::Clock, pricing::validity::Validity};

const MINUTES_A_DAY: u32 = 1_440;
const MINUTES_A_WEEK: u32 = 7 * MINUTES_A_DAY;
const MILLIS_A_MINUTE: i64 = 60_000;

impl Hours {
    /// Whether some instant is in both.
    pub(super) fn meet(&self, other: &Self) -> bool {
        let others = other.spans();
        self.spans().iter().any(|(from, until)| others.iter().any(|(start, end)| from < end && start < until))
    }

    /// Whether some instant of a time is in them.
    pub(super) fn come_within(&self, time: Validity) -> bool {
        let (Some(from), Some(until)) = (time.from, time.until) else { return true };
        if until <= from {
            return false;
        }
        let Clock { weekday, minute } = Clock::of(from);
        let now = u32::from(weekday).saturating_mul(MINUTES_A_DAY).saturating_add(minute.into());
        let millis =
            until.millis().saturating_sub(from.millis().saturating_sub(from.millis().rem_euclid(MILLIS_A_MINUTE)));
        self.spans().into_iter().any(|(start, end)| {
            let is_now = (start..end).contains(&now);
            let ahead = start.saturating_add(MINUTES_A_WEEK).saturating_sub(now).rem_euclid(MINUTES_A_WEEK);
            is_now || i64::from(ahead).saturating_mul(MILLIS_A_MINUTE) < millis
        })
    }

    /// The minutes of the week that are in them: from, inclusive, and until, exclusive.
    fn spans(&self) -> Vec<(u32, u32)> {
        let days = if self.days.is_empty() { (0..7).collect() } else { self.days.clone() };
        let (from, until) = (u32::from(self.from), u32::from(self.until));
        let end = if from < until { until } else { until.saturating_add(MINUTES_A_DAY) };
        let mut spans = Vec::new();
        for day in days {
            let midnight = u32::from(day).saturating_mul(MINUTES_A_DAY);
            let (start, end) = (midnight.saturating_add(from), midnight.saturating_add(end));
            spans.push((start, end.min(MINUTES_A_WEEK)));
            // The night of Saturday ends on Sunday.
            spans.push((0, end.saturating_sub(MINUTES_A_WEEK)));
        }
        spans.retain(|(from, until)| from < until);
        spans
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Instant;

    fn any_hours() -> impl Strategy<Value = Hours> {
        let days = prop::collection::vec(0_u8..7, 0..3);
        (days, 0_u16..1_440, 0_u16..1_440).prop_map(|(days, from, until)| Hours { days, from, until })
    }

    /// Each minute of a week, from a Thursday on.
    fn week() -> impl Iterator<Item = Instant> {
        (0..i64::from(MINUTES_A_WEEK)).map(|minute| Instant::from_millis(minute * MILLIS_A_MINUTE))
    }

    #[test]
    fn a_weekend_has_no_hours_of_monday() {
        let monday = Hours { days: vec![1], from: 0, until: 1_439 };
        let at = |text| Instant::parse(text);
        let weekend = Validity { from: at("2026-11-20T00:00:00+03:00"), until: at("2026-11-23T00:00:00+03:00") };
        assert!(!monday.come_within(weekend));
        assert!(monday.come_within(Validity { until: at("2026-11-23T00:00:00.001+03:00"), ..weekend }));
        assert!(monday.come_within(Validity { until: None, ..weekend }));
        let night = Hours { days: vec![6], from: 1_320, until: 120 };
        assert!(
            night.come_within(Validity {
                from: at("2026-11-22T01:59:59+03:00"),
                until: at("2026-11-22T02:00:00+03:00")
            })
        );
        assert!(
            !night.come_within(Validity {
                from: at("2026-11-22T02:00:00+03:00"),
                until: at("2026-11-28T22:00:00+03:00")
            })
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn hours_meet_if_some_minute_is_in_both(one in any_hours(), other in any_hours()) {
            prop_assert_eq!(one.meet(&other), week().any(|at| one.hold(at) && other.hold(at)));
        }

        #[test]
        fn hours_come_within_a_time_if_some_instant_of_it_is_in_them(
            hours in any_hours(), from in 0_i64..2_000_000_000, minutes in 1_i64..9_000, millis in 0_i64..60_000,
        ) {
            let (from, until) = (Instant::from_millis(from), Instant::from_millis(from + minutes * MILLIS_A_MINUTE - millis));
            let time = Validity { from: Some(from), until: Some(until) };
            let floor = from.millis() - from.millis().rem_euclid(MILLIS_A_MINUTE);
            let whole = (1..=minutes + 1).map(|minute| Instant::from_millis(floor + minute * MILLIS_A_MINUTE));
            let instants = std::iter::once(from).chain(whole).filter(|at| *at < until);
            prop_assert_eq!(hours.come_within(time), instants.into_iter().any(|at| from < until && hours.hold(at)));
        }
    }
}
