//! One thing that moved a balance. Append-only.

use domain::{
    id::{Credit, CreditEntry, CreditLot, Id, Payment, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One thing that moved a balance. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_entry")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<CreditEntry>,
    /// Whose balance.
    pub credit_id: Id<Credit>,
    /// Of which lot.
    pub lot_id: Id<CreditLot>,
    /// What moved it: the code of a `domain::payments::credit::CreditEntryKind`.
    pub kind: String,
    /// What came, or, below zero, went.
    pub amount_minor: i64,
    /// What was paid with it, or came back.
    pub payment_id: Option<Id<Payment>>,
    /// Who did it.
    pub actor: String,
    /// Why, in the words of staff.
    pub reason: Option<String>,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<CreditEntry> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Credit> {
    const COLUMN: Column = Column::CreditId;
}

impl Key<Entity> for Id<Payment> {
    const COLUMN: Column = Column::PaymentId;
}
