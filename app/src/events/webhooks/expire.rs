//! What could not be sent for a day is given up, also if nothing was tried because its webhook was left alone.

use std::sync::Arc;

use domain::id::{Id, WebhookDelivery};
use store::Fault;

use super::rows;
use crate::cx::{App, Cx};

/// How many deliveries are given up at one go.
const BATCH: u32 = 100;

/// Gives up deliveries whose time is up. Says how many.
pub async fn expire(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_dead = 0_usize;
    for (scope, delivery) in app.db.platform().expired_deliveries(app.clock.now(), BATCH).await? {
        let cx = Cx::of_system(Arc::clone(app), scope, delivery.to_string());
        n_dead = n_dead.saturating_add(usize::from(give_up(&cx, delivery).await?));
    }
    Ok(n_dead)
}

async fn give_up(cx: &Cx, delivery: Id<WebhookDelivery>) -> Result<bool, Fault> {
    cx.write(async |tx| {
        let Some(found) = rows::delivery(tx, delivery).await? else { return Ok(false) };
        if tx.now() <= found.expires_at || tx.now() < found.claimed_until {
            return Ok(false);
        }
        rows::set_dead(tx, &found).await
    })
    .await
}
