//! Work that nobody waits for: the same in every replica, shared through the database.

use std::{sync::Arc, time::Duration};

use store::Fault;

use crate::{checkout, cx::App, events, orders, payments};

/// How long a worker rests when there was nothing to do.
const REST: Duration = Duration::from_millis(500);

/// Does what is due now. Says how much that was.
pub async fn pass(app: &Arc<App>) -> Result<usize, Fault> {
    let counts = [
        checkout::decide_waiting(app).await?,
        orders::expire_overdue(app).await?,
        checkout::handle_notices(app).await?,
        events::relay(app).await?,
        payments::simulator::send_due_notices(app).await?,
    ];
    Ok(counts.into_iter().sum())
}

/// Does what is due, again and again, until `stop` is done. What it has begun, it finishes.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    loop {
        let rest = match pass(&app).await {
            Ok(0) => REST,
            Ok(_) => Duration::ZERO,
            Err(fault) => {
                tracing::error!(error = %fault, "the worker failed; it tries again");
                REST.saturating_mul(10)
            }
        };
        tokio::select! {
            () = &mut stop => return,
            () = tokio::time::sleep(rest) => {}
        }
    }
}
