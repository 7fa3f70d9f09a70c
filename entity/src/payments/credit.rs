//! A gift card, or what the shop owes a customer in a currency.

use domain::{
    id::{Account, Credit, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A gift card, or what the shop owes a customer in a currency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The gift card, or the store credit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Credit>,
    /// What it is: the code of a `domain::payments::credit::CreditKind`.
    pub kind: String,
    /// ISO 4217, of every amount.
    pub currency: String,
    /// Whose store credit it is; of a card for whom it is, if that was said.
    pub customer_id: Option<Id<Account>>,
    /// SHA-256 of a card's code, hexadecimal.
    pub code_hash: Option<String>,
    /// The last characters of the code.
    pub code_end: Option<String>,
    /// Whether a card is good for nothing until further notice.
    pub is_blocked: bool,
    /// What staff noted about a card.
    pub note: Option<String>,
    /// Counts its changes, but for those of its balance.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Credit> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::CustomerId;
}
