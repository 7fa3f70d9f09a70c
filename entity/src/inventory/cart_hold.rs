//! Stock held for a cart.

use domain::{
    id::{Cart, CartHold, Channel, Id, Location, Tenant, Variant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// Stock held for a cart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_hold")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The hold.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<CartHold>,
    /// For which cart.
    pub cart_id: Id<Cart>,
    /// Of what.
    pub variant_id: Id<Variant>,
    /// Where.
    pub location_id: Id<Location>,
    /// Units.
    pub quantity: i64,
    /// HELD, RELEASED, or ORDERED: the cart's order has them.
    pub state: String,
    /// Until when.
    pub expires_at: Instant,
    /// In which channel it is held; none if that was not asked then.
    pub channel_id: Option<Id<Channel>>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<CartHold> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::CartId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
