//! Webhooks that come, change and go.

use std::time::Duration;

use serde_json::json;
use tests::shop::Shop;

use super::Recorder;
use crate::events::receiver::NOWHERE;

/// Webhooks that come, change and go.
pub async fn webhooks(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff("WEBHOOK_MANAGE");
    let new = json!({ "name": "ERP", "url": NOWHERE, "isEnabled": false });
    let made = sent.done(&staff, "webhookCreate", new, "webhook { id }").await["webhook"]["id"].take();
    let webhook = json!({ "webhook": made });
    sent.done(&staff, "webhookUpdate", json!({ "webhook": made, "name": "WMS" }), "").await;
    sent.done(&staff, "webhookSecretRotate", webhook.clone(), "").await;
    let tested = sent.done(&staff, "webhookTest", webhook.clone(), "delivery { id }").await;
    shop.later(Duration::from_hours(25));
    shop.work().await;
    sent.done(&staff, "webhookDeliveryReplay", json!({ "delivery": tested["delivery"]["id"] }), "").await;
    sent.done(&staff, "webhookDelete", webhook, "").await;
}
