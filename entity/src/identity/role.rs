//! A set of permissions.

use domain::id::{Id, Role, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A set of permissions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Role>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Codes, separated by commas.
    pub permissions: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Role> {
    const COLUMN: Column = Column::Id;
}
