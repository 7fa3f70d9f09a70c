//! What happened to a shipment on its way. Append-only.

use domain::{
    id::{Id, Order, Shipment, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What happened to a shipment on its way. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "shipment_step")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Whose step it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub shipment_id: Id<Shipment>,
    /// 1 for the first, then one more each.
    #[sea_orm(primary_key, auto_increment = false)]
    pub sequence: i64,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Code of the action.
    pub action: String,
    /// Why the carrier came in vain.
    pub fail_reason: Option<String>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// What fell away of what was to be paid.
    pub amount_minor: Option<i64>,
    /// Who: an account's id.
    pub actor: String,
    /// When.
    pub at: Instant,
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
