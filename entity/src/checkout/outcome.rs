//! What became of a ticket. Append-only.

use domain::{
    id::{Channel, Id, Order, Tenant, Ticket},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What became of a ticket. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkout_outcome")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: Id<Ticket>,
    /// Where it was handed in.
    pub channel_id: Id<Channel>,
    /// The how-manieth of its channel it was decided as.
    pub turn: i64,
    /// The order, if it became one.
    pub order_id: Option<Id<Order>>,
    /// Why it became none, JSON.
    pub refusal: Option<String>,
    /// When that was decided.
    pub decided_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Ticket> {
    const COLUMN: Column = Column::TicketId;
}
