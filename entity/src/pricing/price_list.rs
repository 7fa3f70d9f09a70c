//! Prices in one currency.

use domain::{
    id::{Id, PriceList, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Prices in one currency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The list.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<PriceList>,
    /// Its name in imports.
    pub code: String,
    /// ISO 4217.
    pub currency: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// From then on.
    pub starts_at: Option<Instant>,
    /// Until then.
    pub ends_at: Option<Instant>,
    /// From which others it takes what it does not have, JSON: [`domain::pricing::list::Rule`]s.
    pub rules: String,
    /// Counts its changes; 1 when it is new.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<PriceList> {
    const COLUMN: Column = Column::Id;
}
