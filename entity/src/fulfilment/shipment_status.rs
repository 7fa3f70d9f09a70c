//! Where a shipment is now: the last of its steps.

use domain::id::{Id, Order, Shipment, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Where a shipment is now: the last of its steps.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_status")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose status it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipment_id: Id<Shipment>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Code of the state.
    pub state: String,
    /// Steps so far.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Shipment> {
    const COLUMN: Column = Column::ShipmentId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
