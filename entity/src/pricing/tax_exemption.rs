//! That somebody is relieved of tax.

use domain::{
    id::{Account, CustomerGroup, Id, Organisation, OrganisationUnit, TaxExemption, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That somebody is relieved of tax.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_exemption")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// That they are.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<TaxExemption>,
    /// Which customer.
    pub account_id: Option<Id<Account>>,
    /// Or which customer group.
    pub group_id: Option<Id<CustomerGroup>>,
    /// Or who buys for which company.
    pub organisation_id: Option<Id<Organisation>>,
    /// In this unit of it or below; none: in any.
    pub organisation_unit_id: Option<Id<OrganisationUnit>>,
    /// Where: ISO 3166-1 alpha-2; none: everywhere.
    pub country: Option<String>,
    /// How what they buy is treated, such as `EXEMPT`.
    pub category: String,
    /// Why, as invoices say it.
    pub reason: Option<String>,
    /// What proves it.
    pub certificate: Option<String>,
    /// From then on.
    pub starts_at: Instant,
    /// Until then.
    pub ends_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<TaxExemption> {
    const COLUMN: Column = Column::Id;
}
