//! Asking a live database whether the invariants hold.

use std::sync::Arc;

use store::{AuditHead, Breach, CHECKS, Fault};

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
    /// Where the chain of the audit trail ends.
    pub audit: AuditHead,
}

/// What must hold of the chain of the audit trail: that each entry is as it was sealed, and that no seal is missing.
const CHAIN: usize = 2;

/// Checks every invariant in every tenant. Memory is bounded by what is broken.
pub async fn verify(app: &Arc<App>) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    for tenant in app.db.platform().tenants().await? {
        let read = app.db.read(tenant.scope);
        let mut breaches = Vec::new();
        for check in CHECKS {
            breaches.extend(read.breaches(check).await?);
        }
        let chain = read.audit_chain().await?;
        breaches.extend(chain.breaches);
        let n_checked = CHECKS.len().saturating_add(CHAIN);
        found.push(Found { tenant: tenant.slug, n_checked, breaches, audit: chain.head });
    }
    Ok(found)
}
