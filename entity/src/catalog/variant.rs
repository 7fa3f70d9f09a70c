//! One combination of a product's options: what is bought.

use domain::id::{Id, Product, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One combination of a product's options: what is bought.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The variant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Variant>,
    /// Whose variant it is.
    pub product_id: Id<Product>,
    /// Stock keeping unit.
    pub sku: String,
    /// EAN-13.
    pub gtin: String,
    /// Shipping weight.
    pub weight_grams: i64,
    /// Its place among the product's, ascending.
    pub position: i32,
    /// How much is in it, JSON: [`domain::catalog::measure::Measure`]; none: its price is told for no quantity.
    pub measure: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::ProductId;
}
