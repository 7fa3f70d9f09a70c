//! Stock held for an order's line.

use domain::{
    id::{Channel, Id, Location, Order, OrderLine, Reservation, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Stock held for an order's line.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reservation")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The reservation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Reservation>,
    /// For whom.
    pub order_id: Id<Order>,
    /// For which line.
    pub order_line_id: Id<OrderLine>,
    /// Of what.
    pub variant_id: Id<Variant>,
    /// Where.
    pub location_id: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// HELD, CONFIRMED, RELEASED, SHIPPED, or MOVED to another place.
    pub state: String,
    /// When a held one is released; none once confirmed.
    pub expires_at: Option<Instant>,
    /// In which channel it is promised; none if that was not asked then.
    pub channel_id: Option<Id<Channel>>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Reservation> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}

impl Key<Entity> for Id<OrderLine> {
    const COLUMN: Column = Column::OrderLineId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}
