//! That a customer buys for a company.

use domain::id::{Account, Id, Organisation, OrganisationUnit, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a customer buys for a company.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_member")]
pub struct Model {
    /// Whose customer it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The company.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id<Organisation>,
    /// Who buys for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Id<Account>,
    /// The unit that they are in; none: the company itself.
    pub unit_id: Option<Id<OrganisationUnit>>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Organisation> {
    const COLUMN: Column = Column::OrganisationId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::AccountId;
}

impl Key<Entity> for Id<OrganisationUnit> {
    const COLUMN: Column = Column::UnitId;
}
