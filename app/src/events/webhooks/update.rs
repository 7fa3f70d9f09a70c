//! Somebody outside is to be told of other events, or elsewhere.

use domain::{
    events::{address, types::Types, webhook::WebhookEvent},
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
    invalid::{Check, Invalid},
    text,
    time::Instant,
};
use entity::events::webhook;
use serde::Serialize;
use store::{Fault, Once};

use super::{WebhookError, create::NAME_MAX, rows, shape};
use crate::cx::{Cx, Permit};

/// What to change of a webhook. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct Update {
    /// The webhook.
    pub webhook: Id<Webhook>,
    /// What people call it.
    pub name: Option<String>,
    /// Where events are sent.
    pub url: Option<String>,
    /// What it is told of; none is all.
    pub types: Option<Vec<String>>,
    /// Whether it is told.
    pub is_enabled: Option<bool>,
    /// The query that shapes what it is sent; if it is blank, events are sent as they are.
    pub payload_query: Option<String>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What a webhook was, for the audit trail. Its address is not told: it can bear secrets.
#[derive(Serialize)]
struct Was {
    name: String,
    types: Types,
    enabled: bool,
    payload_query: Option<String>,
}

/// What to change, parsed.
struct Changes {
    name: Option<String>,
    url: Option<String>,
    types: Option<Types>,
    payload_query: Option<String>,
}

/// Changes a webhook. One that is switched on again is told of what happens from then on, and what was not sent yet is
/// sent; it is tried at once although it failed before. Who sets the address or the query is the one in whose name the
/// query is run from then on: nobody has it sent to themselves in the name of others. Emits `webhook.updated`.
pub async fn update(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Update) -> Result<Id<Webhook>, WebhookError> {
    let changes = parse(cx, &input).await?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let before = rows::webhook(tx, input.webhook).await?.ok_or(WebhookError::NotFound)?;
        let stored: Types = serde_json::from_str(&before.types).map_err(Fault::new)?;
        let (enabled, types) =
            (input.is_enabled.unwrap_or(before.is_enabled), changes.types.unwrap_or_else(|| stored.clone()));
        let was = Was {
            name: before.name.clone(),
            types: stored.clone(),
            enabled: before.is_enabled,
            payload_query: before.payload_query.clone(),
        };
        let (name, url) = (changes.name.unwrap_or(before.name), changes.url.unwrap_or(before.url.clone()));
        let (moved, asked) = (url != before.url, input.payload_query.is_some());
        let payload_query = if asked { changes.payload_query } else { before.payload_query };
        let mut update = rows::change(tx, before.id, Some(input.expected_version.unwrap_or(before.version)))
            .set(webhook::Column::Name, name.as_str())
            .set(webhook::Column::Url, url)
            .set(webhook::Column::Types, serde_json::to_string(&types).map_err(Fault::new)?)
            .set(webhook::Column::IsEnabled, enabled)
            .set(webhook::Column::PayloadQuery, payload_query.clone());
        if moved || asked {
            update = update.set(webhook::Column::AccountId, cx.caller().account);
        }
        if enabled && !before.is_enabled {
            update = update.set(webhook::Column::Heard, tx.reach().await?.last);
        }
        if moved || (enabled && !before.is_enabled) {
            update = update.set(webhook::Column::Failures, 0).set(webhook::Column::ClosedUntil, None::<Instant>);
        }
        if update.run().await? == 0 {
            return Err(WebhookError::Stale);
        }
        let (webhook, at) = (before.id, tx.now());
        let updated = WebhookEvent::Updated { webhook, name, types, enabled, moved, payload_query, at };
        tx.emit_change(&was, &updated).await?;
        Ok(before.id)
    })
    .await
}

async fn parse(cx: &Cx, input: &Update) -> Result<Changes, Invalid> {
    let mut check = Check::default();
    let name = input.name.as_ref().map(|name| check.field("name", text::line(name, NAME_MAX)));
    let networks = &cx.app().settings.webhook_networks;
    let url = input.url.as_ref().map(|url| check.field("url", address::endpoint(url, networks)));
    let types = input.types.as_ref().map(|types| check.field("types", Types::parse(types)));
    let payload_query = shape::query(cx, input.payload_query.as_deref().unwrap_or_default()).await;
    let payload_query = check.field("payloadQuery", payload_query).flatten();
    // What was wrong is noted; what is not said is nothing.
    let (name, url) = (name.flatten(), url.flatten().map(String::from));
    check.done(Some(Changes { name, url, types: types.flatten(), payload_query }))
}
