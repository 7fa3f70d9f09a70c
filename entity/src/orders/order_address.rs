//! Where an order goes that shall go elsewhere than was said. Append-only.

use domain::{
    id::{Id, Order, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Where an order goes that shall go elsewhere than was said. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_address")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of which order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Id<Order>,
    /// 1 for the first change, then one more each; the last counts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// JSON, as the order's own.
    pub address: String,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Who: an account's id.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
