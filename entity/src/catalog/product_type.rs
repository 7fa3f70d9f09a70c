//! A kind of product.

use domain::id::{Id, ProductType, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A kind of product.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_type")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The type.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<ProductType>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<ProductType> {
    const COLUMN: Column = Column::Id;
}
