//! What came onto a balance together.

use domain::{
    id::{Credit, CreditLot, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What came onto a balance together.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_lot")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The lot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<CreditLot>,
    /// What it is on.
    pub credit_id: Id<Credit>,
    /// How much came.
    pub amount_minor: i64,
    /// What is left of it.
    pub left_minor: i64,
    /// What was left when its time was up.
    pub expired_minor: i64,
    /// From when on it is worth nothing; none: never.
    pub expires_at: Option<Instant>,
    /// When it came.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<CreditLot> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Credit> {
    const COLUMN: Column = Column::CreditId;
}
