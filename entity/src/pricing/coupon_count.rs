//! How often a coupon was used.

use domain::id::{Id, Tenant};
use sea_orm::entity::prelude::*;
use store::Owned;

/// How often a coupon was used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "coupon_count")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What is written on it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Orders.
    pub orders: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}
