//! A city of a zone; a zone without cities is the rest of its country.

use domain::id::{Id, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A city of a zone; a zone without cities is the rest of its country.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "zone_city")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone_id: Id<Zone>,
    /// A name of the city, folded for comparing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub city: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Zone> {
    const COLUMN: Column = Column::ZoneId;
}
