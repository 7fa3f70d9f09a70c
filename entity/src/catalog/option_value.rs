//! One value of an option.

use domain::id::{Id, OptionValue, ProductOption, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One value of an option.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "option_value")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The value.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OptionValue>,
    /// Whose value it is.
    pub option_id: Id<ProductOption>,
    /// Its name in imports.
    pub code: String,
    /// Its place among the option's, ascending.
    pub position: i32,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<OptionValue> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<ProductOption> {
    const COLUMN: Column = Column::OptionId;
}
