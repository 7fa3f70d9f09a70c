//! How a variant is sold beyond its stock.

use domain::id::{Id, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How a variant is sold beyond its stock.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_selling")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// Denied, on back-order or on pre-order: its code.
    pub policy: String,
    /// Units that may wait at once, besides those that are due.
    pub max_units: i64,
    /// Units that orders wait for.
    pub promised: i64,
    /// The day that buyers are told: days since 1970-01-01.
    pub expected_on: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
