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
        let (tenant, head, n_breaches) = (&found.tenant, &found.audit, found.breaches.len());
        // Whoever keeps it elsewhere sees later whether it still fits.
        let audit = format!("{} audit entries sealed, the last as {}", head.last, head.hash);
        say(&format!("{tenant}: {audit}; {} invariants checked, {n_breaches} breaches", found.n_checked));
        for breach in &found.breaches {
            say(&format!("  {}: {}", domain::id::display(breach.kind, breach.id), breach.claim));
        }
        n_broken = n_broken.saturating_add(found.breaches.len());
    }
    Ok(if n_broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
