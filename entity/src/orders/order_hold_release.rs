//! The end of a hold. Append-only.

use domain::{
    id::{Id, OrderHold, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// The end of a hold. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_hold_release")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// What ended.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hold_id: Id<OrderHold>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// Who: an account's id.
    pub actor: String,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<OrderHold> {
    const COLUMN: Column = Column::HoldId;
}
