//! Units of a return that came. Append-only.

use domain::id::{Id, Order, OrderLine, Return, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Units of a return that came. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_receipt")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of which return.
    #[sea_orm(primary_key, auto_increment = false)]
    pub return_id: Id<Return>,
    /// Of which line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: Id<OrderLine>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Units.
    pub quantity: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Return> {
    const COLUMN: Column = Column::ReturnId;
}
