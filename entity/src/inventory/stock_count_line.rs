//! What was counted of one variant.

use domain::{
    id::{Id, StockCount, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What was counted of one variant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_count_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub count_id: Id<StockCount>,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// Units found; none if nobody looked yet.
    pub counted: Option<i64>,
    /// Units on the shelf by the record when that was written down.
    pub expected: Option<i64>,
    /// When that was.
    pub recorded_at: Option<Instant>,
    /// Who counted: an account's id.
    pub actor: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<StockCount> {
    const COLUMN: Column = Column::CountId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
