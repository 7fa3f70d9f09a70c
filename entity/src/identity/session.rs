//! One sign-in.

use domain::{
    id::{Account, Id, Session, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One sign-in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Session>,
    /// Who signed in.
    pub account_id: Id<Account>,
    /// SHA-256 of the one refresh token that is valid, hexadecimal.
    pub refresh_hash: String,
    /// When the refresh token ends.
    pub expires_at: Instant,
    /// When it was signed out or a used token came back.
    pub ended_at: Option<Instant>,
    /// When it was made.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Session> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::AccountId;
}
