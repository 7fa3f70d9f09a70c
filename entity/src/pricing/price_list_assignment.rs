//! That somebody buys by a list.

use domain::{
    id::{Channel, CustomerGroup, Id, Organisation, OrganisationUnit, PriceList, PriceListAssignment, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// That a customer group, who buys for a company, or everybody in a channel, buys by a list.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list_assignment")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The assignment.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<PriceListAssignment>,
    /// The list.
    pub price_list_id: Id<PriceList>,
    /// The customers; none: who buys for the company, or everybody in the channel.
    pub group_id: Option<Id<CustomerGroup>>,
    /// The company.
    pub organisation_id: Option<Id<Organisation>>,
    /// In this unit of it or below; none: in any.
    pub organisation_unit_id: Option<Id<OrganisationUnit>>,
    /// In which channel; none: in every one.
    pub channel_id: Option<Id<Channel>>,
    /// Of several that somebody has for the same reason, the one with the lower number is asked first.
    pub priority: i32,
    /// To where it is bought: ISO 3166-1 alpha-2 codes, separated by commas; empty: to anywhere.
    pub countries: String,
    /// From then on.
    pub starts_at: Option<Instant>,
    /// Until then.
    pub ends_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<PriceListAssignment> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<PriceList> {
    const COLUMN: Column = Column::PriceListId;
}
