//! A webhook gets another secret.

use std::time::Duration;

use domain::{
    events::webhook::WebhookEvent,
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
};
use entity::events::webhook;
use store::Once;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// How long the secret before signs too.
const OVERLAP: Duration = Duration::from_hours(24);

/// A webhook whose secret is to be another.
#[derive(Clone, Debug)]
pub struct Rotate {
    /// The webhook.
    pub webhook: Id<Webhook>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Gives a webhook a new secret. For a day, the one before signs as well. Emits `webhook.secret_rotated`.
pub async fn rotate(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Rotate) -> Result<Id<Webhook>, WebhookError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let found = rows::webhook(tx, input.webhook).await?.ok_or(WebhookError::NotFound)?;
        let update = rows::change(tx, found.id, Some(input.expected_version.unwrap_or(found.version)))
            .set(webhook::Column::Salt, tx.new_id::<Webhook>().uuid())
            .set(webhook::Column::PreviousSalt, Some(found.salt))
            .set(webhook::Column::PreviousUntil, Some(tx.now().plus(OVERLAP)));
        if update.run().await? == 0 {
            return Err(WebhookError::Stale);
        }
        tx.emit(&WebhookEvent::SecretRotated { webhook: found.id, at: tx.now() }).await?;
        Ok(found.id)
    })
    .await
}
