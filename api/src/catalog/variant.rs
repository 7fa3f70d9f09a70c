//! Variants.

use app::cx::Cx;
use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use domain::{
    date,
    identity::permission::{
        Proves,
        proof::{ReadCosts, ReadStock},
    },
    inventory::selling::Policy,
};
use entity::catalog::variant;

use super::{
    external_sku::ExternalSku,
    measure::{VariantMeasure, measure_of},
    product::Product,
};
use crate::{
    graphql::{
        code::ErrorCode,
        directive::requires,
        error,
        language::{self, Reading},
        loader::{self, AlertsOf, AvailableOf, CostsOf, ExternalSkusOf, LevelsOf, PriceOf, SelectedOf, SellingOf},
        money::Money,
        scalar::Date,
    },
    inventory::{
        level::StockLevel,
        supply::{SellingPolicy, VariantSelling},
    },
    pricing::{
        costs::{VariantCost, cost},
        variant::{VariantPricing, pricing},
    },
};

/// What is bought: one combination of a product's options.
#[derive(Clone, Debug)]
pub struct ProductVariant(pub variant::Model);

/// What a variant is in one option.
#[derive(SimpleObject, Clone, Debug)]
pub struct SelectedOption {
    /// The option's name in imports, such as `size`.
    pub code: String,
    /// The option's name, in the reader's language.
    pub name: String,
    /// The value's name in imports, such as `xl`.
    pub value_code: String,
    /// The value, in the reader's language.
    pub value: String,
}

/// Whether a variant can be had in the channel.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct Availability {
    /// Whether at least one unit can be bought now, although it may come later: any `status` but `OUT_OF_STOCK`.
    pub is_available: bool,
    /// Units that can be promised of what is there, and of what suppliers are to deliver as soon as the channel promises;
    /// 50 at most: more are not told. Units on back-order or pre-order are not counted.
    pub quantity: i64,
    /// Whether it is there, or comes later.
    pub status: AvailabilityStatus,
    /// The day on which what is bought now comes, if it is not there and that is known.
    pub expected_at: Option<Date>,
}

/// Whether a variant is there, or comes later.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AvailabilityStatus {
    /// It is there.
    InStock,
    /// It is not there, can be bought, and comes later.
    Backorder,
    /// It can be bought before it comes for the first time.
    Preorder,
    /// It cannot be bought now.
    OutOfStock,
}

/// The most units that a shopper is told of.
const TOLD: i64 = 50;

/// A variant.
#[Object]
impl ProductVariant {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Stock keeping unit.
    async fn sku(&self) -> &str {
        &self.0.sku
    }

    /// EAN-13.
    async fn gtin(&self) -> &str {
        &self.0.gtin
    }

    /// Shipping weight in grams.
    async fn weight_grams(&self) -> i64 {
        self.0.weight_grams
    }

    /// How much is in it, by which its price is told per kilogram, litre and so on; none if that is not said.
    async fn measure(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<VariantMeasure>> {
        Ok(measure_of(ctx, &self.0)?.map(VariantMeasure::from))
    }

    /// Its option values in one line, such as `Black / XL`.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        let options = self.options(ctx).await?;
        Ok(options.into_iter().map(|option| option.value).collect::<Vec<_>>().join(" / "))
    }

