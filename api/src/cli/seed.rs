//! `qafila seed`

use std::{path::PathBuf, process::ExitCode};

use super::{Failure, configure, demo, migrate, open, say};
use crate::config::flags::ConfigFlags;

/// Fills a tenant.
pub(super) async fn seed(flags: ConfigFlags, tenant: &str, from: Option<PathBuf>) -> Result<ExitCode, Failure> {
    let config = configure(flags)?;
    if migrate::is_sqlite(&config) {
        migrate::apply(&config).await?;
    } else {
        migrate::refuse_pending(&config).await?;
    }
    let app = open(&config).await?;
    let is_demo = from.is_none();
    let folder = from.unwrap_or_else(demo::folder);
    let loaded = app::seed::load(&app, tenant, &folder).await.map_err(Failure::new)?;
    say(&format!("{tenant}: {} products, {} variants.", loaded.n_products, loaded.n_variants));
    if is_demo {
        say("This is the demo: everybody knows its passwords and its gift card. It is not for a real shop.");
    }
    Ok(ExitCode::SUCCESS)
}
