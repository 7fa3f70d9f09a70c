//! `qafila verify`

use std::process::ExitCode;

use super::{Failure, configure, migrate, open, say};
use crate::config::flags::ConfigFlags;

/// Checks the invariants.
pub(super) async fn verify(flags: ConfigFlags) -> Result<ExitCode, Failure> {
    let config = configure(flags)?;
    migrate::refuse_pending(&config).await?;
    let app = open(&config).await?;
    let mut n_broken = 0_usize;
    for found in app::verify::verify(&app).await.map_err(Failure::new)? {
        say(&format!("{}: {} invariants checked, {} breaches", found.tenant, found.n_checked, found.breaches.len()));
        let head = found.audit;
        say(&format!("  {} entries of the audit trail are sealed, the last with {}", head.last, head.hash));
        for breach in &found.breaches {
            say(&format!("  {}: {}", domain::id::display(breach.kind, breach.id), breach.claim));
        }
        n_broken = n_broken.saturating_add(found.breaches.len());
    }
    Ok(if n_broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
