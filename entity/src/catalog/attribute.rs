//! Something a product can say of itself.

use domain::id::{Attribute, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Something a product can say of itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The attribute.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Attribute>,
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

impl Key<Entity> for Id<Attribute> {
    const COLUMN: Column = Column::Id;
}
