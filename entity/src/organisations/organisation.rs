//! A company that buys.

use domain::id::{Id, Organisation, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A company that buys.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// Whose customer it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The company.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Organisation>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Commercial registration.
    pub registration_number: String,
    /// VAT registration; empty if it has none.
    pub vat_number: String,
    /// Its seat.
    pub city: String,
    /// The country of its seat, ISO 3166-1 alpha-2.
    pub country: String,
    /// Whether nobody can buy for it.
    pub is_suspended: bool,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Organisation> {
    const COLUMN: Column = Column::Id;
}
