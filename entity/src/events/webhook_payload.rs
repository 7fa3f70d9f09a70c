//! What was made of a delivery by its webhook's query.

use domain::id::{Account, Id, Tenant, WebhookDelivery};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// What was made of a delivery by its webhook's query.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_payload")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub delivery_id: Id<WebhookDelivery>,
    /// In whose name the query was run.
    pub account_id: Id<Account>,
    /// The JSON that is sent.
    pub body: String,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<WebhookDelivery> {
    const COLUMN: Column = Column::DeliveryId;
}
