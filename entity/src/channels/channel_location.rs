//! A place a channel sells from.

use domain::id::{Channel, Id, Location, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A place a channel sells from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_location")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// The place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: Id<Location>,
    /// Lower is asked first.
    pub priority: i32,
    /// Units of each variant there that the channel does not sell.
    pub buffer: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
