//! A cart that staff make for a customer.

use domain::{
    id::{Cart, DraftOrder, Id, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A cart that staff make for a customer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_order")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The draft.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<DraftOrder>,
    /// What is to be ordered: a cart that is DRAFT, then COMPLETED or DISCARDED.
    pub cart_id: Id<Cart>,
    /// What is remarked: the first note of its order.
    pub note: Option<String>,
    /// SHA-256 of the token by which the customer sees and completes it, hexadecimal; none before it is sent.
    pub token_hash: Option<String>,
    /// When it was first sent.
    pub sent_at: Option<Instant>,
    /// Who made it: an account's id.
    pub actor: String,
    /// When.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<DraftOrder> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::CartId;
}
