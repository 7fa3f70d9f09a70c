//! What a variant costs, and why.

use async_graphql::{ComplexObject, Context, ID, Object, SimpleObject};
use domain::{
    catalog::measure::Measure,
    id::{Id, Variant},
    pricing::{
        named::{Names, Promotions},
        promotions::evaluate::Outcome,
    },
};

use store::Fault;

use super::{
    explanation::{self, PricingStep},
    failed,
    promotions::explanation::{self as discounts, DiscountStep},
    quantity_rules::QuantityRule,
    taxes::variant::{TaxedPrice, taxed},
};
use crate::{
    catalog::measure::{UnitPrice, measure_of, unit_price},
    graphql::{
        language,
        loader::{self, AnyVariant, LowestBefore, PriceOf, TaxOf},
        money::Money,
    },
};

/// What a variant costs whoever asks, in the channel, of so many pieces.
#[derive(Clone, Debug)]
pub struct VariantPricing {
    /// The variant.
    pub variant: Id<Variant>,
    /// The price.
    pub price: app::pricing::load::Price,
}

/// A price with something taken off.
#[derive(SimpleObject, Clone, Debug)]
#[graphql(complex)]
pub struct DiscountedPrice {
    #[graphql(skip)]
    variant: Id<Variant>,
    /// The price of a piece then.
    pub price: Money,
    /// What is taken off a piece.
    pub off: Money,
    /// The id of the promotion.
    pub promotion: ID,
    /// Its name, in the reader's language.
    pub name: String,
}

/// What is told of it besides.
#[ComplexObject]
impl DiscountedPrice {
    /// What a kilogram, a litre or as much as its variant's `measure` says costs then.
    async fn unit_price(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<UnitPrice>> {
        Ok(unit_price(contents(ctx, self.variant).await?, self.price.0))
    }
}

/// How much is in a variant, if that is said.
async fn contents(ctx: &Context<'_>, variant: Id<Variant>) -> async_graphql::Result<Option<Measure>> {
    let Some(row) = loader::one(ctx, AnyVariant(variant)).await? else { return Ok(None) };
    measure_of(ctx, &row)
}

/// The price of each of many pieces.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceTier {
    /// From how many pieces on it goes.
    pub from_quantity: u32,
    /// The price of a piece.
    pub price: Money,
}

/// What a variant costs whoever asks, in the channel, of so many pieces: by the first of their price lists that has a price.
/// Lists of their customer groups come first, then those of the channel, then the channel's base list.
#[Object]
impl VariantPricing {
    /// The price of a piece by the lists, with tax where the channel's prices include it; `discounted` has what is taken off it.
    async fn price(&self) -> Money {
        Money(self.price.resolved.amount)
    }

    /// What a piece costs with and without tax, after what is taken off while browsing, until it is known where it goes.
    async fn taxed(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<TaxedPrice>> {
        let Some(of) = loader::one(ctx, TaxOf(self.variant)).await? else { return Ok(None) };
        let off = self.price.discount().map(|(_, off)| off);
        let price = self.price.resolved.amount;
        let left = off.map_or(Ok(price), |off| price.minus(off));
        let shown = left.and_then(|left| taxed(ctx, left, &of)).map_err(|error| failed(ctx, &Fault::new(error)))?;
        Ok(Some(shown))
    }

    /// What a kilogram, a litre or as much as its variant's `measure` says costs at this price: what article 3 of Directive
    /// 98/6/EC calls the unit price. None if it is not said how much is in the variant, or if it is more than an amount can be.
    async fn unit_price(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<UnitPrice>> {
        Ok(unit_price(contents(ctx, self.variant).await?, self.price.resolved.amount))
    }

    /// A former, higher price.
    async fn compare_at_price(&self) -> Option<Money> {
        self.price.resolved.compare_at.map(Money)
    }

    /// What is taken off it while browsing, and in a cart as well; none if nothing is.
    async fn discounted(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<DiscountedPrice>> {
        let Some((promotion, off)) = self.price.discount() else { return Ok(None) };
        let Some(row) = loader::one(ctx, promotion).await? else { return Ok(None) };
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
        let amount = self.price.resolved.amount;
        let price = amount.minus(off).map_err(|error| failed(ctx, &Fault::new(error)))?;
        Ok(Some(DiscountedPrice {
            variant: self.variant,
            price: Money(price),
            off: Money(off),
            promotion: ID(promotion.to_string()),
            name,
        }))
    }

    /// What promotions do to it while browsing: the one that takes something off, if one does, then those that do not and why.
    /// Promotions that are for other customers alone are told of to staff who see promotions.
    async fn discount_explanation(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<DiscountStep>> {
        let Outcome { applied, refused } = &self.price.sales;
        let currency = self.price.resolved.amount.currency;
        let shown = discounts::show(ctx, (applied, refused), (currency, &[]), &Promotions::new()).await?;
        Ok(shown.explanation)
    }

    /// The price of a piece by the number of pieces, beginning with one; each goes until the next does.
    async fn tiers(&self) -> Vec<PriceTier> {
        let tier =
            |(from_quantity, amount): &(u32, _)| PriceTier { from_quantity: *from_quantity, price: Money(*amount) };
        self.price.tiers.iter().map(tier).collect()
    }

    /// How many pieces are bought together: a cart takes no other number. As the list says that gives the price, or else its
    /// parent.
    async fn quantity_rule(&self) -> QuantityRule {
        self.price.resolved.quantity_rule.into()
    }

    /// The lowest price of one piece in the thirty days before its present price began, as Directive 98/6/EC asks beside a
    /// reduction; none if it never was otherwise, or was not sold then.
    async fn lowest_price_before(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Money>> {
        Ok(loader::one(ctx, LowestBefore(self.variant)).await?.map(Money))
    }

    /// How the price came about, step by step: which lists were passed over and why, which one goes, which price is fixed,
    /// and what became of it.
    async fn explanation(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<PricingStep>> {
        explanation::show(ctx, &self.price.resolved.steps, &Names::default()).await
    }
}

/// What a variant costs; none if it is not sold.
pub async fn pricing(
    ctx: &Context<'_>,
    variant: Id<Variant>,
    quantity: u32,
) -> async_graphql::Result<Option<VariantPricing>> {
    let price = loader::one(ctx, PriceOf((variant, quantity))).await?;
    Ok(price.map(|price| VariantPricing { variant, price }))
}
