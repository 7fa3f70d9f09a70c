//! Who did what. Append-only.

use domain::{
    id::{AuditEntry, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Who did what. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<AuditEntry>,
    /// Who did it: an account's id, `guest` or `system`.
    pub actor: String,
    /// What was done: the event's name.
    pub action: String,
    /// Prefix of the ids of the record's kind.
    pub record_kind: String,
    /// The record it was done to.
    pub record_id: Uuid,
    /// What was before, JSON; none if that is not known.
    pub before: Option<String>,
    /// The event's payload, JSON.
    pub after: String,
    /// The request it was done in.
    pub request_id: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<AuditEntry> {
    const COLUMN: Column = Column::Id;
}
