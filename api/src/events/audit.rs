//! Entries of the audit trail.

use async_graphql::{ID, Json, SimpleObject};
use entity::audit::entry;

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
    /// The event's content.
    pub after: Json<serde_json::Value>,
    /// The request it was done in.
    pub request_id: String,
    /// When.
    pub at: DateTime,
}

impl From<entry::Model> for AuditEntry {
    fn from(row: entry::Model) -> Self {
        Self {
            id: ID(row.id.to_string()),
            actor: row.actor,
            action: row.action,
            record: ID(domain::id::display(&row.record_kind, row.record_id)),
            record_kind: row.record_kind,
            after: Json(serde_json::from_str(&row.after).unwrap_or_default()),
            request_id: row.request_id,
            at: DateTime(row.at),
        }
    }
}
