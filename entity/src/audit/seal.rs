//! The seal of an audit entry. Append-only.

use domain::id::{AuditEntry, Id, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// The seal of an audit entry, which holds the one before. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The entry's place, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The entry.
    pub entry_id: Id<AuditEntry>,
    /// SHA-256 of the hash before and of the entry.
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<AuditEntry> {
    const COLUMN: Column = Column::EntryId;
}
