//! An amount to be paid, and what became of it.

use domain::{
    id::{Id, Order, Payment, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// An amount to be paid, and what became of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The payment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Payment>,
    /// What it pays.
    pub reference_id: Id<Order>,
    /// Code of the method.
    pub method: String,
    /// Code of the status.
    pub status: String,
    /// ISO 4217, of every amount.
    pub currency: String,
    /// What is to be paid.
    pub amount_minor: i64,
    /// What of it fell away before it was paid.
    pub reduced_minor: i64,
    /// What the gateway holds or held.
    pub authorised_minor: i64,
    /// What the shop got.
    pub captured_minor: i64,
    /// What went back or is on its way back.
    pub refunded_minor: i64,
    /// The gateway's name of it.
    pub charge: Option<String>,
    /// Where the payer must confirm.
    pub challenge_url: Option<String>,
    /// Why the last attempt failed.
    pub decline_code: Option<String>,
    /// When it was made.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Payment> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::ReferenceId;
}
