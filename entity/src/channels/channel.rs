//! A way to sell.

use domain::id::{Channel, Id, PriceList, TaxClass, Tenant};
use sea_orm::entity::prelude::*;
use store::{Key, Owned};

/// A way to sell.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "channel")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: Id<Tenant>,
    /// The channel.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Channel>,
    /// How clients name it.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// Tags of the languages offered, the default first, separated by commas.
    pub languages: String,
    /// ISO 3166-1 alpha-2: whose tax applies until there is an address.
    pub country: String,
    /// Its prices.
    pub price_list_id: Id<PriceList>,
    /// Begins its order numbers.
    pub order_prefix: String,
    /// The number of its next order.
    pub next_number: i64,
    /// Its place among all; the first is the default.
    pub position: i32,
    /// How long after its delivery an order can be sent back, in days.
    pub return_days: i64,
    /// How many days ahead it promises what suppliers are to deliver; 0: only what is there.
    pub promise_days: i64,
    /// For how many minutes what is put into a cart is held; none: stock is held from the order on.
    pub cart_hold_minutes: Option<i64>,
    /// The part of a cart's lines that its promotions may take off at most, hundredths of a percent; none: all.
    pub discount_max_bps: Option<i64>,
    /// The most that they may take off, minor units; none: all there is.
    pub discount_max_minor: Option<i64>,
    /// Counts changes of these two.
    pub discount_cap_version: i64,
    /// Whether its prices include tax.
    pub prices_include_tax: bool,
    /// The tax class of delivery and fees; none: the standard one.
    pub service_tax_class_id: Option<Id<TaxClass>>,
    /// The address of who says how what it sells is taxed; none: the shop's own rules.
    pub tax_engine_url: Option<String>,
    /// What the secret that signs questions to it follows from.
    pub tax_engine_salt: Option<Uuid>,
    /// Counts changes of these three: what was said before goes no more.
    pub tax_engine_version: i64,
    /// What goes where it does not say, such as `REFUSE`; none: there is no engine.
    pub tax_fallback: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Owned for Entity {
    const TENANT: Column = Column::TenantId;
}

impl Key<Entity> for Id<Channel> {
    const COLUMN: Column = Column::Id;
}

impl Key<Entity> for Id<PriceList> {
    const COLUMN: Column = Column::PriceListId;
}
