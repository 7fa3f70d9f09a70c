//! From the outbox to those who act on an event: at least once, in order per aggregate.

use std::{sync::Arc, time::Duration};

use store::{Fault, Waiting};

use crate::{
    cx::{App, Cx},
    inventory::alerts,
    payments,
};

/// Events taken at once.
const BATCH: u32 = 200;

/// The longest wait before a delivery is tried again.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// Delivers what is due. Runs in every replica: an event is claimed by one conditional statement; those that nobody in
/// the shop acts on are done with in one. Says how many were delivered.
pub async fn relay(app: &Arc<App>) -> Result<usize, Fault> {
    let platform = app.db.platform();
    let due = platform.due_events(app.clock.now(), BATCH).await?;
    let (wanted, others): (Vec<_>, Vec<_>) = due.into_iter().partition(|event| is_acted_on(&event.name));
    let others: Vec<_> = others.iter().map(|event| event.id).collect();
    platform.events_delivered(&others, app.clock.now()).await?;
    let mut n_delivered = others.len();
    for event in wanted {
        let now = app.clock.now();
        if !platform.claim_event(&event, now).await? {
            continue;
        }
        match deliver(app, &event).await {
            Ok(()) => {
                platform.events_delivered(&[event.id], app.clock.now()).await?;
                n_delivered = n_delivered.saturating_add(1);
            }
            Err(fault) => {
                tracing::warn!(event = %event.id, name = event.name, attempts = event.attempts, error = %fault, "event not delivered");
                platform.event_deferred(&event, now.plus(wait(event.attempts))).await?;
            }
        }
    }
    Ok(n_delivered)
}

/// Has it acted on, which is idempotent by the event's own records.
async fn deliver(app: &Arc<App>, event: &Waiting) -> Result<(), Fault> {
    let cx = Cx::of_event(Arc::clone(app), event);
    if alerts::acts_on(&event.name) {
        return alerts::on(&cx, &event.payload).await;
    }
    payments::on(&cx, &event.payload).await
}

/// Whether somebody in the shop acts on events of this name.
fn is_acted_on(event: &str) -> bool {
    payments::acts_on(event) || alerts::acts_on(event)
}

/// 1, 2, 4, … seconds, at most [`LONGEST_WAIT`].
fn wait(attempts: i32) -> Duration {
    let doublings = u32::try_from(attempts).unwrap_or_default().min(16);
    Duration::from_secs(1_u64 << doublings).min(LONGEST_WAIT)
}
