//! An order that was placed elsewhere, before. Append-only.

use domain::{
    id::{Channel, Id, Order, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// An order that was placed elsewhere, before. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_import")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of which channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// How the other system named it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub external_number: String,
    /// What it is here.
    pub order_id: Id<Order>,
    /// What the other system is called.
    pub source: Option<String>,
    /// How it was delivered, as the other system named it.
    pub delivery_name: Option<String>,
    /// Who imported it: an account's id.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
