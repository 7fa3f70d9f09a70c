//! The class of a product. What has none is of the standard class.

use domain::id::{Id, Product, TaxClass, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// The class of a product. What has none is of the standard class.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_tax_class")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Id<Product>,
    /// Its class.
    pub tax_class_id: Id<TaxClass>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::ProductId;
}

impl Key<Entity> for Id<TaxClass> {
    const COLUMN: Column = Column::TaxClassId;
}
