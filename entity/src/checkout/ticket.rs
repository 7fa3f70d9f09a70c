//! A cart that was handed in to become an order.

use domain::{
    id::{Account, Cart, Channel, Id, Tenant, Ticket},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A cart that was handed in to become an order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "checkout_ticket")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The ticket.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Ticket>,
    /// Where it was handed in.
    pub channel_id: Id<Channel>,
    /// What was handed in.
    pub cart_id: Id<Cart>,
    /// The cart's version then.
    pub cart_version: i64,
    /// Who handed it in; none for a guest.
    pub customer_id: Option<Id<Account>>,
    /// The total agreed to, a decimal number in the channel's currency.
    pub expected_total: Option<String>,
    /// What the shopper expects to be left to pay, as a decimal number.
    pub expected_due: Option<String>,
    /// The request it was handed in with.
    pub request_id: String,
    /// When it was handed in.
    pub accepted_at: Instant,
    /// Code of the state.
    pub state: String,
    /// How often it could not be decided because of a fault of ours.
    pub n_faults: i32,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Ticket> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::CartId;
}
