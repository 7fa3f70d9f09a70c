//! A class of things that are taxed alike.

use domain::id::{Id, TaxClass, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A class of things that are taxed alike.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_class")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The class.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<TaxClass>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<TaxClass> {
    const COLUMN: Column = Column::Id;
}
