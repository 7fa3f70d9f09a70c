//! Addresses are not kept for ever.

use std::{sync::Arc, time::Duration};

use domain::time::Instant;
use store::Fault;

use super::rows;
use crate::cx::{App, Cx};

/// How long somebody waits: a year. Then nobody thinks of it any more.
const WAITING: Duration = Duration::from_hours(365 * 24);

/// How long it is kept that somebody was told.
const TOLD: Duration = Duration::from_hours(30 * 24);

/// How many are removed in one transaction.
const BATCH: u64 = 500;

/// One pass of the worker: removes those who were told, and those who wait, too long ago. How many.
pub async fn forget_old(app: &Arc<App>) -> Result<usize, Fault> {
    let now = app.clock.now();
    let (created, told) = (earlier(now, WAITING), earlier(now, TOLD));
    let mut n_removed = 0_usize;
    for scope in app.db.platform().old_alerts(created, told).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, "forget".to_owned());
        n_removed = n_removed.saturating_add(cx.write(async |tx| rows::forget(tx, created, told, BATCH).await).await?);
    }
    Ok(n_removed)
}

/// The instant so long before another.
fn earlier(at: Instant, by: Duration) -> Instant {
    Instant::from_millis(at.millis().saturating_sub(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)))
}
