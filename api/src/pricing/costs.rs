//! What variants cost the shop, and how low their prices may be.

use app::{
    catalog::Named,
    cx::Cx,
    pricing::{self, CostLine, CostsSet, SetCosts},
};
use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageCosts},
    invalid::{Check, Invalid, Problem},
    money::{self, Currency},
};
use entity::pricing::variant_cost;
use store::Fault;

use super::{
    failed,
    warning::{self, PriceWarning},
};
use crate::{
    catalog::{query::VariantBy, variant::ProductVariant},
    graphql::{
        directive::{emits, requires},
        error::UserError,
        input,
        language::Reading,
        loader::{self, AnyVariant},
        money::Money,
        payload::{outcome, split},
    },
};

/// The most variants of one call.
const LINES_MAX: usize = 500;

/// What a piece of a variant costs the shop, and how low its price may be, in a currency.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantCost {
    /// ISO 4217 code of the currency.
    pub currency_code: String,
    /// What a piece costs the shop, without tax; none: not said.
    pub cost: Option<Money>,
    /// The lowest price of a piece, with tax where the channel's prices include it; none: any.
    pub floor: Option<Money>,
}

/// What variants cost the shop, and how low their prices may be.
#[derive(InputObject, Clone, Debug)]
pub struct VariantCostsSetInput {
    /// ISO 4217 code of the currency of all amounts.
    pub currency_code: String,
    /// Of which variants: each once, 500 at most.
    pub lines: Vec<VariantCostLineInput>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets them once.
    pub idempotency_key: Option<String>,
}

/// What a piece of a variant costs the shop, and how low its price may be. What is left out stays as it is; one of both is
/// said.
#[derive(InputObject, Clone, Debug)]
pub struct VariantCostLineInput {
    /// Of what.
    pub variant: VariantBy,
    /// What a piece costs the shop, without tax: a decimal number, not negative; null: it is not said any more.
    pub cost: MaybeUndefined<String>,
    /// The lowest price of a piece, in the terms of price lists, with tax where the channel's prices include it: a decimal
    /// number, not negative; null: any.
    pub floor: MaybeUndefined<String>,
}

/// Variants of which it was said what they cost the shop and how low their prices may be, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct VariantCostsPayload {
    /// The variants, in the order of the input; none if it was refused, and with `dryRun`.
    pub variants: Vec<ProductVariant>,
    /// What should be known of them: it is said nevertheless. With `dryRun`, too.
    pub warnings: Vec<PriceWarning>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of what variants cost the shop.
#[derive(Clone, Copy, Debug, Default)]
pub struct CostMutation;

/// Mutations of what variants cost the shop.
#[Object]
impl CostMutation {
    /// Says what pieces of variants cost the shop, and the lowest prices that it sells them at, in a currency: of all or, by
    /// failing, of none. No price is fixed below the lowest from then on. Prices that are lower already, or that follow from
    /// others, are raised to it when they are read; of those that are fixed a warning tells how many they are. Refuses with
    /// `UNSUPPORTED_CURRENCY`, and by line with `NOT_FOUND`, `DUPLICATE`, `REQUIRED`,
    /// `INVALID_AMOUNT` or `AMOUNT_TOO_HIGH`.
    #[graphql(
        directive = requires::apply(ManageCosts::PERMISSION.code().to_owned()),
        directive = emits::apply("variant.cost_set".to_owned()),
        visible = "crate::graphql::directive::manages_costs"
    )]
    async fn variant_costs_set(
        &self,
        ctx: &Context<'_>,
        input: VariantCostsSetInput,
    ) -> async_graphql::Result<VariantCostsPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async { pricing::set_costs(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let CostsSet { variants, warnings } = done.unwrap_or_default();
        let ids: Vec<_> = variants.into_iter().filter(|_| !is_dry_run).map(AnyVariant).collect();
        let mut found = loader::many(ctx, ids.clone()).await?;
        let variants = ids.iter().filter_map(|id| found.remove(id)).map(ProductVariant).collect();
        Ok(VariantCostsPayload { variants, warnings: warning::show(cx, warnings), user_errors })
    }
}

/// What a row says.
pub fn cost(ctx: &Context<'_>, row: variant_cost::Model) -> async_graphql::Result<VariantCost> {
    let Some(currency) = Currency::parse(&row.currency) else {
        return Err(failed(ctx, &Fault::new("a cost without a currency")));
    };
    let shown = |minor| Money(money::Money::new(minor, currency));
    let (cost, floor) = (row.cost_minor.map(shown), row.floor_minor.map(shown));
    Ok(VariantCost { currency_code: row.currency, cost, floor })
}

impl VariantCostsSetInput {
    fn parse(self) -> Result<SetCosts, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "variantCostsSet", self.idempotency_key.as_deref(), &self);
        let currency = Currency::parse(&self.currency_code).ok_or(Problem::UnsupportedCurrency);
        let currency = check.field("currencyCode", currency);
        let given = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        let mut lines = Vec::with_capacity(given.len());
        for (index, line) in given.into_iter().enumerate() {
            let parsed = line.parse(currency).map_err(|invalid| invalid.under(&index.to_string()));
            lines.extend(check.nested("lines", parsed));
        }
        check.done(currency.map(|currency| SetCosts { currency, lines, is_dry_run: self.dry_run, once }))
    }
}

impl VariantCostLineInput {
    /// Checks every field; amounts only in a currency that is known.
    fn parse(self, currency: Option<Currency>) -> Result<CostLine, Invalid> {
        let mut check = Check::default();
        let variant: Option<Named> = check.field("variant", self.variant.parse());
        if self.cost.is_undefined() && self.floor.is_undefined() {
            check.wrong("cost", Problem::Required);
        }
        let mut amount = |field: &str, said: MaybeUndefined<String>| {
            let Some(currency) = currency else { return Some(None) };
            let parse = |text: &String| money::Money::said(text, currency);
            check.field(field, said.as_opt_ref().map(|said| said.map(parse).transpose()).transpose())
        };
        let (cost, floor) = (amount("cost", self.cost), amount("floor", self.floor));
        let built = variant.zip(cost.zip(floor));
        check.done(built.map(|(variant, (cost, floor))| CostLine { variant, cost, floor }))
    }
}
