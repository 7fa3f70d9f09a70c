//! What `qafila migrate` and `qafila seed` do, for the black-box tests: in their process, at their time.

use std::path::Path;

use app::cx::Clock;
use prometheus::Registry;

use super::{Failure, migrate};
use crate::{config::Config, server};

/// Makes the tables of a database, and fills tenants from folders.
pub async fn prepare(config: &Config, clock: Clock, tenants: &[(&str, &Path)]) -> Result<(), Failure> {
    migrate::apply(config).await?;
    let app = server::open(config, clock, &Registry::new(), config.public_url.clone()).await.map_err(Failure::new)?;
    for (tenant, folder) in tenants {
        app::seed::load(&app, tenant, folder).await.map_err(Failure::new)?;
    }
    app.db.clone().close().await.map_err(Failure::new)
}
