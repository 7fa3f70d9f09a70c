//! Goods of one variant in a transfer.

use domain::id::{Id, Tenant, Transfer, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Goods of one variant in a transfer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The transfer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub transfer_id: Id<Transfer>,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// Units that left.
    pub shipped: i64,
    /// Units that came.
    pub received: i64,
    /// Units that went back.
    pub returned: i64,
    /// Units that never came.
    pub lost: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Transfer> {
    const COLUMN: Column = Column::TransferId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
