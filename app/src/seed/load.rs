//! Writing a folder into a tenant.

use std::{path::Path, sync::Arc};

use domain::{catalog::slug::Slug, id::Id};
use entity::channels::channel;
use store::{Fault, Scope};
use tokio::task::spawn_blocking;

use super::{
    error::SeedError,
    files::Files,
    plan::{self, Loaded},
};
use crate::cx::{App, Cx};

/// Loads a folder into a tenant, all or nothing. A tenant that is not there is made.
///
/// For the command line and tests. Emits nothing: there is nobody yet who could listen.
pub async fn load(app: &Arc<App>, tenant_slug: &str, folder: &Path) -> Result<Loaded, SeedError> {
    let slug = Slug::parse(tenant_slug).map_err(|_| SeedError::BadSlug(tenant_slug.to_owned()))?;
    let (folder, now) = (folder.to_owned(), app.clock.now());
    let planned = spawn_blocking(move || plan::plan(&Files::read(&folder)?, now)).await.map_err(Fault::new)?;
    let plan = planned?;

    let scope = tenant(app, &slug, plan.tenant, (&plan.name.0, &plan.name.1)).await?;
    let loaded = plan.rows.loaded();
    let cx = Cx::of_system(Arc::clone(app), scope, "seed".to_owned());
    cx.write(async |tx| {
        if 0 < tx.find::<channel::Entity>().count().await? {
            return Err(SeedError::AlreadySeeded);
        }
        // Of two who load at once, the second meets the rows of the first.
        plan.rows
            .write(tx)
            .await
            .map_err(|fault| if fault.is_duplicate() { SeedError::AlreadySeeded } else { SeedError::Fault(fault) })
    })
    .await?;
    Ok(loaded)
}

/// Whether no tenant has a shop yet. A tenant whose loading was cut off has none.
pub async fn is_empty(app: &App) -> Result<bool, Fault> {
    for tenant in app.db.platform().tenants().await? {
        if 0 < app.db.read(tenant.scope).find::<channel::Entity>().count().await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The tenant of this name, made if it is not there.
async fn tenant(app: &App, slug: &Slug, id: Id<domain::id::Tenant>, name: (&str, &str)) -> Result<Scope, Fault> {
    app.db.platform().create_tenant(id, slug.as_str(), name, app.clock.now()).await?;
    let tenants = app.db.platform().tenants().await?;
    let found = tenants.into_iter().find(|tenant| tenant.slug == slug.as_str());
    found.map(|tenant| tenant.scope).ok_or_else(|| Fault::new("a tenant vanished"))
}
