//! Sending what is due: claim, make what is to be sent, send, write down how it went.

use std::{sync::Arc, time::Duration};

use domain::{
    events::{retry, webhook::WebhookEvent},
    id::{Id, WebhookDelivery},
};
use entity::events::{webhook, webhook_attempt, webhook_delivery};
use sea_orm::Set;
use store::{Fault, Recorded, Scope, Tx};
use tokio::task::JoinSet;

use super::{
    rows,
    secret::Signer,
    send::{Outcome, Request, send},
    shape::{self, Wish},
};
use crate::{
    cx::{App, Cx},
    events::body::body,
};

/// How many deliveries are sent at once by one process.
const AT_ONCE: u32 = 64;

/// How many of them to one webhook, by all processes.
const AT_ONCE_TO_ONE: u32 = 4;

/// How long a claimed delivery is left to whoever claimed it: longer than an attempt can take.
pub(super) const LEASE: Duration = Duration::from_mins(1);

/// A delivery that was claimed, as it was then.
pub(super) struct Claimed {
    pub(super) webhook: webhook::Model,
    pub(super) delivery: webhook_delivery::Model,
    pub(super) event: Recorded,
    content: Content,
}

/// What is to be sent.
enum Content {
    /// This, at every attempt.
    Known(String),
    /// What is still to be made.
    Wished(Wish),
}

/// Sends what is due now, concurrently, and waits until all of it was tried. Says how many were tried.
pub async fn deliver_due(app: &Arc<App>) -> Result<usize, Fault> {
    let mut sending = JoinSet::new();
    begin(app, &mut sending).await?;
    let mut n_tried = 0_usize;
    while let Some(sent) = sending.join_next().await {
        n_tried = n_tried.saturating_add(usize::from(sent.map_err(Fault::new)??));
    }
    Ok(n_tried)
}

/// Begins to send as much of what is due as there is room for.
pub(super) async fn begin(app: &Arc<App>, sending: &mut JoinSet<Result<bool, Fault>>) -> Result<(), Fault> {
    let mut room = AT_ONCE.saturating_sub(u32::try_from(sending.len()).unwrap_or(u32::MAX));
    if room == 0 {
        return Ok(());
    }
    let (platform, now) = (app.db.platform(), app.clock.now());
    for webhook in platform.due_webhooks(now, AT_ONCE_TO_ONE).await? {
        for delivery in platform.due_deliveries(&webhook, now, webhook.places.min(room)).await? {
            room = room.saturating_sub(1);
            sending.spawn(deliver(Arc::clone(app), webhook.scope, delivery));
        }
    }
    Ok(())
}

/// Sends one delivery. `false`: somebody else does.
async fn deliver(app: Arc<App>, scope: Scope, delivery: Id<WebhookDelivery>) -> Result<bool, Fault> {
    let cx = Cx::of_system(app, scope, delivery.to_string());
    let Some(claimed) = claim(&cx, delivery).await? else { return Ok(false) };
    let body = match &claimed.content {
        Content::Known(body) => Ok(Some(body.clone())),
        Content::Wished(wish) => Box::pin(shape::make(&cx, &claimed, wish)).await,
    };
    let outcome = match body {
        Ok(Some(body)) => send(&cx, &request(&cx, &claimed, body)).await,
        Ok(None) => return Ok(false),
        Err(fault) => {
            tracing::error!(webhook = %claimed.webhook.id, error = %fault, "a payload could not be made; it is tried again");
            cx.write(async |tx| put_off(tx, &claimed).await).await?;
            return Ok(true);
        }
    };
    let elapsed_ms = u64::try_from(outcome.elapsed.as_millis()).unwrap_or(u64::MAX);
    let (webhook, event) = (claimed.webhook.id, claimed.delivery.event_id);
    tracing::info!(%webhook, %event, status = outcome.status, error = outcome.error, elapsed_ms, "told a webhook");
    cx.write(async |tx| record(tx, &claimed, &outcome).await).await?;
    Ok(true)
}

/// Takes a delivery to send it. `None`: somebody else took it.
async fn claim(cx: &Cx, delivery: Id<WebhookDelivery>) -> Result<Option<Claimed>, Fault> {
    cx.write(async |tx| {
        let Some(delivery) = rows::delivery(tx, delivery).await? else { return Ok(None) };
        let Some(webhook) = rows::webhook(tx, delivery.webhook_id).await? else { return Ok(None) };
        let until = tx.now().plus(LEASE);
        if !rows::claim_probe(tx, &webhook, until).await? || !rows::claim(tx, &delivery, until).await? {
            return Ok(None);
        }
        let event = tx.event(delivery.event_id).await?.ok_or_else(|| Fault::new("a delivery without its event"))?;
        let content = content(tx, &webhook, &delivery, &event).await?;
        let (attempts, tries) = (delivery.attempts.saturating_add(1), delivery.tries.saturating_add(1));
        let delivery = webhook_delivery::Model { attempts, tries, ..delivery };
        Ok(Some(Claimed { webhook, delivery, event, content }))
    })
    .await
}

