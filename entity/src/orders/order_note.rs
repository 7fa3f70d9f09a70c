//! A remark about an order. Append-only.

use domain::{
    id::{Id, Order, OrderNote, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A remark about an order. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_note")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The note.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrderNote>,
    /// What it is about.
    pub order_id: Id<Order>,
    /// What was remarked.
    pub text: String,
    /// Whether the customer reads it.
    pub is_visible_to_customer: bool,
    /// Who: an account's id.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<OrderNote> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
