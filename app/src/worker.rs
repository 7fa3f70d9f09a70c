//! Work that nobody waits for: the same in every replica, shared through the database.

use std::{sync::Arc, time::Duration};

use store::Fault;
use tokio_util::sync::CancellationToken;

use crate::{checkout, cx::App, events, orders, payments};

/// How long a worker rests when there was nothing to do.
const REST: Duration = Duration::from_millis(500);

/// Does what is due now, and tells webhooks. Says how much that was.
pub async fn pass(app: &Arc<App>) -> Result<usize, Fault> {
    let n_done = jobs(app).await?;
    Ok(n_done.saturating_add(events::webhooks::deliver_due(app).await?))
}

/// Does what is due now, but for what may take long because of others.
async fn jobs(app: &Arc<App>) -> Result<usize, Fault> {
    let counts = [
        checkout::decide_waiting(app).await?,
        orders::expire_overdue(app).await?,
        checkout::handle_notices(app).await?,
        events::relay(app).await?,
        payments::simulator::send_due_notices(app).await?,
        events::number(app).await?,
        events::seal(app).await?,
        events::webhooks::fan_out(app).await?,
        events::webhooks::expire(app).await?,
        events::trim(app).await?,
    ];
    Ok(counts.into_iter().sum())
}

/// Does what is due, again and again, until `stop` is done. What it has begun, it finishes. Webhooks are told beside
/// all else.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let told = CancellationToken::new();
    let telling = tokio::spawn(events::webhooks::dispatch(Arc::clone(&app), told.clone().cancelled_owned()));
    let mut stop = std::pin::pin!(stop);
    loop {
        let rest = match jobs(&app).await {
            Ok(0) => REST,
            Ok(_) => Duration::ZERO,
            Err(fault) => {
                tracing::error!(error = %fault, "the worker failed; it tries again");
                REST.saturating_mul(10)
            }
        };
        tokio::select! {
            () = &mut stop => break,
            () = tokio::time::sleep(rest) => {}
        }
    }
    told.cancel();
    if let Err(error) = telling.await {
        tracing::error!(%error, "telling webhooks ended badly");
    }
}
