//! Work that nobody waits for: the same in every replica, shared through the database.

use std::{sync::Arc, time::Duration};

use store::Fault;
use tokio_util::sync::CancellationToken;

use crate::{cart, checkout, cx::App, events, inventory::alerts, orders, payments};

/// How long a worker rests when there was nothing to do.
const REST: Duration = Duration::from_millis(500);

/// Does what is due now, and tells webhooks and RabbitMQ. Says how much that was.
pub async fn pass(app: &Arc<App>) -> Result<usize, Fault> {
    let n_decided = checkout::decide_waiting(app).await?;
    let n_done = jobs(app).await?.saturating_add(n_decided);
    let n_told = events::webhooks::deliver_due(app).await?.saturating_add(events::amqp::publish_due(app).await?);
    Ok(n_done.saturating_add(n_told))
}

/// Does what is due now, but for what has a task of its own: tickets, which people wait for, and what
/// may take long because of others: webhooks and RabbitMQ.
async fn jobs(app: &Arc<App>) -> Result<usize, Fault> {
    let counts = [
        orders::expire_overdue(app).await?,
        cart::release_overdue(app).await?,
        payments::credit::expire_overdue(app).await?,
        checkout::handle_notices(app).await?,
        events::relay(app).await?,
        alerts::tell_due(app).await?,
        payments::simulator::send_due_notices(app).await?,
        events::number(app).await?,
        events::seal(app).await?,
        events::webhooks::fan_out(app).await?,
        events::webhooks::expire(app).await?,
        events::trim(app).await?,
        alerts::forget_old(app).await?,
    ];
    Ok(counts.into_iter().sum())
}

/// Does what is due, again and again, until `stop` is done. What it has begun, it finishes. Tickets are decided, and
/// webhooks and RabbitMQ told, beside all else.
pub async fn run(app: Arc<App>, stop: impl Future<Output = ()>) {
    let done = CancellationToken::new();
    let telling = tokio::spawn(events::webhooks::dispatch(Arc::clone(&app), done.clone().cancelled_owned()));
    let publishing = tokio::spawn(events::amqp::publish_again(Arc::clone(&app), done.clone().cancelled_owned()));
    let queue = again_and_again(Arc::clone(&app), done.clone().cancelled_owned(), |app| async move {
        checkout::decide_waiting(&app).await
    });
    let queue = tokio::spawn(queue);
    again_and_again(app, stop, |app| async move { jobs(&app).await }).await;
    done.cancel();
    for (name, task) in [("telling webhooks", telling), ("telling RabbitMQ", publishing), ("deciding tickets", queue)] {
        if let Err(error) = task.await {
            tracing::error!(%error, "{name} ended badly");
        }
    }
}

/// Works until `stop` is done, and rests when there is nothing to do.
async fn again_and_again<W: Future<Output = Result<usize, Fault>>>(
    app: Arc<App>,
    stop: impl Future<Output = ()>,
    work: impl Fn(Arc<App>) -> W,
) {
    let mut stop = std::pin::pin!(stop);
    loop {
        let rest = match work(Arc::clone(&app)).await {
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
}
