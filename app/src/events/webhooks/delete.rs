//! Somebody outside is told no more.

use domain::{
    events::webhook::WebhookEvent,
    id::{Id, Webhook},
    identity::permission::proof::ManageWebhooks,
};
use entity::events::webhook;
use sea_orm::{ColumnTrait, QueryFilter};
use store::Once;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// A webhook to remove.
#[derive(Clone, Debug)]
pub struct Delete {
    /// The webhook.
    pub webhook: Id<Webhook>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Removes a webhook with its deliveries, sent or not. Emits `webhook.deleted`.
pub async fn delete(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Delete) -> Result<Id<Webhook>, WebhookError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let found = rows::webhook(tx, input.webhook).await?.ok_or(WebhookError::NotFound)?;
        let version = input.expected_version.unwrap_or(found.version);
        let removed = tx.delete::<webhook::Entity>().by(found.id).filter(webhook::Column::Version.eq(version));
        if removed.run().await? == 0 {
            return Err(WebhookError::Stale);
        }
        tx.emit(&WebhookEvent::Deleted { webhook: found.id, at: tx.now() }).await?;
        Ok(found.id)
    })
    .await
}
