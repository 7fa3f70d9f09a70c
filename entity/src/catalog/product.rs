//! A product.

use domain::{
    id::{Category, Id, Product, ProductType, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A product.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Product>,
    /// Its name in addresses.
    pub slug: String,
    /// Its kind.
    pub product_type_id: Id<ProductType>,
    /// Where it stands.
    pub category_id: Id<Category>,
    /// Arabic brand.
    pub brand_ar: Option<String>,
    /// English brand.
    pub brand_en: Option<String>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Arabic description.
    pub description_ar: Option<String>,
    /// English description.
    pub description_en: Option<String>,
    /// Names, brands and slug, folded for comparing.
    pub search_text: String,
    /// When it was created.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<ProductType> {
    const COLUMN: Column = Column::ProductTypeId;
}

impl Key<Entity> for Id<Category> {
    const COLUMN: Column = Column::CategoryId;
}
