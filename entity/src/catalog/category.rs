//! A node of the category tree.

use domain::id::{Category, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A node of the category tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "category")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The category.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Category>,
    /// The category it stands in.
    pub parent_id: Option<Id<Category>>,
    /// Its name in addresses.
    pub slug: String,
    /// The slugs from the root, `/food/food-dates/`.
    pub path: String,
    /// 1 at the root.
    pub level: i32,
    /// Its place among all, ascending.
    pub position: i32,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Category> {
    const COLUMN: Column = Column::Id;
}
