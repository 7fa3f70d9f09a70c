//! Events are kept for a while after everybody has heard of them.

use std::{sync::Arc, time::Duration};

use domain::time::Instant;
use store::Fault;

use crate::cx::{App, Cx};

/// How many events are removed in one transaction.
const BATCH: u32 = 200;

/// How many times as long events are kept for a RabbitMQ that is away.
const PATIENCE: u32 = 2;

/// Removes events that were kept long enough, a few of each tenant. Says how many.
pub async fn trim(app: &Arc<App>) -> Result<usize, Fault> {
    let (now, kept) = (app.clock.now(), app.settings.event_retention);
    let before = earlier(now, kept);
    // Without RabbitMQ nothing is kept for it.
    let kept_for_amqp = match app.settings.amqp {
        Some(_) => earlier(now, kept.saturating_mul(PATIENCE)),
        None => Instant::from_millis(i64::MAX),
    };
    let mut n_trimmed = 0_usize;
    for scope in app.db.platform().trimmable(before).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, "trim".to_owned());
        n_trimmed =
            n_trimmed.saturating_add(usize::try_from(remove(&cx, before, kept_for_amqp).await?).unwrap_or(usize::MAX));
    }
    Ok(n_trimmed)
}

async fn remove(cx: &Cx, before: Instant, kept_for_amqp: Instant) -> Result<u64, Fault> {
    cx.write(async |tx| tx.trim_events(before, kept_for_amqp, BATCH).await).await
}

/// The instant so long before another.
fn earlier(at: Instant, by: Duration) -> Instant {
    Instant::from_millis(at.millis().saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
}
