//! One thing that happened to a payment. Append-only.

use domain::{
    id::{Id, Payment, PaymentEntry, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One thing that happened to a payment. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_entry")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<PaymentEntry>,
    /// Whose entry it is.
    pub payment_id: Id<Payment>,
    /// What happened: the code of a `domain::payments::entry::EntryKind`.
    pub kind: String,
    /// What it answers.
    pub request_id: Option<Id<PaymentEntry>>,
    /// How much.
    pub amount_minor: i64,
    /// Why, where it was refused.
    pub code: Option<String>,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<PaymentEntry> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Payment> {
    const COLUMN: Column = Column::PaymentId;
}
