//! A person who signs in.

use domain::{
    id::{Account, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A person who signs in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Account>,
    /// CUSTOMER or STAFF.
    pub kind: String,
    /// Lower case.
    pub email: String,
    /// As the person writes it.
    pub name: String,
    /// E.164.
    pub phone: Option<String>,
    /// PHC string of argon2id.
    pub password_hash: String,
    /// Tag of the language to write in.
    pub language: String,
    /// When it was made.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::Id;
}
