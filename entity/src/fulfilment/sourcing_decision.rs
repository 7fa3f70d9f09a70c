//! That a line of an order ships from a place, and why.

use domain::{
    id::{Id, Location, Order, OrderLine, SourcingDecision, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a line of an order ships from a place, and why.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sourcing_decision")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The decision.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<SourcingDecision>,
    /// Of which order.
    pub order_id: Id<Order>,
    /// Of which line.
    pub order_line_id: Id<OrderLine>,
    /// From where.
    pub location_id: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// Code of what decided.
    pub because: String,
    /// The places that were looked at and what became of them, JSON.
    pub considered: String,
    /// The place that was to give them before; none at placement.
    pub refused_by: Option<Id<Location>>,
    /// Why that place does not give them, in the words of who says so.
    pub refusal: Option<String>,
    /// Who: an account's id, `guest` or `system`.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
