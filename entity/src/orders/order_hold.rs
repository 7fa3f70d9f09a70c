//! Why an order must not go on. Append-only; ended by a release.

use domain::{
    id::{Id, Order, OrderHold, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Why an order must not go on. Append-only; ended by a release.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_hold")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The hold.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrderHold>,
    /// What is held.
    pub order_id: Id<Order>,
    /// Code of the kind.
    pub kind: String,
    /// The how manieth of its kind.
    pub round: i64,
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

impl Key<Entity> for Id<OrderHold> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
