//! What webhooks and RabbitMQ are sent of an event: the same bytes at every attempt.

use domain::time::Instant;
use serde::Serialize;
use serde_json::Value;
use store::{Fault, Recorded};

use super::webhooks::Shaped;

/// The JSON of an event, as it is sent.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'e> {
    id: String,
    #[serde(rename = "type")]
    name: &'e str,
    timestamp: Instant,
    schema_version: i32,
    sequence: i64,
    aggregate: String,
    actor: &'e str,
    correlation_id: &'e str,
    cause: &'e str,
    data: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Value>,
}

/// The body of what tells of an event.
pub(super) fn body(event: &Recorded) -> Result<String, Fault> {
    let data = serde_json::from_str(&event.payload).map_err(Fault::new)?;
    shaped(event, Shaped { data, errors: None })
}

/// The same with other data: what a webhook asked for.
pub(super) fn shaped(event: &Recorded, shaped: Shaped) -> Result<String, Fault> {
    let body = Body {
        id: event.id.to_string(),
        name: &event.name,
        timestamp: event.at,
        schema_version: event.schema_version,
        sequence: event.sequence,
        aggregate: domain::id::display(&event.aggregate_kind, event.aggregate_id),
        actor: &event.actor,
        correlation_id: &event.correlation_id,
        cause: &event.cause,
        data: shaped.data,
        errors: shaped.errors,
    };
    serde_json::to_string(&body).map_err(Fault::new)
}
