//! An area delivered to at the same price.

use domain::id::{Id, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// An area delivered to at the same price.
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
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Whether the remote-area surcharge applies.
    pub is_remote: bool,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Zone> {
    const COLUMN: Column = Column::Id;
}
