//! Seeing whether a webhook works.

use domain::{
    events::{
        retry::PATIENCE,
        webhook::{DeliveryState, TESTED, WebhookEvent},
    },
    id::{Id, Webhook, WebhookDelivery},
    identity::permission::proof::ManageWebhooks,
};
use entity::events::webhook_delivery;
use sea_orm::Set;
use store::Once;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// A webhook to try.
#[derive(Clone, Debug)]
pub struct Test {
    /// The webhook.
    pub webhook: Id<Webhook>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Sends a webhook an event of its own, also if it is off. Emits `webhook.tested`.
pub async fn test(cx: &Cx, _may: &Permit<ManageWebhooks>, input: Test) -> Result<Id<WebhookDelivery>, WebhookError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let webhook = rows::webhook(tx, input.webhook).await?.ok_or(WebhookError::NotFound)?;
        let (event, sequence) =
            tx.emitted(tx.stamp(), &WebhookEvent::Tested { webhook: webhook.id, at: tx.now() }).await?;
        let id = tx.new_id();
        let row = webhook_delivery::ActiveModel {
            id: Set(id),
            webhook_id: Set(webhook.id),
            event_id: Set(event),
            aggregate_id: Set(webhook.id.uuid()),
            sequence: Set(sequence),
            name: Set(TESTED.to_owned()),
            state: Set(DeliveryState::Pending.code().to_owned()),
            due_at: Set(tx.now()),
            expires_at: Set(tx.now().plus(PATIENCE)),
            created_at: Set(tx.now()),
            is_shaped: Set(webhook.payload_query.is_some()),
            ..Default::default()
        };
        tx.insert(row).await?;
        Ok(id)
    })
    .await
}
