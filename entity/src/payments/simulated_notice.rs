//! A webhook the simulated gateway has to send.

use domain::{
    id::{Id, SimulatedCharge, SimulatedNotice, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A webhook the simulated gateway has to send.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "simulated_notice")]
pub struct Model {
    /// Whose charge it is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The webhook.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<SimulatedNotice>,
    /// The charge.
    pub charge_id: Id<SimulatedCharge>,
    /// What happened to it.
    pub news: String,
    /// When it is sent next.
    pub due_at: Instant,
    /// How often it is still sent: a gateway sends twice.
    pub sends_left: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<SimulatedNotice> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<SimulatedCharge> {
    const COLUMN: Column = Column::ChargeId;
}
