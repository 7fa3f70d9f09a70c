//! What others call a variant.

use domain::id::{ExternalSku, Id, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What others call a variant.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "external_sku")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<ExternalSku>,
    /// Where it is called so: the code of a channel, or of a marketplace.
    pub marketplace: String,
    /// What it is called there.
    pub sku: String,
    /// What it is here.
    pub variant_id: Id<Variant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<ExternalSku> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
