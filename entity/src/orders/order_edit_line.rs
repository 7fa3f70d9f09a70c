//! A line of an order that came in with an edit. Append-only.

use domain::id::{Id, Order, OrderEdit, OrderLine, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A line of an order that came in with an edit. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_edit_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The line that came in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_line_id: Id<OrderLine>,
    /// With which edit.
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
