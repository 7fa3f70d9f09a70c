//! Business dates: days of the shop's calendar.

use std::time::Duration;

use serde::{Serialize, Serializer};
use time::Month;

use crate::time::Instant;

/// Asia/Riyadh is three hours ahead of UTC, in summer and in winter.
const AHEAD: Duration = Duration::from_hours(3);

const MILLIS_A_DAY: i64 = 86_400_000;

/// The Julian day of 1970-01-01.
const EPOCH: i64 = 2_440_588;

/// A day of the calendar in Riyadh: how many days it is since 1970-01-01.
///
/// An integer, so that both databases order days alike, and promises can be reckoned in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i64);

impl Date {
    /// The day so many days after 1970-01-01.
    pub const fn from_days(days: i64) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub const fn days(self) -> i64 {
        self.0
    }

    /// The day it is in Riyadh at an instant.
    pub fn of(at: Instant) -> Self {
        Self(at.plus(AHEAD).millis().div_euclid(MILLIS_A_DAY))
    }

    /// So many days later; the last representable one on overflow.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Reads ISO 8601 text such as `2026-11-20`.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 10 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
        let mut parts = text.split('-').filter(|_| is_plain);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if (year.len(), month.len(), parts.next()) != (4, 2, None) {
            return None;
        }
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        let date = time::Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()?;
        Some(Self(i64::from(date.to_julian_day()).saturating_sub(EPOCH)))
    }

    /// ISO 8601 text; empty beyond the calendar.
    pub fn iso(self) -> String {
        let day = i32::try_from(self.0.saturating_add(EPOCH)).ok();
        let date = day.and_then(|day| time::Date::from_julian_day(day).ok());
        date.map(|date| date.to_string()).unwrap_or_default()
    }
}

/// A time of the week in Riyadh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The day of the week: 0 for Sunday to 6 for Saturday.
    pub weekday: u8,
    /// The minute of the day, from 0.
    pub minute: u16,
}

impl Clock {
    /// The time that it is in Riyadh at an instant.
    pub fn of(at: Instant) -> Self {
        let millis = at.plus(AHEAD).millis().rem_euclid(MILLIS_A_DAY);
        // 1970-01-01 was a Thursday.
        let weekday = Date::of(at).0.rem_euclid(7).saturating_add(4).rem_euclid(7);
        Self {
            weekday: u8::try_from(weekday).unwrap_or_default(),
            minute: u16::try_from(millis.div_euclid(60_000)).unwrap_or_default(),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.iso())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_begins_in_riyadh_three_hours_before_it_does_in_greenwich() {
        let day = |text| Date::of(Instant::parse(text).unwrap()).iso();
        assert_eq!(day("2026-02-28T20:59:59Z"), "2026-02-28");
        assert_eq!(day("2026-02-28T21:00:00Z"), "2026-03-01");
        assert_eq!(day("1969-12-31T20:00:00Z"), "1969-12-31");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in ["", "2026-02-30", "2026-1-01", "20261-1-1", "2026-01-01T00:00:00Z", "2026-W01-1", "2026-001", "x"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(Date::parse("1970-01-02"), Some(Date::from_days(1)));
    }

    proptest! {
        #[test]
        fn a_day_reads_back_what_it_wrote(days in -20_000_i64..40_000) {
            let day = Date::from_days(days);
            prop_assert_eq!(Date::parse(&day.iso()), Some(day));
        }
    }
}
