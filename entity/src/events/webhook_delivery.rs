//! An event that a webhook is told of.

use domain::{
    id::{Event, Id, Tenant, Webhook, WebhookDelivery},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// An event that a webhook is told of.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The delivery.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<WebhookDelivery>,
    /// Who is told.
    pub webhook_id: Id<Webhook>,
    /// Of what.
    pub event_id: Id<Event>,
    /// The record that the event is about.
    pub aggregate_id: Uuid,
    /// The event's number among those of the record.
    pub sequence: i64,
    /// The event's name.
    pub name: String,
    /// `PENDING`, `DELIVERED` or `DEAD`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i32,
    /// How often since it was made or replayed.
    pub tries: i32,
    /// When it is tried next.
    pub due_at: Instant,
    /// Until when it is left to who tries it.
    pub claimed_until: Instant,
    /// When it is given up.
    pub expires_at: Instant,
    /// When it was made.
    pub created_at: Instant,
    /// When it was taken.
    pub delivered_at: Option<Instant>,
    /// Whether its webhook had a query when it was made.
    pub is_shaped: bool,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<WebhookDelivery> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Webhook> {
    const COLUMN: Column = Column::WebhookId;
}

impl Key<Entity> for Id<Event> {
    const COLUMN: Column = Column::EventId;
}
