//! How often a promotion was used for a company.

use domain::id::{Id, Organisation, Promotion, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How often a promotion was used for a company.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promotion_organisation")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The promotion.
    #[sea_orm(primary_key, auto_increment = false)]
    pub promotion_id: Id<Promotion>,
    /// The company.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation_id: Id<Organisation>,
    /// Orders.
    pub orders: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Promotion> {
    const COLUMN: Column = Column::PromotionId;
}

impl Key<Entity> for Id<Organisation> {
    const COLUMN: Column = Column::OrganisationId;
}
