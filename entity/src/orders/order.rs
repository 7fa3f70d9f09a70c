//! A placed order: facts that never change. Append-only.

use domain::{
    id::{Account, Cart, Channel, DeliveryMethod, Id, Order, Organisation, OrganisationUnit, Tenant},
    time::Instant,
};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A placed order: facts that never change. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Order>,
    /// How people name it.
    pub number: String,
    /// Where it was placed.
    pub channel_id: Id<Channel>,
    /// What it was made of.
    pub cart_id: Id<Cart>,
    /// Who placed it; none for a guest.
    pub customer_id: Option<Id<Account>>,
    /// The company that it was bought for.
    pub organisation_id: Option<Id<Organisation>>,
    /// The unit of it; none: the company itself.
    pub organisation_unit_id: Option<Id<OrganisationUnit>>,
    /// Where its news goes.
    pub email: String,
    /// E.164.
    pub phone: String,
    /// SHA-256 of the token by which a guest sees it, hexadecimal.
    pub token_hash: String,
    /// Tag of the language it was placed in.
    pub language: String,
    /// ISO 4217, of every amount.
    pub currency: String,
    /// Lines before discounts.
    pub subtotal_minor: i64,
    /// Discounts of lines.
    pub discount_minor: i64,
    /// Delivery before its discount.
    pub delivery_minor: i64,
    /// Discount of delivery.
    pub delivery_discount_minor: i64,
    /// Fee of the way to pay.
    pub fee_minor: i64,
    /// Tax: part of the total.
    pub tax_minor: i64,
    /// What is to be paid.
    pub total_minor: i64,
    /// How it is paid.
    pub payment_method: String,
    /// How it is delivered.
    pub delivery_method_id: Id<DeliveryMethod>,
    /// Where it is delivered to, JSON.
    pub address: String,
    /// Applied promotions and their amounts, JSON.
    pub promotions: String,
    /// When it was placed.
    pub placed_at: Instant,
    /// Whether the amounts but the total include tax.
    pub prices_include_tax: bool,
    /// How its tax was rounded, such as `LINE_HALF_UP`.
    pub tax_rounding: String,
    /// How delivery and fee are taxed; none if nobody wrote it down.
    pub service_tax_category: Option<String>,
    /// Basis points.
    pub service_tax_rate_bps: Option<i32>,
    /// Why they are not taxed at a rate.
    pub service_tax_reason: Option<String>,
    /// The tax of the delivery.
    pub delivery_tax_minor: Option<i64>,
    /// The tax of the fee.
    pub fee_tax_minor: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::ChannelId;
}

impl Key<Entity> for Id<Cart> {
    const COLUMN: Column = Column::CartId;
}

impl Key<Entity> for Id<Account> {
    const COLUMN: Column = Column::CustomerId;
}

impl Key<Entity> for Id<Organisation> {
    const COLUMN: Column = Column::OrganisationId;
}

impl Key<Entity> for Id<DeliveryMethod> {
    const COLUMN: Column = Column::DeliveryMethodId;
}
