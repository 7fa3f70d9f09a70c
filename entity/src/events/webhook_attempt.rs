//! One attempt at a delivery.

use domain::{
    id::{Id, Tenant, WebhookAttempt, WebhookDelivery},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// One attempt at a delivery.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempt")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The attempt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<WebhookAttempt>,
    /// Of what.
    pub delivery_id: Id<WebhookDelivery>,
    /// 1 for the first.
    pub number: i32,
    /// Where it was sent. It can bear secrets.
    pub url: String,
    /// The HTTP status of the answer, if one came.
    pub status: Option<i32>,
    /// What the answer began with.
    pub response: Option<String>,
    /// Why no answer came.
    pub error: Option<String>,
    /// How long it took.
    pub duration_ms: i64,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<WebhookAttempt> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<WebhookDelivery> {
    const COLUMN: Column = Column::DeliveryId;
}
