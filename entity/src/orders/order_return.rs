//! Goods of an order that a customer sends back. Append-only.

use domain::{
    id::{Id, Order, Return, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Goods of an order that a customer sends back. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The return.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Return>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// What was said with it.
    pub note: Option<String>,
    /// Who asked for it: an account's id, or `guest`.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Return> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
