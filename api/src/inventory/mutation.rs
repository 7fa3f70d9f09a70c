//! Mutations of stock.

use app::{
    cx::Cx,
    inventory::{self, ChangeError, Changed, Done},
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageStock},
    invalid::Invalid,
};

use super::{
    errors::said,
    failed, found,
    input::{
        Skipping, StockAdjustInput, StockQuarantineSettleInput, StockReceiveInput, StockSetInput,
        StockThresholdsSetInput,
    },
    level::StockLevel,
};
use crate::graphql::{
    directive::{emits, requires},
    error::{self, UserError},
    explain::Said,
    language::Reading,
    payload::{outcome, split, told},
};

/// What became of the lines of a change of stock.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockChangePayload {
    /// The lines that were done, in the order of the input.
    pub results: Vec<StockChange>,
    /// What is wrong, by line. With `REJECT_ALL` nothing was changed; with `SKIP_FAILED` these lines were left out.
    pub user_errors: Vec<UserError>,
}

/// A line that was done.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockChange {
    /// Its place in the input, from 0.
    pub line: i32,
    /// So many units came, or left if below zero.
    pub units: i64,
    /// The level as it is now.
    pub level: StockLevel,
}

/// Mutations of stock.
#[derive(Clone, Copy, Debug, Default)]
pub struct InventoryMutation;

/// What staff do with stock.
#[Object]
impl InventoryMutation {
    /// Sets stock levels straight by so many units more or fewer, each with its reason; a level that is not there yet
    /// is made. Never below what is promised to orders. Refuses with `STOCK_RESERVED`, `STOCK_INSUFFICIENT` or
    /// `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.adjusted".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_adjust(
        &self,
        ctx: &Context<'_>,
        input: StockAdjustInput,
    ) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "delta", input.parse(), async |input| inventory::adjust(cx, may, input).await).await
    }

    /// Sets what is on the shelf, if it is what you saw; a level that is not there yet is made. Never below what is
    /// promised to orders. Refuses with `CONFLICT` and the `quantity` there is, `STOCK_RESERVED` or `NOT_FOUND`, by
    /// line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.adjusted".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_set(&self, ctx: &Context<'_>, input: StockSetInput) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "quantity", input.parse(), async |input| inventory::set(cx, may, input).await).await
    }

    /// Puts goods that came in on the shelf; a level that is not there yet is made. Refuses with `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.received".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_receive(
        &self,
        ctx: &Context<'_>,
        input: StockReceiveInput,
    ) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "quantity", input.parse(), async |input| inventory::receive(cx, may, input).await).await
    }

    /// Says what is kept back of stock levels, and when there is little; a level that is not there yet is made. All of
    /// it or nothing. Refuses with `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.thresholds_set".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_thresholds_set(
        &self,
        ctx: &Context<'_>,
        input: StockThresholdsSetInput,
    ) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "safetyStock", input.parse(), async |input| inventory::set_thresholds(cx, may, input).await).await
    }

    /// Puts units in quarantine back on the shelf, or gives them up, each with its reason. Refuses with
    /// `STOCK_INSUFFICIENT` or `NOT_FOUND`, by line.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("stock.restocked".to_owned()),
        directive = emits::apply("stock.written_off".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_quarantine_settle(
        &self,
        ctx: &Context<'_>,
        input: StockQuarantineSettleInput,
    ) -> async_graphql::Result<StockChangePayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        change(ctx, "quantity", input.parse(), async |input| inventory::settle(cx, may, input).await).await
    }
}

/// Runs a change of stock, and shows what became of its lines. `units` is the field of a line that says how many.
pub(super) async fn change<T>(
    ctx: &Context<'_>,
    units: &str,
    parsed: Result<Skipping<T>, Invalid>,
    work: impl AsyncFnOnce(T) -> Result<Changed, ChangeError>,
) -> async_graphql::Result<StockChangePayload> {
    let cx: &Cx = ctx.cx();
    let (done, skipped) = match parsed {
        Ok(Skipping { input, skipped }) => (work(input).await, skipped),
        Err(invalid) => (Err(invalid.into()), Vec::new()),
    };
    let done = match done {
        Err(ChangeError::Refused(lines)) => Err(told(cx, lines.iter().map(|line| said(line, units)))),
        done => outcome(cx, async { done }).await?,
    };
    let (done, mut user_errors) = split(done);
    let Changed { done, refused } = done.unwrap_or_default();
    user_errors.extend(told(cx, skipped.into_iter().map(Said::from)));
    user_errors.extend(told(cx, refused.iter().map(|line| said(line, units))));
    Ok(StockChangePayload { results: results(ctx, &done).await?, user_errors })
}

/// The lines that were done, with their levels as they are now.
async fn results(ctx: &Context<'_>, done: &[Done]) -> async_graphql::Result<Vec<StockChange>> {
    let cx: &Cx = ctx.cx();
    let may = cx.permit::<ManageStock>().map_err(|denied| error::denied(cx.language(), denied))?;
    let variants: Vec<_> = done.iter().map(|one| one.variant).collect();
    let locations: Vec<_> = done.iter().map(|one| one.location).collect();
    let levels = inventory::load::levels_at(cx, &may, &variants, &locations).await;
    let levels = levels.map_err(|fault| failed(ctx, &fault))?;
    let shown = |one: &Done| {
        let level = levels.get(&(one.variant, one.location)).cloned();
        let level = found(ctx, level, "a level vanished")?;
        Ok(StockChange {
            line: i32::try_from(one.line).unwrap_or(i32::MAX),
            units: one.units,
            level: StockLevel(level),
        })
    };
    done.iter().map(shown).collect()
}
