//! A line of an order. Append-only.

use domain::id::{Id, Order, OrderLine, Tenant, Variant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A line of an order. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "order_line")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The line.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<OrderLine>,
    /// Whose line it is.
    pub order_id: Id<Order>,
    /// Its place, ascending.
    pub position: i32,
    /// What was bought.
    pub variant_id: Id<Variant>,
    /// Its SKU at placement.
    pub sku: String,
    /// Arabic name of the product at placement.
    pub name_ar: Option<String>,
    /// English name of the product at placement.
    pub name_en: Option<String>,
    /// Arabic option values at placement.
    pub options_ar: Option<String>,
    /// English option values at placement.
    pub options_en: Option<String>,
    /// Units.
    pub quantity: i64,
    /// Price of a unit.
    pub unit_minor: i64,
    /// Unit price times quantity.
    pub subtotal_minor: i64,
    /// Its share of the discounts.
    pub discount_minor: i64,
    /// Subtotal less discount, and the tax on top of it if prices do not include it.
    pub total_minor: i64,
    /// Basis points.
    pub tax_rate_bps: i32,
    /// Tax: part of the total.
    pub tax_minor: i64,
    /// How the price of a unit came about at placement, JSON: [`domain::pricing::list::Step`]s; none if nobody wrote it down.
    pub price_steps: Option<String>,
    /// Whether unit price, subtotal and discount include tax.
    pub prices_include_tax: bool,
    /// How it is taxed; none if nobody wrote it down.
    pub tax_category: Option<String>,
    /// Why it is not taxed at a rate.
    pub tax_reason: Option<String>,
    /// The rate that the buyer was relieved of, basis points.
    pub relieved_bps: Option<i32>,
    /// Who said how it is taxed: `ENGINE` or `ESTIMATE`; none: the shop's own rules.
    pub tax_source: Option<String>,
    /// How much was in the variant at placement, JSON: [`domain::catalog::measure::Measure`].
    pub measure: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<OrderLine> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<Order> {
    const COLUMN: Column = Column::OrderId;
}

impl Key<Entity> for Id<Variant> {
    const COLUMN: Column = Column::VariantId;
}
