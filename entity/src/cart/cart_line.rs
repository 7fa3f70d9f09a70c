//! A line of a cart.

use domain::{
    id::{Cart, CartLine, Id, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A line of a cart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<CartLine>,
    /// Whose line it is.
    pub cart_id: Id<Cart>,
    /// What is wanted.
    pub variant_id: Id<Variant>,
    /// Units.
    pub quantity: i64,
    /// The unit price when it was put in.
    pub seen_minor: i64,
    /// The unit price that was agreed on instead of the list's.
    pub agreed_minor: Option<i64>,
    /// Why.
    pub agreed_reason: Option<String>,
    /// When it was put in.
    pub added_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<CartLine> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::CartId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
