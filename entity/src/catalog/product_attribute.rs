//! What a product says of itself.

use domain::id::{Attribute, Id, Product, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What a product says of itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_attribute")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Id<Product>,
    /// The attribute.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attribute_id: Id<Attribute>,
    /// Its place among the product's, ascending.
    pub position: i32,
    /// Arabic value.
    pub value_ar: Option<String>,
    /// English value.
    pub value_en: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::ProductId;
}

impl Key<Entity> for Id<Attribute> {
    const COLUMN: Column = Column::AttributeId;
}
