//! Units of a line that were cancelled. Append-only.

use domain::id::{Id, Order, OrderCancellation, OrderLine, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Units of a line that were cancelled. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_cancellation_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What was cancelled together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cancellation_id: Id<OrderCancellation>,
    /// Of which line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: Id<OrderLine>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Units.
    pub quantity: i64,
    /// Their share of the line's total.
    pub amount_minor: i64,
    /// Tax included in it.
    pub tax_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
