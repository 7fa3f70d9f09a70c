//! A way of delivery.

use domain::id::{DeliveryMethod, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A way of delivery.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_method")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The method.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<DeliveryMethod>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Its place among all, ascending.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<DeliveryMethod> {
    const COLUMN: Column = Column::Id;
}
