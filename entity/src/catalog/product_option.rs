//! A dimension along which variants differ.

use domain::id::{Id, ProductOption, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A dimension along which variants differ.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_option")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The option.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<ProductOption>,
    /// Its name in imports.
    pub code: String,
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

impl Key<Entity> for Id<ProductOption> {
    const COLUMN: Column = Column::Id;
}
