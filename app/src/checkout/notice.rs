//! News from a gateway, acted on after it was stored.

use std::sync::Arc;

use domain::id::{Id, Notice};
use store::Fault;

use crate::{
    cx::{App, Cx},
    orders, payments,
};

/// Messages taken at once.
const BATCH: u32 = 50;

/// Acts on the messages of gateways that came. One that fails is logged and waits for the next time.
/// Says how many were acted on.
pub async fn handle_notices(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_handled = 0_usize;
    for (scope, id) in app.db.platform().unhandled_notices(app.clock.now(), BATCH).await? {
        match handle(&Cx::of_system(Arc::clone(app), scope, id.to_string()), id).await {
            Ok(()) => n_handled = n_handled.saturating_add(1),
            Err(fault) => tracing::error!(notice = %id, error = %fault, "a notice of a gateway was not acted on"),
        }
    }
    Ok(n_handled)
}

async fn handle(cx: &Cx, id: Id<Notice>) -> Result<(), Fault> {
    let incoming = payments::read_notice(cx, id).await?;
    cx.write(async |tx| {
        let settled = payments::handle_notice(tx, &incoming).await?;
        if let Some(settled) = settled.filter(|settled| settled.became_authorised) {
            orders::paid(tx, settled.reference).await?;
        }
        Ok(())
    })
    .await
}
