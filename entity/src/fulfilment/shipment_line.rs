//! What is in a shipment. Append-only.

use domain::id::{Id, Order, OrderLine, Shipment, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What is in a shipment. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What left together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipment_id: Id<Shipment>,
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

impl Key<Entity> for Id<Shipment> {
    const COLUMN: Column = Column::ShipmentId;
}

impl Key<Entity> for Id<OrderLine> {
    const COLUMN: Column = Column::OrderLineId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
