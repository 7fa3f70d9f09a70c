//! By which rules a channel chooses the places that its orders ship from.

use domain::id::{Channel, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// By which rules a channel chooses the places that its orders ship from.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_sourcing")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// Codes of the rules, the most important first, separated by commas.
    pub rules: String,
    /// Whether an order may ship from several places.
    pub allow_split: bool,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}
