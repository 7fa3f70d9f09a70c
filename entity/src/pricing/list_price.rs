//! What a variant costs in a list for some time, tax included.

use domain::{
    id::{Id, PriceList, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a variant costs in a list for some time, tax included.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_price")]
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
    /// From then on; with the next also of the key, which SeaORM can only make of ids.
    pub starts_at: Instant,
    /// Whether it goes before regular ones.
    pub is_temporary: bool,
    /// Until then; none: for ever.
    pub ends_at: Option<Instant>,
    /// The price of a piece, minor units of the list's currency.
    pub amount_minor: i64,
    /// A former, higher price.
    pub was_minor: Option<i64>,
    /// From how many pieces on each costs less, JSON: `[[10,900]]`.
    pub tiers: String,
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
