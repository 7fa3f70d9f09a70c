//! A promotion.

use domain::{
    id::{Id, Promotion, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A promotion.
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
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// ISO 4217 code of its amounts; none: it names none.
    pub currency: Option<String>,
    /// Where it applies, JSON; empty: everywhere.
    pub channels: String,
    /// What it is about, when it applies and what it does, JSON.
    pub rule: String,
    /// As the rule says.
    pub needs_coupon: bool,
    /// From then on.
    pub starts_at: Option<Instant>,
    /// Until then.
    pub ends_at: Option<Instant>,
    /// Of how many orders; none: of any number.
    pub orders_max: Option<i64>,
    /// Of how many orders of one customer.
    pub orders_max_of_customer: Option<i64>,
    /// Of how many orders of one company.
    pub orders_max_of_organisation: Option<i64>,
    /// How much it may take off.
    pub budget_minor: Option<i64>,
    /// Orders that it took something off.
    pub orders: i64,
    /// What it took off them.
    pub spent_minor: i64,
    /// Counts the changes of staff.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::Id;
}
