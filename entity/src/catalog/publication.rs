//! That a channel shows a product.

use domain::{
    id::{Channel, Id, Product, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a channel shows a product.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "publication")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Where it is shown.
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel_id: Id<Channel>,
    /// What is shown.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Id<Product>,
    /// Since when; not before.
    pub published_at: Instant,
    /// The lowest price of its variants there, to filter and sort by.
    pub lowest_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::ProductId;
}
