//! Lines of orders.

use app::orders::{self, Explained};
use async_graphql::{Context, ID, Object};
use domain::{
    date,
    identity::permission::{Proves, proof::ReadOrders},
    money::{self, Currency},
    pricing::tax::{Basis, Charged},
};
use entity::{inventory::backorder, orders::order_line};

use crate::{
    catalog::variant::ProductVariant,
    fulfilment::source::{self, OrderLineSource},
    graphql::{
        directive::requires,
        error,
        language::{self, Reading},
        loader::{self, AnyVariant, BackordersOf, CancelledOf, DecisionsOf, ShippedOf},
        money::Money,
        scalar::Date,
    },
    pricing::{
        explanation::LinePricing,
        sums::LineSum,
        taxes::taxation::{Taxation, taxation},
    },
};

/// A line of an order: what was bought, as it was when the order was placed.
#[derive(Clone, Debug)]
pub struct OrderLine {
    /// The facts.
    pub row: order_line::Model,
    /// The currency of its amounts.
    pub currency: Currency,
}

/// A line of an order: what was bought, as it was when the order was placed.
#[Object]
impl OrderLine {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// What was bought, as it is now; none if it is no more.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ProductVariant>> {
        Ok(loader::one(ctx, AnyVariant(self.row.variant_id)).await?.map(ProductVariant))
    }

    /// Stock keeping unit at placement.
    async fn sku(&self) -> &str {
        &self.row.sku
    }

    /// The product's name at placement, in the reader's language.
    async fn product_name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.row.name_ar.as_deref(), self.row.name_en.as_deref(), None)
    }

    /// The option values at placement in one line, such as `Black / XL`, in the reader's language; none if the
    /// product has no options.
    async fn options(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let text = language::text(ctx, self.row.options_ar.as_deref(), self.row.options_en.as_deref(), None)?;
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// Units.
    async fn quantity(&self) -> i64 {
        self.row.quantity
    }

    /// Units that left for the customer so far.
    async fn quantity_shipped(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        let units = loader::one(ctx, ShippedOf(self.row.order_id)).await?.unwrap_or_default();
        Ok(units.iter().filter(|one| one.order_line_id == self.row.id).map(|one| one.quantity).sum())
    }

    /// Units that were cancelled before they left.
    async fn cancelled_quantity(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        let units = loader::one(ctx, CancelledOf(self.row.order_id)).await?.unwrap_or_default();
        Ok(units.iter().filter(|one| one.order_line_id == self.row.id).map(|one| one.quantity).sum())
    }

    /// Units that it still waits for: they were not there when it was bought, and did not come yet.
    async fn backordered(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        let waits = self.backorder(ctx).await?.filter(|one| one.state == "OPEN");
        Ok(waits.map_or(0, |one| one.quantity.saturating_sub(one.served)))
    }

    /// The day on which what was not there is to come, as the buyer was told; none if all was there, or nobody knew.
    async fn expected_at(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Date>> {
        let days = self.backorder(ctx).await?.and_then(|one| one.expected_on);
        Ok(days.map(|days| Date(date::Date::from_days(days))))
    }

    /// Where its units ship from, and why, the oldest decision first. Who may not see orders (`ORDER_READ`) is told
    /// nothing.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn sources(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<OrderLineSource>> {
        let cx = ctx.cx();
        cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let mut rows = loader::one(ctx, DecisionsOf(self.row.order_id)).await?.unwrap_or_default();
        rows.retain(|row| row.order_line_id == self.row.id);
        source::sources(ctx, rows).await
    }

    /// Price of a unit; with tax where prices include it.
    async fn unit_price(&self) -> Money {
        self.money(self.row.unit_minor)
    }

    /// How the price of a unit came about when it was bought; none if that was not written down, as of imported orders.
    async fn pricing(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<LinePricing>> {
        let explained = orders::explanation(&self.row).map_err(|fault| super::failed(ctx, &fault))?;
        let measure = orders::measure(&self.row).map_err(|fault| super::failed(ctx, &fault))?;
        let sum = Some(self.sum(ctx)?);
        Ok(explained.map(|Explained { steps, names }| LinePricing { steps, names, sum, measure }))
    }

    /// Unit price times quantity.
    async fn subtotal(&self) -> Money {
        self.money(self.row.subtotal_minor)
    }

    /// Its share of the discounts.
    async fn discount(&self) -> Money {
        self.money(self.row.discount_minor)
    }

    /// Subtotal less discount, tax included.
    async fn total(&self) -> Money {
        self.money(self.row.total_minor)
    }

    /// Value added tax that is included in the total.
    async fn tax(&self) -> Money {
        self.money(self.row.tax_minor)
    }

    /// How it is taxed.
    async fn taxation(&self, ctx: &Context<'_>) -> async_graphql::Result<Taxation> {
        Ok(taxation(ctx.cx().language(), &self.charged(ctx)?))
    }

    /// The rate of tax in percent, such as `15`.
    async fn tax_rate_percent(&self) -> String {
        super::percent(u32::try_from(self.row.tax_rate_bps).unwrap_or_default())
    }
}

impl OrderLine {
    async fn backorder(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<backorder::Model>> {
        let all = loader::one(ctx, BackordersOf(self.row.order_id)).await?.unwrap_or_default();
        // What was given up of it is there, too, and tells nothing that the rest does not.
        let of_line = |one: &&backorder::Model| one.order_line_id == self.row.id;
        let (given_up, goes_on): (Vec<_>, Vec<_>) = all.iter().filter(of_line).partition(|one| one.state == "RELEASED");
        Ok(goes_on.into_iter().chain(given_up).next().cloned())
    }

    fn charged(&self, ctx: &Context<'_>) -> async_graphql::Result<Charged> {
        orders::taxed::charged(&self.row).map_err(|fault| super::failed(ctx, &fault))
    }

    fn sum(&self, ctx: &Context<'_>) -> async_graphql::Result<LineSum> {
        let money = |minor| self.money(minor).0;
        Ok(LineSum {
            unit: money(self.row.unit_minor),
            quantity: self.row.quantity,
            subtotal: money(self.row.subtotal_minor),
            discount: money(self.row.discount_minor),
            total: money(self.row.total_minor),
            tax: money(self.row.tax_minor),
            charged: self.charged(ctx)?,
            basis: Basis::of(self.row.prices_include_tax),
        })
    }

    const fn money(&self, minor: i64) -> Money {
        Money(money::Money::new(minor, self.currency))
    }
}
