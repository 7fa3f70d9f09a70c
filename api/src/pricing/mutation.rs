//! Mutations of price lists.

use app::{
    cx::Cx,
    pricing::{self, ListChanged},
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManagePrices},
};

use super::{
    input::{
        PriceListAssignInput, PriceListCreateInput, PriceListRuleSetInput, PriceListUnassignInput, PriceListUpdateInput,
    },
    list::PriceList,
    prices_input::{PriceListPricesRemoveInput, PriceListPricesSetInput},
    warning::{self, PriceWarning},
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A price list, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceListPayload {
    /// The list as it is now; none if the change was refused, and with `dryRun`.
    pub price_list: Option<PriceList>,
    /// What should be known of the prices: the change is made nevertheless. With `dryRun`, too.
    pub warnings: Vec<PriceWarning>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of price lists.
#[derive(Clone, Copy, Debug, Default)]
pub struct PricingMutation;

/// What staff say of what things cost whom.
#[Object]
impl PricingMutation {
    /// Makes a price list, which has no price of its own yet and which nobody buys by. Refuses with
    /// `PRICE_LIST_CODE_TAKEN` or `UNSUPPORTED_CURRENCY`, and at the rule with `NOT_FOUND`, `PRICE_LIST_CURRENCY`,
    /// `PRICE_LIST_TOO_DEEP` or `INVALID_ROUNDING`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price_list.created".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_create(
        &self,
        ctx: &Context<'_>,
        input: PriceListCreateInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async { pricing::create_list(cx, cx.permit()?, input.parse()?).await });
        changed(ctx, done.await?, is_dry_run).await
    }

    /// Changes what a price list is called, and when it goes: when it went stays as it was, and so do its code and its
    /// currency. Refuses with `CONFLICT`, `IN_THE_PAST`, `END_BEFORE_START` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price_list.updated".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_update(
        &self,
        ctx: &Context<'_>,
        input: PriceListUpdateInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::update_list(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Says from which other list a list takes what it does not have, from an instant on. A rule that was to go from then on
    /// or later does not go; what went before stays known. It warns how many prices would be below what things cost the
    /// shop, or below the lowest that they are sold at: to that they are raised. Refuses with `CONFLICT`, `IN_THE_PAST`
    /// or `NOT_FOUND`, and at the rule with `PRICE_LIST_LOOP`, `PRICE_LIST_CURRENCY`, `PRICE_LIST_TOO_DEEP` or
    /// `INVALID_ROUNDING`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price_list.updated".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_rule_set(
        &self,
        ctx: &Context<'_>,
        input: PriceListRuleSetInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async { pricing::set_rule(cx, cx.permit()?, input.parse()?).await });
        changed(ctx, done.await?, is_dry_run).await
    }

    /// Sets prices in a list: all or, by failing, none. A regular price goes until the next begins; a temporary one goes
    /// before it. One below what a piece costs the shop is set, with a warning. Refuses, by line, with `NOT_FOUND`,
    /// `EXACTLY_ONE_REQUIRED`, `DUPLICATE`, `INVALID_AMOUNT`, `AMOUNT_TOO_HIGH`, `QUANTITY_NOT_POSITIVE`,
    /// `COMPARE_AT_NOT_HIGHER`, `TIERS_OVERLAP`, `TIER_NOT_LOWER`, `PRICE_BELOW_FLOOR`, `IN_THE_PAST` or `END_BEFORE_START`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price.set".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_prices_set(
        &self,
        ctx: &Context<'_>,
        input: PriceListPricesSetInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async { pricing::set_prices(cx, cx.permit()?, input.parse()?).await });
        changed(ctx, done.await?, is_dry_run).await
    }

    /// Takes prices out of a list: all or, by failing, none. What goes ends now, and the list takes the price from its parent
    /// again, if it has one; what was to go later does not. Refuses, by line, with `PRICE_NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price.removed".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_prices_remove(
        &self,
        ctx: &Context<'_>,
        input: PriceListPricesRemoveInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::remove_prices(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Has a customer group, or everybody in a channel, buy by a list: before those of the channel, and these before its base
    /// list. Refuses with `NOT_FOUND`, `IN_THE_PAST`, `END_BEFORE_START`, `DUPLICATE`, `PRICE_LIST_CURRENCY` or
    /// `PRICE_LIST_ASSIGNED_ALREADY`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price_list.assigned".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_assign(
        &self,
        ctx: &Context<'_>,
        input: PriceListAssignInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::assign(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Has nobody buy by a list for this reason any more. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price_list.unassigned".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_unassign(
        &self,
        ctx: &Context<'_>,
        input: PriceListUnassignInput,
    ) -> async_graphql::Result<PriceListPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::unassign(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

/// A price list that was changed, with its prices, or why it was not.
async fn changed(
    ctx: &Context<'_>,
    done: Outcome<ListChanged>,
    is_dry_run: bool,
) -> async_graphql::Result<PriceListPayload> {
    let warnings = done.as_ref().map(|done| done.warnings.clone()).unwrap_or_default();
    let payload = payload(ctx, done.map(|done| Some(done.list).filter(|_| !is_dry_run))).await?;
    Ok(PriceListPayload { warnings: warning::show(ctx.cx(), warnings), ..payload })
}

/// A price list that was changed, or why it was not.
pub(super) async fn payload(
    ctx: &Context<'_>,
    done: Outcome<Option<Id<id::PriceList>>>,
) -> async_graphql::Result<PriceListPayload> {
    let (list, user_errors) = split(done);
    let price_list = match list.flatten() {
        Some(list) => loader::one(ctx, list).await?.map(PriceList),
        None => None,
    };
    Ok(PriceListPayload { price_list, warnings: Vec::new(), user_errors })
}
