//! Goods that go from one place to another.

use domain::{
    id::{Id, Location, Tenant, Transfer},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Goods that go from one place to another.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfer")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The transfer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Transfer>,
    /// From where.
    pub from_id: Id<Location>,
    /// To where.
    pub to_id: Id<Location>,
    /// In transit, received or cancelled: its code.
    pub state: String,
    /// The shipper's paper.
    pub reference: Option<String>,
    /// Why less came than went, or why it was cancelled.
    pub reason: Option<String>,
    /// Who sent it: an account's id.
    pub actor: String,
    /// When it left.
    pub shipped_at: Instant,
    /// When nothing of it was under way any more.
    pub closed_at: Option<Instant>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Transfer> {
    const COLUMN: Column = Column::Id;
}
