//! Products shown together.

use domain::id::{Collection, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Products shown together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The collection.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Collection>,
    /// Its name in addresses.
    pub slug: String,
    /// Its place among all, ascending.
    pub position: i32,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Arabic description.
    pub description_ar: Option<String>,
    /// English description.
    pub description_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Collection> {
    const COLUMN: Column = Column::Id;
}
