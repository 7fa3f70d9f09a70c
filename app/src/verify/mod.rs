//! Asking a live database whether the invariants hold.

use std::sync::Arc;

use store::{Breach, CHECKS, Fault};

use crate::cx::App;

/// What was found in one tenant.
#[derive(Clone, Debug)]
pub struct Found {
    /// The tenant's slug.
    pub tenant: String,
    /// Invariants that were checked.
    pub n_checked: usize,
    /// Records that break one, the first hundred of each.
    pub breaches: Vec<Breach>,
}

/// Checks every invariant in every tenant. Memory is bounded by what is broken.
pub async fn verify(app: &Arc<App>) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    for tenant in app.db.platform().tenants().await? {
        let read = app.db.read(tenant.scope);
        let mut breaches = Vec::new();
        for check in CHECKS {
            breaches.extend(read.breaches(check).await?);
        }
        found.push(Found { tenant: tenant.slug, n_checked: CHECKS.len(), breaches });
    }
    Ok(found)
}
