//! What a piece of a variant costs the shop, and the lowest price that it sells it at.

use domain::id::{Id, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a piece of a variant costs the shop, and the lowest price that it sells it at, in a currency.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_cost")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// ISO 4217 code of what the amounts are in.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: String,
    /// What a piece costs the shop, without tax, minor units; none: not said.
    pub cost_minor: Option<i64>,
    /// The lowest price of a piece, in the terms of price lists, minor units; none: any.
    pub floor_minor: Option<i64>,
    /// The lowest prices there were, and that there is, each since its instant, as JSON.
    pub floors: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
