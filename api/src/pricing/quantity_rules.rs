//! How many pieces of variants are bought together.

use app::{
    cx::Cx,
    pricing::{self, SetQuantityRules},
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManagePrices},
    invalid::{Check, Invalid},
    pricing::quantity_rule,
};

use super::mutation::{PriceListPayload, payload};
use crate::{
    catalog::query::VariantBy,
    graphql::{
        directive::{emits, requires},
        input,
        language::Reading,
        payload::outcome,
    },
};

/// The most variants of one call.
const LINES_MAX: usize = 500;

/// How many pieces are bought together.
#[derive(SimpleObject, Clone, Copy, Debug)]
pub struct QuantityRule {
    /// The fewest pieces.
    pub minimum: u32,
    /// The most pieces; none: as many as a line may have.
    pub maximum: Option<u32>,
    /// The number of pieces is a multiple of this.
    pub increment: u32,
}

impl From<quantity_rule::QuantityRule> for QuantityRule {
    fn from(rule: quantity_rule::QuantityRule) -> Self {
        Self { minimum: rule.minimum(), maximum: rule.maximum(), increment: rule.increment() }
    }
}

/// How many pieces of variants are to be bought together by a list.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListQuantityRulesSetInput {
    /// The list.
    pub price_list: ID,
    /// Of which variants: each once, 500 at most.
    pub lines: Vec<PriceListQuantityRuleInput>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets them once.
    pub idempotency_key: Option<String>,
}

/// How many pieces of a variant are to be bought together.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListQuantityRuleInput {
    /// Of what.
    pub variant: VariantBy,
    /// The fewest pieces, a multiple of the increment; if left out, the increment.
    pub minimum: Option<i64>,
    /// The most pieces, a multiple of the increment and not below the minimum; if left out, as many as a line may have.
    pub maximum: Option<i64>,
    /// The number of pieces is a multiple of this; if left out, of 1.
    pub increment: Option<i64>,
}

/// Variants of which a list is not to say how many are bought together.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListQuantityRulesRemoveInput {
    /// The list.
    pub price_list: ID,
    /// Which: each once, 500 at most.
    pub lines: Vec<PriceListQuantityRuleRemoveInput>,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input removes them once.
    pub idempotency_key: Option<String>,
}

/// A variant of which a list is not to say how many are bought together.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListQuantityRuleRemoveInput {
    /// Which.
    pub variant: VariantBy,
}

/// Mutations of how many pieces are bought together.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuantityRuleMutation;

/// Mutations of how many pieces are bought together.
#[Object]
impl QuantityRuleMutation {
    /// Says how many pieces of variants are bought together by a list and by those that follow it: all or, by failing, none.
    /// The rule of the list that gives the price counts; if it has none, its parent's. Lines that break it are refused;
    /// carts that are there are not changed: they warn, and are refused at checkout. Refuses with `CONFLICT`, and by line
    /// with `NOT_FOUND`, `DUPLICATE`, `QUANTITY_NOT_POSITIVE`, `QUANTITY_TOO_LARGE`, `QUANTITY_NOT_A_MULTIPLE` or
    /// `QUANTITY_BELOW_MINIMUM`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("quantity_rule.set".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_quantity_rules_set(
        &self,
        ctx: &Context<'_>,
        input: PriceListQuantityRulesSetInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::set_quantity_rules(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Has a list say no more how many pieces of variants are bought together: its parent's rule counts again, if it has
    /// one. All or, by failing, none. Refuses with `CONFLICT`, and by line with `NOT_FOUND`, also if the list has no rule
    /// for it, or `DUPLICATE`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("quantity_rule.removed".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_quantity_rules_remove(
        &self,
        ctx: &Context<'_>,
        input: PriceListQuantityRulesRemoveInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::set_quantity_rules(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

impl PriceListQuantityRulesSetInput {
    fn parse(self) -> Result<SetQuantityRules, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListQuantityRulesSet", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let given = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        let mut lines = Vec::with_capacity(given.len());
        for (index, line) in given.into_iter().enumerate() {
            let mut of_line = Check::default();
            let variant = of_line.field("variant", line.variant.parse());
            let rule = quantity_rule::QuantityRule::parse(line.minimum, line.maximum, line.increment);
            let rule = of_line.here(rule);
            let parsed = of_line.done(variant.zip(rule.map(Some)));
            lines.extend(check.nested("lines", parsed.map_err(|invalid| invalid.under(&index.to_string()))));
        }
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(list.map(|list| SetQuantityRules { list, lines, expected_version, is_dry_run, once }))
    }
}

impl PriceListQuantityRulesRemoveInput {
    fn parse(self) -> Result<SetQuantityRules, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListQuantityRulesRemove", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let given = check.field("lines", input::at_most(self.lines, LINES_MAX)).unwrap_or_default();
        let mut lines = Vec::with_capacity(given.len());
        for (index, line) in given.into_iter().enumerate() {
            let parsed =
                line.variant.parse().map_err(|problem| Invalid::at("variant", problem).under(&index.to_string()));
            lines.extend(check.nested("lines", parsed).map(|variant| (variant, None)));
        }
        let (expected_version, is_dry_run) = (self.expected_version, self.dry_run);
        check.done(list.map(|list| SetQuantityRules { list, lines, expected_version, is_dry_run, once }))
    }
}
