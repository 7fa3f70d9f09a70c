//! Price lists.

use app::{cx::Permit, pricing};
use async_graphql::{ComplexObject, Context, Enum, ID, Object, SimpleObject};
use domain::{
    id::{Id, Variant},
    identity::permission::{Proves, proof::ReadPrices},
    money::{self, Currency},
    pricing::derive::{CompareAt, Rounding, Toward},
};
use entity::pricing::{list_price, price_list};

use super::{
    assignment::{self, PriceListAssignment},
    explanation, failed,
    quantity_rules::QuantityRule,
    variant::PriceTier,
};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        code::ErrorCode,
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error, input,
        language::Reading,
        loader::{self, AnyVariant, AssignmentsOf},
        money::Money,
        scalar::DateTime,
    },
};

/// Prices in one currency.
#[derive(Clone, Debug)]
pub struct PriceList(pub price_list::Model);

/// From which other list a list takes what it does not have.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceListRule {
    /// From when on, until another rule goes.
    pub starts_at: DateTime,
    /// The list whose prices it takes; none: it takes none.
    pub parent: Option<PriceList>,
    /// Percent more than the parent's price, less if below zero, such as `-12`.
    pub adjustment_percent: Option<String>,
    /// To what it rounds; none: half up to the minor unit.
    pub rounding: Option<PriceRounding>,
    /// What becomes of the parent's former price.
    pub compare_at: Option<PriceListCompareAt>,
}

/// To what a list rounds: to `ending`, `ending + step`, `ending + 2 × step` and so on.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceRounding {
    /// Which way.
    pub toward: PriceRoundingToward,
    /// From one such price to the next, such as 1.00.
    pub step: Money,
    /// The first of them, such as 0.95.
    pub ending: Money,
}

/// Which way a price is rounded.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Toward")]
pub enum PriceRoundingToward {
    /// To the nearest, the higher of two that are as near.
    Nearest,
    /// To the next higher one.
    Up,
    /// To the next lower one, but not below the first.
    Down,
}

/// What is shown as the former price of one that follows from another, the parent's, if it is higher than the price.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
#[graphql(remote = "CompareAt")]
pub enum PriceListCompareAt {
    /// The parent's former price, adjusted and rounded as the price is.
    #[default]
    Adjusted,
    /// The parent's price.
    Parent,
    /// None.
    None,
}

/// A price that is fixed in a list.
#[derive(Clone, Debug)]
pub struct ListPrice {
    row: list_price::Model,
    currency: Currency,
}

/// Prices in one currency, which some buy by. What a list does not have itself, it can take from another.
#[Object]
impl PriceList {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports, such as `wholesale`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language; its code if it has none.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        explanation::name(ctx, &self.0)
    }

    /// ISO 4217 code of the currency of its prices.
    async fn currency_code(&self) -> &str {
        &self.0.currency
    }

    /// From when it goes; none: it always has.
    async fn starts_at(&self) -> Option<DateTime> {
        self.0.starts_at.map(DateTime)
    }

    /// Until when; none: it never ends.
    async fn ends_at(&self) -> Option<DateTime> {
        self.0.ends_at.map(DateTime)
    }

    /// From which other lists it takes what it does not have, the oldest rule first: each goes until the next does.
    async fn rules(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PriceListRule>> {
        let rules = pricing::rules(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let currency = pricing::currency(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let parents = rules.iter().filter_map(|rule| rule.derivation).map(|derivation| derivation.parent);
        let parents = loader::many(ctx, parents.collect()).await?;
        let shown = |rule: &domain::pricing::list::Rule| PriceListRule {
            starts_at: DateTime(rule.from),
            parent: rule.derivation.and_then(|of| parents.get(&of.parent)).cloned().map(PriceList),
            adjustment_percent: rule.derivation.map(|of| of.adjustment.percent().normalize().to_string()),
            rounding: rule.derivation.and_then(|of| of.rounding).map(|of| rounding(of, currency)),
            compare_at: rule.derivation.map(|of| of.compare_at.into()),
        };
        Ok(rules.iter().map(shown).collect())
    }

    /// Who buys by it, or will, in the order in which the lists of whoever has several are asked.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn assignments(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PriceListAssignment>> {
        let rows = loader::one(ctx, AssignmentsOf(self.0.id)).await?.unwrap_or_default();
        assignment::show(ctx, rows).await
    }

    /// The prices of variants that are fixed in it, which go now or will, by variant and by when they begin.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn prices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which variants, 500 at most.")] variants: Vec<ID>,
    ) -> async_graphql::Result<Vec<ListPrice>> {
        let may = reads(ctx)?;
        let ids = some_variants(ctx, variants)?;
        let currency = pricing::currency(&self.0).map_err(|fault| failed(ctx, &fault))?;
        let rows = pricing::load::fixed(ctx.cx(), &may, self.0.id, &ids).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(rows.into_iter().map(|row| ListPrice { row, currency }).collect())
    }

    /// How many pieces of variants are bought together by it, where it says so itself and takes it from no other list; by variant.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn quantity_rules(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of which variants, 500 at most.")] variants: Vec<ID>,
    ) -> async_graphql::Result<Vec<ListQuantityRule>> {
        let may = reads(ctx)?;
        let ids = some_variants(ctx, variants)?;
        let rules = pricing::load::quantity_rules(ctx.cx(), &may, self.0.id, &ids).await;
        let rules = rules.map_err(|fault| failed(ctx, &fault))?;
        Ok(rules.into_iter().map(|(variant, rule)| ListQuantityRule { variant, rule: rule.into() }).collect())
    }

    /// The variants of which it says something itself, now or from later on: a price, or how many pieces are bought together.
    /// By SKU.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn variants(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<ProductVariant>> {
        let (cx, may) = (ctx.cx(), reads(ctx)?);
        let slice = page.slice(cx, pricing::load::LIST_VARIANTS_SORTED_BY)?;
        let listed = pricing::load::page_of_variants(cx, &may, self.0.id, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| AnyVariant(Id::new(row.id))).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&AnyVariant(Id::new(row.id))).map(ProductVariant)))
    }

    /// Counts its changes; 1 when it is new. See `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

