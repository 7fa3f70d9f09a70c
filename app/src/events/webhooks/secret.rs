//! The secrets of webhooks. None is stored: each is derived from the server's own and a salt that is.

use domain::{
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
    time::Instant,
};
use entity::events::webhook;
use integrations::standard_webhooks::Key;
use uuid::Uuid;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// Signs what is sent to one webhook.
pub(super) struct Signer {
    keys: Vec<Key>,
}

impl Signer {
    /// The signer of a webhook: with the secret before, too, while that is good.
    pub(super) fn of(cx: &Cx, webhook: &webhook::Model, now: Instant) -> Self {
        let previous = webhook.previous_salt.filter(|_| webhook.previous_until.is_some_and(|until| now < until));
        let salts = [Some(webhook.salt), previous];
        let keys = salts.into_iter().flatten().map(|salt| key(&cx.app().settings.secret, webhook.id, salt));
        Self { keys: keys.collect() }
    }

    /// The header `webhook-signature`: one signature for each secret.
    pub(super) fn sign(&self, id: &str, at_seconds: i64, body: &str) -> String {
        self.keys.iter().map(|key| key.sign(id, at_seconds, body)).collect::<Vec<_>>().join(" ")
    }
}

/// The secret of a webhook, for who set it up to keep.
pub async fn reveal(cx: &Cx, _may: &Permit<ManageWebhooks>, webhook: Id<Webhook>) -> Result<String, WebhookError> {
    let webhook = rows::webhook(&cx.read(), webhook).await?.ok_or(WebhookError::NotFound)?;
    Ok(key(&cx.app().settings.secret, webhook.id, webhook.salt).revealed())
}

/// The key of a webhook. Other keys that are derived from the server's secret sign something else.
fn key(secret: &str, webhook: Id<Webhook>, salt: Uuid) -> Key {
    Key::derived(secret, &format!("secret {salt} of {webhook}"))
}
