//! How things of a class are taxed somewhere from an instant on.

use domain::{
    id::{Id, TaxClass, TaxRule, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How things of a class are taxed somewhere from an instant on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rule")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The rule.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<TaxRule>,
    /// Of which class; none: the standard one.
    pub tax_class_id: Option<Id<TaxClass>>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// In which region of it, as it was written; none: in all.
    pub region: Option<String>,
    /// The same, folded for comparing; empty: in all.
    pub region_key: String,
    /// From then on.
    pub starts_at: Instant,
    /// How, such as `STANDARD`; none: as what is less special is.
    pub category: Option<String>,
    /// Basis points: 1500 is 15 %.
    pub rate_bps: Option<i32>,
    /// Why it is not taxed at a rate.
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<TaxRule> {
    const COLUMN: Column = Column::Id;
}
