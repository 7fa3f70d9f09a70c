//! How many pieces of a variant are bought together by a list.

use domain::id::{Id, PriceList, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// How many pieces of a variant are bought together by a list, and by those that follow it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quantity_rule")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The list.
    #[sea_orm(primary_key, auto_increment = false)]
    pub price_list_id: Id<PriceList>,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// The fewest pieces.
    pub minimum: i64,
    /// The most pieces; none: as many as a line may have.
    pub maximum: Option<i64>,
    /// Of which number of pieces it is a multiple.
    pub increment: i64,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<PriceList> {
    const COLUMN: Column = Column::PriceListId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