/// What is to be sent of an event. What was made before is sent again, unless it was made in the name of somebody else
/// than the one who has it sent now.
async fn content(
    tx: &Tx,
    webhook: &webhook::Model,
    delivery: &webhook_delivery::Model,
    event: &Recorded,
) -> Result<Content, Fault> {
    if delivery.is_shaped {
        let made = rows::payload(tx, delivery.id).await?;
        if let Some(made) = made.filter(|made| Some(made.account_id) == webhook.account_id) {
            return Ok(Content::Known(made.body));
        }
        if let Some(wish) = shape::wish(webhook, event)? {
            return Ok(Content::Wished(wish));
        }
    }
    Ok(Content::Known(body(event)?))
}

/// The request that tells of an event.
fn request(cx: &Cx, claimed: &Claimed, body: String) -> Request {
    let Claimed { webhook, event, .. } = claimed;
    let (id, at_seconds) = (event.id.to_string(), cx.now().millis().div_euclid(1000));
    let signature = Signer::of(cx, webhook, cx.now()).sign(&id, at_seconds, &body);
    Request { url: webhook.url.clone(), id, at_seconds, signature, body }
}

/// Writes down how an attempt went, and what follows of it. Emits `webhook.disabled` if the webhook is gone.
async fn record(tx: &Tx, claimed: &Claimed, outcome: &Outcome) -> Result<(), Fault> {
    let Claimed { webhook, delivery, .. } = claimed;
    let is_there = if outcome.is_taken() {
        rows::set_well(tx, webhook.id).await?;
        rows::set_delivered(tx, delivery.id).await?
    } else if outcome.is_gone() {
        if rows::disable(tx, webhook.id).await? {
            tx.emit(&WebhookEvent::Disabled { webhook: webhook.id, at: tx.now() }).await?;
        }
        rows::set_dead(tx, delivery).await?
    } else {
        let failures = rows::add_failure(tx, webhook.id).await?;
        if let Some(until) = retry::closed_until(failures, tx.now()) {
            rows::close(tx, webhook.id, until).await?;
        }
        again_later(tx, delivery).await?
    };
    // One that was removed meanwhile, or that somebody else took after the lease, tells no story.
    if is_there { rows::insert_attempt(tx, attempt(claimed, outcome)).await } else { Ok(()) }
}

/// Writes down that there was nothing to send: the webhook had no part in it.
async fn put_off(tx: &Tx, claimed: &Claimed) -> Result<(), Fault> {
    let is_there = again_later(tx, &claimed.delivery).await?;
    if is_there { rows::insert_attempt(tx, attempt(claimed, &Outcome::unmade())).await } else { Ok(()) }
}

/// Has a delivery tried once more, or gives it up. Says whether nobody else took it.
async fn again_later(tx: &Tx, delivery: &webhook_delivery::Model) -> Result<bool, Fault> {
    match retry::next(delivery.tries, chance(delivery), tx.now(), delivery.expires_at) {
        Some(at) => rows::set_due(tx, delivery, at).await,
        None => rows::set_dead(tx, delivery).await,
    }
}

fn attempt(claimed: &Claimed, outcome: &Outcome) -> webhook_attempt::ActiveModel {
    webhook_attempt::ActiveModel {
        delivery_id: Set(claimed.delivery.id),
        number: Set(claimed.delivery.attempts),
        url: Set(claimed.webhook.url.clone()),
        status: Set(outcome.status.map(i32::from)),
        response: Set(outcome.response.clone()),
        error: Set(outcome.error.map(str::to_owned)),
        duration_ms: Set(i64::try_from(outcome.elapsed.as_millis()).unwrap_or(i64::MAX)),
        ..Default::default()
    }
}

/// As good as chance: the end of a random id, and another for each try.
fn chance(delivery: &webhook_delivery::Model) -> u8 {
    let [.., last] = delivery.id.uuid().into_bytes();
    let tries = u8::try_from(delivery.tries).unwrap_or(u8::MAX);
    last.wrapping_add(tries.wrapping_mul(89))
}
