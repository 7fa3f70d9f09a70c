//! Goods that a supplier is to deliver.

use domain::{
    id::{Id, InboundSupply, Location, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Goods that a supplier is to deliver.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbound_supply")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The supply.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<InboundSupply>,
    /// Of what.
    pub variant_id: Id<Variant>,
    /// Where to.
    pub location_id: Id<Location>,
    /// Units that were announced.
    pub quantity: i64,
    /// Units that came.
    pub received: i64,
    /// The day on which it is to come: days since 1970-01-01.
    pub expected_on: i64,
    /// The supplier's paper.
    pub reference: Option<String>,
    /// Expected, received or cancelled: its code.
    pub state: String,
    /// Who announced it: an account's id.
    pub actor: String,
    /// When.
    pub announced_at: Instant,
    /// Since when nothing more is to come.
    pub closed_at: Option<Instant>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<InboundSupply> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
