//! Events are kept for a while after everybody has heard of them.

use std::{sync::Arc, time::Duration};

use domain::time::Instant;
use store::Fault;

use crate::cx::{App, Cx};

/// How many events are removed in one transaction.
const BATCH: u32 = 200;

/// Removes events that were kept long enough, a few of each tenant. Says how many.
pub async fn trim(app: &Arc<App>) -> Result<usize, Fault> {
    let before = earlier(app.clock.now(), app.settings.event_retention);
    let mut n_trimmed = 0_usize;
    for scope in app.db.platform().trimmable(before).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, "trim".to_owned());
        n_trimmed = n_trimmed.saturating_add(usize::try_from(remove(&cx, before).await?).unwrap_or(usize::MAX));
    }
    Ok(n_trimmed)
}

async fn remove(cx: &Cx, before: Instant) -> Result<u64, Fault> {
    cx.write(async |tx| tx.trim_events(before, BATCH).await).await
}

/// The instant so long before another.
fn earlier(at: Instant, by: Duration) -> Instant {
    Instant::from_millis(at.millis().saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
}
