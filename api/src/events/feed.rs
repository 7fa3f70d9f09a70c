//! The feed of events.

use async_graphql::{ID, Json, SimpleObject};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use store::Recorded;

use crate::graphql::scalar::DateTime;

/// Something that happened. Its id is the same on every way by which you hear of it.
#[derive(SimpleObject, Clone, Debug)]
pub struct Event {
    /// Its id: what to tell repetitions by.
    pub id: ID,
    /// What happened, such as `order.placed`.
    #[graphql(name = "type")]
    pub name: String,
    /// When.
    pub at: DateTime,
    /// The version of the payload's form: higher once fields were added.
    pub schema_version: i32,
    /// Its number among the events of its record, from 1 on and without gaps.
    pub sequence: i64,
    /// The id of the record that it is about.
    pub aggregate: ID,
    /// Who did it: an account's id, `guest` or `system`.
    pub actor: String,
    /// The id of the request in which everything began that led to it.
    pub correlation_id: String,
    /// What led to it: the id of a request or of an event.
    pub cause: String,
    /// What there is to know of it: an object whose fields depend on `type`.
    pub payload: Json<serde_json::Value>,
}

/// A part of the feed of events, in order.
#[derive(SimpleObject, Clone, Debug)]
pub struct EventFeed {
    /// The events, the oldest first. Those of one record are in their order.
    pub nodes: Vec<Event>,
    /// Where to go on: the next `after`, also if there were no events.
    pub end_cursor: String,
    /// Whether there are more already.
    pub has_next_page: bool,
}

impl From<Recorded> for Event {
    fn from(row: Recorded) -> Self {
        Self {
            id: ID(row.id.to_string()),
            name: row.name,
            at: DateTime(row.at),
            schema_version: row.schema_version,
            sequence: row.sequence,
            aggregate: ID(domain::id::display(&row.aggregate_kind, row.aggregate_id)),
            actor: row.actor,
            correlation_id: row.correlation_id,
            cause: row.cause,
            payload: Json(serde_json::from_str(&row.payload).unwrap_or_default()),
        }
    }
}

/// What cursors of the feed begin with, so that those of other lists are none.
const PREFIX: &str = "events:";

/// The cursor of a place in the feed.
pub(super) fn cursor(place: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{PREFIX}{place}"))
}

/// The place of a cursor; `None` if it is no cursor of the feed.
pub(super) fn place(cursor: &str) -> Option<i64> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    text.strip_prefix(PREFIX)?.parse().ok().filter(|place| 0 <= *place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        for at in [0, 1, i64::MAX] {
            assert_eq!(place(&cursor(at)), Some(at));
        }
        for wrong in ["", "x", "ZXZlbnRzOg", "ZXZlbnRzOi0x"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
