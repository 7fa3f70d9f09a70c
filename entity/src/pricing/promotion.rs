//! A discount that applies by itself.

use domain::{
    id::{Channel, Collection, Id, Promotion, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A discount that applies by itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Promotion>,
    /// Where it applies.
    pub channel_id: Id<Channel>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// `COLLECTION_PERCENT`, `ORDER_PERCENT` or `FREE_DELIVERY`.
    pub effect: String,
    /// Hundredths of a percent, where the effect is one.
    pub percent_bps: Option<i32>,
    /// What it discounts, where the effect is of a collection.
    pub collection_id: Option<Id<Collection>>,
    /// The discounted subtotal from which it applies.
    pub over_minor: Option<i64>,
    /// Lower applies first.
    pub priority: i32,
    /// From then on.
    pub starts_at: Option<Instant>,
    /// Until then.
    pub ends_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Collection> {
    const COLUMN: Column = Column::CollectionId;
}
