//! A part of a company that buys.

use domain::id::{Id, Organisation, OrganisationUnit, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A part of a company that buys.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_unit")]
pub struct Model {
    /// Whose customer it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The unit.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrganisationUnit>,
    /// The company.
    pub organisation_id: Id<Organisation>,
    /// The unit above it; none: the company itself.
    pub parent_id: Option<Id<OrganisationUnit>>,
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Counts its changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<OrganisationUnit> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Organisation> {
    const COLUMN: Column = Column::OrganisationId;
}