fn rounding(of: Rounding, currency: Currency) -> PriceRounding {
    let money = |minor| Money(money::Money::new(minor, currency));
    PriceRounding { toward: of.toward().into(), step: money(of.step()), ending: money(of.ending()) }
}

/// Whether the caller may see price lists.
fn reads(ctx: &Context<'_>) -> async_graphql::Result<Permit<ReadPrices>> {
    let cx = ctx.cx();
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}

/// The ids of variants of which something is asked.
fn some_variants(ctx: &Context<'_>, variants: Vec<ID>) -> async_graphql::Result<Vec<Id<Variant>>> {
    let language = ctx.cx().language();
    let variants = input::at_most(variants, pricing::load::PRICES_MAX).map_err(|problem| {
        let (code, args) = crate::graphql::code::of_problem(&problem);
        error::top(language, code, &args)
    })?;
    let ids: Result<Vec<_>, _> = variants.iter().map(input::id).collect();
    ids.map_err(|_| error::top(language, ErrorCode::InvalidId, &[]))
}

/// How many pieces of a variant are bought together by a list.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(complex)]
pub struct ListQuantityRule {
    #[graphql(skip)]
    variant: Id<Variant>,
    /// How many.
    pub rule: QuantityRule,
}

/// Of what.
#[ComplexObject]
impl ListQuantityRule {
    /// The variant.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ProductVariant>> {
        Ok(loader::one(ctx, AnyVariant(self.variant)).await?.map(ProductVariant))
    }
}

/// A price that is fixed in a list.
#[Object]
impl ListPrice {
    /// Of what.
    async fn variant(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ProductVariant>> {
        Ok(loader::one(ctx, AnyVariant(self.row.variant_id)).await?.map(ProductVariant))
    }

    /// The price of a piece, tax included.
    async fn price(&self) -> Money {
        self.money(self.row.amount_minor)
    }

    /// A former, higher price.
    async fn compare_at_price(&self) -> Option<Money> {
        self.row.was_minor.map(|minor| self.money(minor))
    }

    /// From how many pieces on each costs less.
    async fn tiers(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PriceTier>> {
        let fixed = pricing::domain_fixed(&self.row, self.currency).map_err(|fault| failed(ctx, &fault))?;
        let tier =
            |(from_quantity, amount): &(u32, _)| PriceTier { from_quantity: *from_quantity, price: Money(*amount) };
        Ok(fixed.tiers.more().iter().map(tier).collect())
    }

    /// From when on.
    async fn starts_at(&self) -> DateTime {
        DateTime(self.row.starts_at)
    }

    /// Until when; none: until another regular price goes.
    async fn ends_at(&self) -> Option<DateTime> {
        self.row.ends_at.map(DateTime)
    }

    /// Whether it goes before the regular price, for a time.
    async fn is_temporary(&self) -> bool {
        self.row.is_temporary
    }
}

impl ListPrice {
    const fn money(&self, minor: i64) -> Money {
        Money(money::Money::new(minor, self.currency))
    }
}
