//! Publishing the feed: one process a tenant at a time, from where the last confirmed event stands.
//!
//! Who publishes has claimed the tenant for a while; if it dies, somebody else goes on after that. What was sent and not
//! noted as confirmed is sent again, with the same id.
//!
//! What no queue is bound to comes back from RabbitMQ and counts as told: whoever binds `shop.order.*` alone wants nothing
//! else, and the feed of a shop must not stand still for it. It is counted, so that a missing binding is seen.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use domain::events::types::Types;
use store::{Fault, Recorded, Scope};
use uuid::Uuid;

use super::broker::{Broker, Settings};
use crate::cx::App;

/// How many events are published before that is noted.
const BATCH: u64 = 200;

/// How long whoever claimed a tenant begins to send more of it.
const TURN: Duration = Duration::from_secs(20);

/// How long a claimed tenant is left to whoever claimed it: longer than a turn and the answer to its last messages can
/// take, so that no two send at once.
const LEASE: Duration = Duration::from_mins(1);

/// How long to rest when nothing is due.
const REST: Duration = Duration::from_millis(250);

/// How long to wait at first after RabbitMQ could not be reached, and at most.
const WAIT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// How far a batch came.
struct Reached {
    /// Everything up to this place is confirmed.
    confirmed: i64,
    /// What stopped it before its end.
    failed: Option<Fault>,
}

/// Publishes what is due, if there is a RabbitMQ and it can be reached. Says how many tenants went on.
pub async fn publish_due(app: &Arc<App>) -> Result<usize, Fault> {
    let Some(settings) = &app.settings.amqp else { return Ok(0) };
    if app.db.platform().unpublished(app.clock.now()).await?.is_empty() {
        return Ok(0);
    }
    let told = async {
        let mut broker = Broker::connect(settings).await?;
        let told = publish(app, settings, &mut broker).await;
        broker.close().await;
        told
    };
    told.await.or_else(|fault| {
        tracing::warn!(error = %fault, "RabbitMQ was not told; events wait");
        Ok(0)
    })
}

/// Publishes what is due, again and again, until `stop` is done. While RabbitMQ is away, events wait.
pub async fn publish_again(app: Arc<App>, stop: impl Future<Output = ()>) {
    let Some(settings) = app.settings.amqp.clone() else { return };
    let mut stop = std::pin::pin!(stop);
    let (mut broker, mut wait) = (None, WAIT.0);
    loop {
        let reached = tokio::select! {
            () = &mut stop => break,
            reached = reach(&settings, &mut broker) => reached,
        };
        let told = match reached {
            Ok(broker) => publish(&app, &settings, broker).await,
            Err(fault) => Err(fault),
        };
        let rest = match told {
            Ok(n_moved) => {
                wait = WAIT.0;
                if n_moved == 0 { REST } else { Duration::ZERO }
            }
            Err(fault) => {
                tracing::warn!(error = %fault, wait_seconds = wait.as_secs(), "RabbitMQ was not told; events wait");
                let longer = wait.saturating_mul(2).min(WAIT.1);
                std::mem::replace(&mut wait, longer)
            }
        };
        tokio::select! {
            () = &mut stop => break,
            () = tokio::time::sleep(rest) => {}
        }
    }
    if let Some(broker) = broker {
        broker.close().await;
    }
}

/// A connection on which all that was sent is answered: the one that stands, or a new one.
async fn reach<'b>(settings: &Settings, broker: &'b mut Option<Broker>) -> Result<&'b mut Broker, Fault> {
    if broker.as_ref().is_none_or(|standing| !standing.stands()) {
        *broker = None;
        *broker = Some(Broker::connect(settings).await?);
    }
    let Some(standing) = broker else { return Err(Fault::new("there is no connection")) };
    standing.settle().await?;
    Ok(standing)
}

/// Publishes a batch of each tenant that nobody else publishes. Says how many went on.
async fn publish(app: &App, settings: &Settings, broker: &mut Broker) -> Result<usize, Fault> {
    let platform = app.db.platform();
    let due = platform.unpublished(app.clock.now()).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let tenants = platform.tenants().await?;
    let slugs: HashMap<Uuid, &str> =
        tenants.iter().map(|tenant| (tenant.scope.tenant().uuid(), tenant.slug.as_str())).collect();
    let mut n_moved = 0_usize;
    for scope in due {
        let Some(slug) = slugs.get(&scope.tenant().uuid()) else { continue };
        let (who, now) = (Uuid::from_u128(rand::random()), app.clock.now());
        let Some(from) = platform.claim_publishing(scope, who, now, now.plus(LEASE)).await? else { continue };
        let reached = batch(app, (settings, &mut *broker), (scope, slug), from).await;
        // Also what was confirmed before something failed.
        platform.published(scope, who, reached.confirmed).await?;
        if let Some(fault) = reached.failed {
            return Err(fault);
        }
        n_moved = n_moved.saturating_add(1);
    }
    Ok(n_moved)
}

async fn batch(
    app: &App,
    (settings, broker): (&Settings, &mut Broker),
    (scope, slug): (Scope, &str),
    from: i64,
) -> Reached {
    let (mut confirmed, began) = (from, tokio::time::Instant::now());
    let failed = async {
        let read = app.db.read(scope);
        let reach = read.reach().await?;
        if from < reach.trimmed {
            tracing::error!(
                tenant = slug,
                from,
                trimmed = reach.trimmed,
                "RabbitMQ never had events that were trimmed"
            );
        }
        let events = read.events(from.max(reach.trimmed), reach.last, &Types::default(), BATCH).await?;
        drop(read);
        for wave in waves(&events) {
            if TURN < began.elapsed() {
                return Ok(());
            }
            let n_unrouted = broker.tell(slug, wave).await?;
            settings.n_unrouted.fetch_add(n_unrouted, Ordering::Relaxed);
            confirmed = wave.last().and_then(|event| event.position).unwrap_or(confirmed);
        }
        let is_full = u64::try_from(events.len()).is_ok_and(|n| n == BATCH);
        confirmed = if is_full { confirmed } else { reach.last };
        Ok::<_, Fault>(())
    };
    let failed = failed.await.err();
    Reached { confirmed, failed }
}

/// Events that may be on their way at once: no two of them about one record, so that a record's next is sent only when
/// the one before is confirmed, and nothing overtakes what must be sent again.
fn waves(events: &[Recorded]) -> impl Iterator<Item = &[Recorded]> {
    let mut rest = events;
    std::iter::from_fn(move || {
        let mut records = BTreeSet::new();
        let n = rest.iter().take_while(|event| records.insert(event.aggregate_id)).count();
        let (wave, after) = rest.split_at_checked(n)?;
        rest = after;
        (!wave.is_empty()).then_some(wave)
    })
}
