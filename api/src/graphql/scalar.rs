//! Scalars of our own.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::{date, time::Instant};

/// A point in time: RFC 3339 text in UTC, such as `2026-11-20T10:00:00Z`.
#[derive(Clone, Copy, Debug)]
pub struct DateTime(pub Instant);

/// A point in time: RFC 3339 text in UTC, such as `2026-11-20T10:00:00Z`.
#[Scalar(specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let at = if let Value::String(text) = &value { Instant::parse(text) } else { None };
        at.map(Self).ok_or(InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.rfc3339())
    }
}

/// A day of the calendar in Riyadh: ISO 8601 text, such as `2026-11-20`.
#[derive(Clone, Copy, Debug)]
pub struct Date(pub date::Date);

/// A day of the calendar in Riyadh: ISO 8601 text, such as `2026-11-20`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let day = if let Value::String(text) = &value { date::Date::parse(text) } else { None };
        day.map(Self).ok_or(InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.iso())
    }
}
