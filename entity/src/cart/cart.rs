//! A cart.

use domain::{
    id::{Account, Cart, Channel, DeliveryMethod, Id, Order, Organisation, OrganisationUnit, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A cart.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cart")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The cart.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Cart>,
    /// Where it is filled.
    pub channel_id: Id<Channel>,
    /// Whose it is; none for a guest.
    pub customer_id: Option<Id<Account>>,
    /// The company that it is bought for, if its customer may.
    pub organisation_id: Option<Id<Organisation>>,
    /// The unit that staff named; of shoppers' carts none, who buy for the unit that they are in.
    pub organisation_unit_id: Option<Id<OrganisationUnit>>,
    /// Tag of the language of its order.
    pub language: String,
    /// Where news of the order goes.
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// Where it is delivered to, JSON.
    pub address: Option<String>,
    /// How it is delivered.
    pub delivery_method_id: Option<Id<DeliveryMethod>>,
    /// How it is paid.
    pub payment_method: Option<String>,
    /// Codes of coupons, JSON.
    pub coupons: String,
    /// What is to be paid with gift cards and store credit: a `domain::payments::tender::Wishes`, JSON.
    pub tenders: String,
    /// OPEN, COMPLETED or MERGED; of what staff make DRAFT, COMPLETED or DISCARDED.
    pub state: String,
    /// What became of a completed one.
    pub order_id: Option<Id<Order>>,
    /// Grows with every change.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it changed last.
    pub updated_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::CustomerId;
}

impl Key<Entity> for Id<DeliveryMethod> {
    const COLUMN: Column = Column::DeliveryMethodId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}
