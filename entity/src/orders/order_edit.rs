//! What staff changed of an order before it left. Append-only.

use domain::{
    id::{Id, Order, OrderCancellation, OrderEdit, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What staff changed of an order before it left. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_edit")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The edit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrderEdit>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// What fell away, if something did.
    pub cancellation_id: Option<Id<OrderCancellation>>,
    /// What fell away with it.
    pub removed_minor: i64,
    /// What the lines cost that came in.
    pub added_minor: i64,
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
