//! An address that is told of events.

use domain::{
    id::{Account, Id, Tenant, Webhook},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// An address that is told of events.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The webhook.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Webhook>,
    /// What people call it.
    pub name: String,
    /// Where events are sent. It can bear secrets.
    pub url: String,
    /// JSON: names of events, or groups such as `order.*`; none is all.
    pub types: String,
    /// Whether events are sent.
    pub is_enabled: bool,
    /// What its secret is derived from.
    pub salt: Uuid,
    /// What the secret before was derived from.
    pub previous_salt: Option<Uuid>,
    /// Until when the secret before signs too.
    pub previous_until: Option<Instant>,
    /// The position up to which events became deliveries.
    pub heard: i64,
    /// Attempts that failed since the last that did not.
    pub failures: i32,
    /// Until when nothing is tried, after many failures.
    pub closed_until: Option<Instant>,
    /// Counts changes by people.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// The query that shapes its payloads; none: events are sent as they are.
    pub payload_query: Option<String>,
    /// Who set the address or the query last: in whose name the query is run.
    pub account_id: Option<Id<Account>>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Webhook> {
    const COLUMN: Column = Column::Id;
}
