//! A count of what a place holds.

use domain::{
    id::{Id, Location, StockCount, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A count of what a place holds.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_count")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The count.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<StockCount>,
    /// Where.
    pub location_id: Id<Location>,
    /// OPEN or CLOSED.
    pub state: String,
    /// What it is for.
    pub note: Option<String>,
    /// Who opened it: an account's id.
    pub actor: String,
    /// Since when.
    pub opened_at: Instant,
    /// Until when.
    pub closed_at: Option<Instant>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<StockCount> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
