//! A place that holds stock.

use domain::id::{Id, Location, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A place that holds stock.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The place.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Location>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// WAREHOUSE, SHOP, SUPPLIER or TRANSIT.
    pub kind: String,
    /// Where it is.
    pub city: String,
    /// Where in the city, in its own words.
    pub address: Option<String>,
    /// Whether channels sell from it.
    pub is_active: bool,
    /// Counts its changes; 1 when it is new.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Location> {
    const COLUMN: Column = Column::Id;
}
