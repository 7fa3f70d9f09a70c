//! A product's membership of a collection.

use domain::id::{Collection, Id, Product, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A product's membership of a collection.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product_collection")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The product.
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: Id<Product>,
    /// The collection.
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: Id<Collection>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Product> {
    const COLUMN: Column = Column::ProductId;
}

impl Key<Entity> for Id<Collection> {
    const COLUMN: Column = Column::CollectionId;
}
