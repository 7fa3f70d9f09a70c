//! What happened to a return. Append-only.

use domain::{
    id::{Id, Order, Return, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What happened to a return. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_step")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose step it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Id<Return>,
    /// 1 for the request, then one more each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Code of the action; none for the request.
    pub action: Option<String>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// What went back.
    pub amount_minor: Option<i64>,
    /// Who: an account's id, or `guest`.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Return> {
    const COLUMN: Column = Column::ReturnId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
