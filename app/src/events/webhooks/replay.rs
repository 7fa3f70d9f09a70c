//! Sending a webhook once more what it was sent, or what was given up.

use domain::{
    events::{retry::PATIENCE, webhook::WebhookEvent},
    id::{Id, WebhookDelivery},
    identity::permission::proof::ManageWebhooks,
};
use store::Once;

use super::{WebhookError, rows};
use crate::cx::{Cx, Permit};

/// A delivery to send once more.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The delivery.
    pub delivery: Id<WebhookDelivery>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Has a delivery sent once more, with the same id, for as long as a new one would be tried. Emits
/// `webhook.delivery_replayed`.
pub async fn replay(
    cx: &Cx,
    _may: &Permit<ManageWebhooks>,
    input: Replay,
) -> Result<Id<WebhookDelivery>, WebhookError> {
    cx.write_once(input.once.as_ref(), async |tx| {
        let found = rows::delivery(tx, input.delivery).await?.ok_or(WebhookError::NoDelivery)?;
        if !rows::set_replayed(tx, found.id, tx.now().plus(PATIENCE)).await? {
            return Err(WebhookError::Waits);
        }
        let (webhook, delivery, at) = (found.webhook_id, found.id, tx.now());
        tx.emit(&WebhookEvent::DeliveryReplayed { webhook, delivery, at }).await?;
        Ok(found.id)
    })
    .await
}
