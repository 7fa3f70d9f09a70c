//! Goods of an order that left a place together. Append-only.

use domain::{
    id::{Id, Location, Order, Shipment, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Goods of an order that left a place together. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The shipment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Shipment>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// From where.
    pub location_id: Id<Location>,
    /// Who carries it.
    pub carrier: String,
    /// The carrier's number.
    pub tracking: String,
    /// When it left.
    pub shipped_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Shipment> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
