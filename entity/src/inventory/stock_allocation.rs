//! Units of a place that are one channel's.

use domain::id::{Channel, Id, Location, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Units of a place that are one channel's.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_allocation")]
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
    /// Whose units they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// Units that other channels leave, those among them that are promised in this one.
    pub quantity: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}
