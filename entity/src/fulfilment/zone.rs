//! A part of the world: what is delivered to at the same price, or served by the same places.

use domain::id::{Id, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A part of the world: what is delivered to at the same price, or served by the same places.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "zone")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Zone>,
    /// Its name in imports.
    pub code: String,
    /// Whether the remote-area surcharge applies.
    pub is_remote: bool,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Zone> {
    const COLUMN: Column = Column::Id;
}
