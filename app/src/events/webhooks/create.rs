//! Somebody outside is to be told of events.

use domain::{
    events::{address, types::Types, webhook::WebhookEvent},
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
    invalid::{Check, Invalid},
    text,
};
use entity::events::webhook;
use sea_orm::Set;
use store::{Fault, Once};

use super::{WebhookError, shape};
use crate::cx::{Cx, Permit};

/// The longest name of a webhook.
pub(super) const NAME_MAX: usize = 100;

/// A webhook to make.
#[derive(Clone, Debug)]
pub struct Create {
    /// What people call it.
    pub name: String,
    /// Where events are sent.
    pub url: String,
    /// What it is told of; none is all.
    pub types: Vec<String>,
    /// Whether it is told from now on.
    pub is_enabled: bool,
    /// The query that shapes what it is sent; of none, or a blank one, events are sent as they are.
    pub payload_query: Option<String>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a webhook. It is told of what gets its place in the feed from now on; its query is run in the caller's name.
/// Emits `webhook.created`.
pub async fn create(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Create) -> Result<Id<Webhook>, WebhookError> {
    let New { name, url, types, payload_query } = parse(cx, &input).await?;
    let stored = serde_json::to_string(&types).map_err(Fault::new)?;
    cx.write_once(input.once.as_ref(), async |tx| {
        let (id, heard) = (tx.new_id(), tx.reach().await?.last);
        let row = webhook::ActiveModel {
            id: Set(id),
            name: Set(name.clone()),
            url: Set(url),
            types: Set(stored),
            is_enabled: Set(input.is_enabled),
            salt: Set(tx.new_id::<Webhook>().uuid()),
            heard: Set(heard),
            created_at: Set(tx.now()),
            payload_query: Set(payload_query.clone()),
            account_id: Set(cx.caller().account),
            ..Default::default()
        };
        tx.insert(row).await?;
        let (enabled, at) = (input.is_enabled, tx.now());
        tx.emit(&WebhookEvent::Created { webhook: id, name, types, enabled, payload_query, at }).await?;
        Ok(id)
    })
    .await
}

/// What is made, parsed.
struct New {
    name: String,
    url: String,
    types: Types,
    payload_query: Option<String>,
}

async fn parse(cx: &Cx, input: &Create) -> Result<New, Invalid> {
    let mut check = Check::default();
    let name = check.field("name", text::line(&input.name, NAME_MAX));
    let url = check.field("url", address::endpoint(&input.url, &cx.app().settings.webhook_networks));
    let types = check.field("types", Types::parse(&input.types));
    let payload_query = shape::query(cx, input.payload_query.as_deref().unwrap_or_default()).await;
    let payload_query = check.field("payloadQuery", payload_query).flatten();
    let parsed = name.zip(url).zip(types);
    check.done(parsed.map(|((name, url), types)| New { name, url: url.into(), types, payload_query }))
}
