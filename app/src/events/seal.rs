//! Sealing the audit trail, so that nobody changes it unnoticed.

use std::sync::Arc;

use store::Fault;

use crate::cx::{App, Cx};

/// How many entries are sealed in one transaction.
const BATCH: u32 = 500;

/// Seals the audit entries of numbered events, some of each tenant. Safe in every replica. Says how many.
pub async fn seal(app: &Arc<App>) -> Result<usize, Fault> {
    let mut n_sealed = 0_usize;
    for scope in app.db.platform().unsealed().await? {
        let cx = Cx::of_system(Arc::clone(app), scope, "seal".to_owned());
        n_sealed = n_sealed.saturating_add(usize::try_from(some(&cx).await?).unwrap_or(usize::MAX));
    }
    Ok(n_sealed)
}

async fn some(cx: &Cx) -> Result<u64, Fault> {
    cx.write(async |tx| tx.seal_audit(BATCH).await).await
}
