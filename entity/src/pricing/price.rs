//! What a variant costs in a list, tax included.

use domain::id::{Id, PriceList, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a variant costs in a list, tax included.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "price")]
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
    /// The price, minor units of the list's currency.
    pub amount_minor: i64,
    /// A former, higher price.
    pub was_minor: Option<i64>,
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
