//! What lies in a zone: a city of a country, or the rest of it.

use domain::id::{Id, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What lies in a zone: a city of a country, or the rest of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "zone_area")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone_id: Id<Zone>,
    /// ISO 3166-1 alpha-2.
    #[sea_orm(primary_key, auto_increment = false)]
    pub country: String,
    /// A name of the city, folded for comparing; empty: the whole country.
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
