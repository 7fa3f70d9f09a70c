//! Sending again and again, beside all other work: a webhook that is slow delays nobody.

use std::{sync::Arc, time::Duration};

use store::Fault;
use tokio::task::{JoinError, JoinSet};

use super::deliver::begin;
use crate::cx::App;

/// How long to rest when nothing is due.
const REST: Duration = Duration::from_millis(500);

/// Sends what is due until `stop` is done. What it has begun, it finishes.
pub async fn dispatch(app: Arc<App>, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut sending = JoinSet::new();
    loop {
        if let Err(fault) = begin(&app, &mut sending).await {
            tracing::error!(error = %fault, "webhooks could not be told; it is tried again");
        }
        tokio::select! {
            () = &mut stop => break,
            () = tokio::time::sleep(REST) => {}
            Some(sent) = sending.join_next() => note(sent),
        }
        while let Some(sent) = sending.try_join_next() {
            note(sent);
        }
    }
    while let Some(sent) = sending.join_next().await {
        note(sent);
    }
}

/// Logs what went wrong with us; how it went at the webhook is written down.
fn note(sent: Result<Result<bool, Fault>, JoinError>) {
    match sent {
        Ok(Ok(_)) => {}
        Ok(Err(fault)) => tracing::error!(error = %fault, "a webhook could not be told; it is tried again"),
        Err(error) => tracing::error!(%error, "telling a webhook failed"),
    }
}
