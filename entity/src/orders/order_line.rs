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
    /// Price of a unit, tax included.
    pub unit_minor: i64,
    /// Unit price times quantity.
    pub subtotal_minor: i64,
    /// Its share of the discounts.
    pub discount_minor: i64,
    /// Subtotal less discount.
    pub total_minor: i64,
    /// Basis points.
    pub tax_rate_bps: i32,
    /// Tax included in the total.
    pub tax_minor: i64,
    /// How the price of a unit came about at placement, JSON: [`domain::pricing::list::Step`]s; none if nobody wrote it down.
    pub price_steps: Option<String>,
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
