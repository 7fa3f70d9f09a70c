//! A refund at the simulated gateway.

use domain::id::{Id, SimulatedCharge, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A refund at the simulated gateway.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "simulated_refund")]
pub struct Model {
    /// Whose key was used.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// One refund a key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub idempotency_key: String,
    /// Of which charge.
    pub charge_id: Id<SimulatedCharge>,
    /// How much.
    pub amount_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<SimulatedCharge> {
    const COLUMN: Column = Column::ChargeId;
}
