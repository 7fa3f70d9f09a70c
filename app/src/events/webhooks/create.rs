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

use super::WebhookError;
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
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a webhook. It is told of what gets its place in the feed from now on. Emits `webhook.created`.
pub async fn create(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Create) -> Result<Id<Webhook>, WebhookError> {
    let (name, url, types) = parse(cx, &input)?;
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
            ..Default::default()
        };
        tx.insert(row).await?;
        tx.emit(&WebhookEvent::Created { webhook: id, name, types, enabled: input.is_enabled, at: tx.now() }).await?;
        Ok(id)
    })
    .await
}

fn parse(cx: &Cx, input: &Create) -> Result<(String, String, Types), Invalid> {
    let mut check = Check::default();
    let name = check.field("name", text::line(&input.name, NAME_MAX));
    let url = check.field("url", address::endpoint(&input.url, &cx.app().settings.webhook_networks));
    let types = check.field("types", Types::parse(&input.types));
    let parsed = name.zip(url).zip(types).map(|((name, url), types)| (name, url.into(), types));
    check.done(parsed)
}
