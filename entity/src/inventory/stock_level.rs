//! What a place holds of a variant: the fold of its movements.

use domain::{
    id::{Id, Location, StockLevel, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a place holds of a variant: the fold of its movements.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_level")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// Where.
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: Id<Location>,
    /// The level.
    pub id: Id<StockLevel>,
    /// When something of it was first there.
    pub since: Instant,
    /// Units on the shelf.
    pub on_hand: i64,
    /// Units promised to orders.
    pub reserved: i64,
    /// Units that are there and cannot be sold.
    pub quarantined: i64,
    /// Units on the shelf that no channel sells.
    pub safety: i64,
    /// So many sellable units or fewer are few; none if nobody said.
    pub low_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<StockLevel> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
