//! A way to pay in a channel.

use domain::id::{Channel, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A way to pay in a channel.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel_payment")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// The payment method's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub method: String,
    /// What it costs the customer, tax included.
    pub fee_minor: i64,
    /// Its place among the channel's, ascending.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}