    /// What it is in each of its product's options.
    async fn selected_options(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SelectedOption>> {
        self.options(ctx).await
    }

    /// The product it is a variant of; none if the channel does not show it.
    async fn product(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Product>> {
        Ok(loader::one(ctx, self.0.product_id).await?.map(Product))
    }

    /// What it costs in the channel, with tax where its prices include it; none if it is not sold there.
    async fn price(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money>> {
        Ok(loader::one(ctx, PriceOf((self.0.id, 1))).await?.map(|price| Money(price.resolved.amount)))
    }

    /// What it cost before, if that was more.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money>> {
        Ok(loader::one(ctx, PriceOf((self.0.id, 1))).await?.and_then(|price| price.resolved.compare_at).map(Money))
    }

    /// What each of so many pieces costs in the channel, and why; none if it is not sold there.
    async fn pricing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many pieces are bought together, one at least.", default = 1)] quantity: u32,
    ) -> async_graphql::Result<Option<VariantPricing>> {
        if quantity == 0 {
            return Err(error::top(ctx.cx().language(), ErrorCode::QuantityNotPositive, &[]));
        }
        pricing(ctx, self.0.id, quantity).await
    }

    /// Whether it can be had in the channel.
    async fn availability(&self, ctx: &Context<'_>) -> async_graphql::Result<Availability> {
        let free = loader::one(ctx, AvailableOf(self.0.id)).await?.unwrap_or_default();
        let status = match free.on_shelf {
            1.. => AvailabilityStatus::InStock,
            _ if free.beyond < 1 => AvailabilityStatus::OutOfStock,
            _ if free.is_preorder => AvailabilityStatus::Preorder,
            _ => AvailabilityStatus::Backorder,
        };
        Ok(Availability {
            is_available: status != AvailabilityStatus::OutOfStock,
            quantity: free.on_shelf.saturating_add(free.due).clamp(0, TOLD),
            status,
            expected_at: free.expected_on.filter(|_| free.on_shelf < 1).map(Date),
        })
    }

    /// What each place holds of it.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<StockLevel>> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let levels = loader::one(ctx, LevelsOf(self.0.id)).await?.unwrap_or_default();
        let places = loader::many(ctx, levels.iter().map(|level| level.location_id).collect()).await?;
        let code = |level: &StockLevel| places.get(&level.0.location_id).map(|place| place.code.clone());
        let mut shown: Vec<_> = levels.into_iter().map(StockLevel).collect();
        shown.sort_by_key(code);
        Ok(shown)
    }

    /// What a piece costs the shop, and how low its price may be, by the code of the currency.
    #[graphql(
        directive = requires::apply(ReadCosts::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_costs"
    )]
    async fn costs(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<VariantCost>> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadCosts>().map_err(|denied| error::denied(cx.language(), denied))?;
        let rows = loader::one(ctx, CostsOf(self.0.id)).await?.unwrap_or_default();
        rows.into_iter().map(|row| cost(ctx, row)).collect()
    }

    /// What it is called elsewhere, by marketplace: 200 names at most.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn external_skus(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<ExternalSku>> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let rows = loader::one(ctx, ExternalSkusOf(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ExternalSku).collect())
    }

    /// How many want to hear when it can be had again, in all channels.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_alert_count(&self, ctx: &Context<'_>) -> async_graphql::Result<i64> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        Ok(loader::one(ctx, AlertsOf(self.0.id)).await?.unwrap_or_default())
    }

    /// How it is sold beyond its stock.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn selling(&self, ctx: &Context<'_>) -> async_graphql::Result<VariantSelling> {
        let cx: &Cx = ctx.cx();
        cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let row = loader::one(ctx, SellingOf(self.0.id)).await?;
        let policy = row.as_ref().and_then(|row| Policy::parse(&row.policy)).unwrap_or(Policy::Deny);
        Ok(VariantSelling {
            variant: ID(self.0.id.to_string()),
            policy: SellingPolicy::from(policy),
            limit: row.as_ref().map_or(0, |row| row.max_units),
            backordered: row.as_ref().map_or(0, |row| row.promised),
            expected_at: row.and_then(|row| row.expected_on).map(|days| Date(date::Date::from_days(days))),
        })
    }
}

impl ProductVariant {
    async fn options(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<SelectedOption>> {
        let selected = loader::one(ctx, SelectedOf(self.0.id)).await?.unwrap_or_default();
        let show = |selected: app::catalog::load::Selected| {
            let (option, value) = (selected.option, selected.value);
            Ok(SelectedOption {
                name: language::text(ctx, option.name_ar.as_deref(), option.name_en.as_deref(), None)?,
                value: language::text(ctx, value.name_ar.as_deref(), value.name_en.as_deref(), None)?,
                code: option.code,
                value_code: value.code,
            })
        };
        selected.into_iter().map(show).collect()
    }
}
