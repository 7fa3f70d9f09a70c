//! A zone that a place serves.

use domain::id::{Id, Location, Tenant, Zone};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A zone that a place serves.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "location_zone")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: Id<Location>,
    /// The zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub zone_id: Id<Zone>,
    /// How far it is, the nearest lowest.
    pub rank: i64,
    /// What a parcel there costs the shop, to compare places by; none if nobody said.
    pub cost_minor: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::LocationId;
}

impl Key<Entity> for Id<Zone> {
    const COLUMN: Column = Column::ZoneId;
}
