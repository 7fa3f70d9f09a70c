//! Giving committed events their places in the feed.

use std::sync::Arc;

use store::Fault;

use crate::cx::App;

/// Gives the events of every tenant that have no place one. Safe in every replica. Says how many got one.
pub async fn number(app: &Arc<App>) -> Result<usize, Fault> {
    let platform = app.db.platform();
    let mut n_numbered = 0_usize;
    for scope in platform.unnumbered().await? {
        let n = usize::try_from(platform.number(scope).await?).unwrap_or(usize::MAX);
        n_numbered = n_numbered.saturating_add(n);
    }
    Ok(n_numbered)
}
