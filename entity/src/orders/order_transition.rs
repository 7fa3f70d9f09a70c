//! One move of an order. Append-only.

use domain::{
    id::{Id, Order, Tenant, Transition},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One move of an order. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_transition")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The move.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Transition>,
    /// Whose move it is.
    pub order_id: Id<Order>,
    /// 1 for the placement, then one more each.
    pub sequence: i64,
    /// Code of the action; none for the placement.
    pub action: Option<String>,
    /// Code of the state before; none for the placement.
    pub from_state: Option<String>,
    /// Code of the state after.
    pub to_state: String,
    /// Who: an account's id, `guest` or `system`.
    pub actor: String,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// How much, where money went back.
    pub amount_minor: Option<i64>,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Transition> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
