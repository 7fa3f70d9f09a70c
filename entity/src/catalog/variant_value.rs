//! The value a variant has of one option.

use domain::id::{Id, OptionValue, ProductOption, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// The value a variant has of one option.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant_value")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: Id<Variant>,
    /// The option.
    #[sea_orm(primary_key, auto_increment = false)]
    pub option_id: Id<ProductOption>,
    /// Its value.
    pub option_value_id: Id<OptionValue>,
    /// The option's place in the product, ascending.
    pub position: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}

impl Key<Entity> for Id<ProductOption> {
    const COLUMN: Column = Column::OptionId;
}

impl Key<Entity> for Id<OptionValue> {
    const COLUMN: Column = Column::OptionValueId;
}
