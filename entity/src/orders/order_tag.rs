//! A word by which staff find an order again.

use domain::id::{Id, Order, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A word by which staff find an order again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_tag")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What bears it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Id<Order>,
    /// The form in which tags are compared.
    #[sea_orm(primary_key, auto_increment = false)]
    pub folded: String,
    /// As it was written.
    pub tag: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
