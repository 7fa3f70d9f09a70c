//! `qafila migrate`

use std::process::ExitCode;

use super::{Failure, configure, say};
use crate::config::{Config, flags::ConfigFlags};

/// Applies what is pending.
pub(super) async fn migrate(flags: ConfigFlags) -> Result<ExitCode, Failure> {
    let config = configure(flags)?;
    let n_applied = apply(&config).await?;
    say(&format!("{n_applied} migrations applied; the database is up to date."));
    Ok(ExitCode::SUCCESS)
}

/// Applies what is pending. Makes an SQLite database that is not there.
pub(super) async fn apply(config: &Config) -> Result<usize, Failure> {
    let url = if is_sqlite(config) { format!("{}?mode=rwc", config.database_url) } else { config.database_url.clone() };
    let applied = migration::up(&url).await;
    applied.map(|applied| applied.n_applied).map_err(|cause| unusable(&cause))
}

/// Refuses a database whose tables are not up to date.
pub(super) async fn refuse_pending(config: &Config) -> Result<(), Failure> {
    let pending = migration::pending(&config.database_url).await.map_err(|cause| unusable(&cause))?;
    if pending.is_empty() {
        return Ok(());
    }
    let pending = pending.join(", ");
    Err(Failure::new(format!("the database lacks these migrations: {pending}; run `qafila migrate` first")))
}

/// Whether it is the embedded database.
pub(super) fn is_sqlite(config: &Config) -> bool {
    config.database_url.starts_with("sqlite:")
}

fn unusable(cause: &impl ToString) -> Failure {
    Failure::new(format!("the database cannot be used: {}; check --database-url or DATABASE_URL", cause.to_string()))
}
