//! That goods left for others that came back. Append-only.

use domain::id::{Id, Order, OrderEdit, Return, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That goods left for others that came back. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_exchange")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What came back.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Id<Return>,
    /// What left for it.
    pub edit_id: Id<OrderEdit>,
    /// Of which order.
    pub order_id: Id<Order>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
