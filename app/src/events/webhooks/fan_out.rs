//! From the feed to deliveries: one for each webhook that wants to hear of an event.

use std::sync::Arc;

use domain::{
    events::{
        retry::PATIENCE,
        types::Types,
        webhook::{DeliveryState, TESTED},
    },
    id::{Id, Webhook},
};
use entity::events::{webhook, webhook_delivery};
use sea_orm::Set;
use store::{Fault, Recorded, Tx};

use super::rows;
use crate::cx::{App, Cx};

/// How many webhooks are looked at, at one go.
const WEBHOOKS: u32 = 100;

/// How many events become deliveries in one transaction.
const EVENTS: u64 = 200;

/// Makes the deliveries of what webhooks did not hear of yet. Says how many webhooks went on.
pub async fn fan_out(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_moved = 0_usize;
    for (scope, webhook) in app.db.platform().webhooks_behind(WEBHOOKS).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, webhook.to_string());
        n_moved = n_moved.saturating_add(usize::from(move_on(&cx, webhook).await?));
    }
    Ok(n_moved)
}

/// Moves one webhook on. `false`: somebody else did.
async fn move_on(cx: &Cx, webhook: Id<Webhook>) -> Result<bool, Fault> {
    cx.write(async |tx| {
        let Some(webhook) = rows::webhook(tx, webhook).await? else { return Ok(false) };
        let types: Types = serde_json::from_str(&webhook.types).map_err(Fault::new)?;
        let reach = tx.reach().await?;
        let events = tx.events(webhook.heard, reach.last, &types, EVENTS).await?;
        // If there may be more, only as far as these go.
        let is_full = u64::try_from(events.len()).is_ok_and(|n| n == EVENTS);
        let last = events.last().and_then(|event| event.position);
        let heard = if is_full { last.unwrap_or(reach.last) } else { reach.last };
        if !rows::set_heard(tx, &webhook, heard).await? {
            return Ok(false);
        }
        tx.insert_many(deliveries(tx, &webhook, &events)).await?;
        Ok(true)
    })
    .await
}

fn deliveries(tx: &Tx, webhook: &webhook::Model, events: &[Recorded]) -> Vec<webhook_delivery::ActiveModel> {
    events.iter().filter(|event| event.name != TESTED).map(|event| delivery(tx, webhook, event)).collect()
}

fn delivery(tx: &Tx, webhook: &webhook::Model, event: &Recorded) -> webhook_delivery::ActiveModel {
    webhook_delivery::ActiveModel {
        id: Set(tx.new_id()),
        webhook_id: Set(webhook.id),
        event_id: Set(event.id),
        aggregate_id: Set(event.aggregate_id),
        sequence: Set(event.sequence),
        name: Set(event.name.clone()),
        state: Set(DeliveryState::Pending.code().to_owned()),
        due_at: Set(tx.now()),
        expires_at: Set(tx.now().plus(PATIENCE)),
        created_at: Set(tx.now()),
        is_shaped: Set(webhook.payload_query.is_some()),
        ..Default::default()
    }
}
