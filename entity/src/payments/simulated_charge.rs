//! A charge at the simulated gateway. It belongs to the gateway, not to the shop.

use domain::id::{Id, SimulatedCharge, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A charge at the simulated gateway. It belongs to the gateway, not to the shop.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "simulated_charge")]
pub struct Model {
    /// Whose key was used.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The charge.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<SimulatedCharge>,
    /// One charge a key.
    pub idempotency_key: String,
    /// ISO 4217.
    pub currency: String,
    /// What is charged.
    pub amount_minor: i64,
    /// What went back.
    pub refunded_minor: i64,
    /// Code of the state.
    pub state: String,
    /// Why it was refused.
    pub decline_code: Option<String>,
    /// Where the payer goes after the challenge.
    pub return_url: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<SimulatedCharge> {
    const COLUMN: Column = Column::Id;
}
