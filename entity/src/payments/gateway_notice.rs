//! A message of a gateway, stored before it is acted on.

use domain::{
    id::{Id, Notice, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A message of a gateway, stored before it is acted on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateway_notice")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The message.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Notice>,
    /// The gateway's id of it, the same at a second delivery.
    pub gateway_id: String,
    /// As it came.
    pub body: String,
    /// As it came.
    pub signature: String,
    /// When it came first.
    pub received_at: Instant,
    /// When it was acted on.
    pub handled_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Notice> {
    const COLUMN: Column = Column::Id;
}
