//! What of an order was cancelled together. Append-only.

use domain::{
    id::{Id, Order, OrderCancellation, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What of an order was cancelled together. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_cancellation")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The cancellation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrderCancellation>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// What falls away of the order's total.
    pub amount_minor: i64,
    /// Tax included in it.
    pub tax_minor: i64,
    /// How much of it is delivery and fees.
    pub charges_minor: i64,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Who: an account's id, or `system`.
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
