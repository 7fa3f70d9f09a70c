//! Entries of the audit trail.

use async_graphql::{ID, Json, SimpleObject};
use entity::audit::{entry, seal};

use crate::graphql::scalar::DateTime;

/// Who did what, to which record, when. Entries are never changed or removed.
#[derive(SimpleObject, Clone, Debug)]
pub struct AuditEntry {
    /// Its id.
    pub id: ID,
    /// Who: an account's id, `guest` or `system`.
    pub actor: String,
    /// What: the event's name, such as `order.cancelled`.
    pub action: String,
    /// What kind of record: the prefix of its ids.
    pub record_kind: String,
    /// The record's id.
    pub record: ID,
    /// What was before, in the form of `after`; none if that is not known, as it is known of changes of webhooks, of
    /// places, and of the days in which goods can be sent back. Of a move of an order, `after` tells it.
    pub before: Option<Json<serde_json::Value>>,
    /// The event's content.
    pub after: Json<serde_json::Value>,
    /// Why, in the words of who did it; none if nobody said.
    pub why: Option<String>,
    /// Its place in the chain of the audit trail; none until it is sealed, a moment after.
    pub position: Option<i64>,
    /// Its seal: the SHA-256 of the seal before and of all of the entry, in hexadecimal digits.
    pub seal: Option<String>,
    /// The request it was done in.
    pub request_id: String,
    /// When.
    pub at: DateTime,
}

impl AuditEntry {
    /// An entry and its seal.
    pub fn of(row: entry::Model, seal: Option<seal::Model>) -> Self {
        let after: serde_json::Value = serde_json::from_str(&row.after).unwrap_or_default();
        let before = row.before.and_then(|text| serde_json::from_str(&text).ok());
        Self {
            id: ID(row.id.to_string()),
            actor: row.actor,
            action: row.action,
            record: ID(domain::id::display(&row.record_kind, row.record_id)),
            record_kind: row.record_kind,
            before: before.map(Json),
            why: after.get("reason").and_then(serde_json::Value::as_str).map(str::to_owned),
            after: Json(after),
            position: seal.as_ref().map(|seal| seal.position),
            seal: seal.map(|seal| seal.hash),
            request_id: row.request_id,
            at: DateTime(row.at),
        }
    }
}
