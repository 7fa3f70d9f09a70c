//! Ids of events, of the audit trail and of webhooks.

use serde_json::json;

use super::{
    Read, Write,
    id_of::{delivery, event, order, webhook},
    none, null, read, write,
};

pub const READS: &[Read] = &[
    read(
        "Query.auditEntries.filter.record",
        order,
        "query ($id: ID!) { found: auditEntries(filter: { record: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read("Query.webhook.id", webhook, "query ($id: ID!) { found: webhook(id: $id) { id } }", null),
    read(
        "Query.webhookDeliveries.filter.webhook",
        webhook,
        "query ($id: ID!) { found: webhookDeliveries(filter: { webhook: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.webhookDeliveries.filter.event",
        event,
        "query ($id: ID!) { found: webhookDeliveries(filter: { event: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write("Mutation.webhookUpdate.input.webhook", webhook, |_, id| json!({ "webhook": id, "name": "Mine" }))
        .at(&["webhook"]),
    write("Mutation.webhookSecretRotate.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
    write("Mutation.webhookTest.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
    write("Mutation.webhookDeliveryReplay.input.delivery", delivery, |_, id| json!({ "delivery": id }))
        .at(&["delivery"]),
    write("Mutation.webhookDelete.input.webhook", webhook, |_, id| json!({ "webhook": id })).at(&["webhook"]),
];
