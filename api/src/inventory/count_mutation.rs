//! Mutations of counts.

use app::{cx::Cx, inventory};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageStock},
};

use super::{
    count::StockCount,
    count_input::{StockCountCloseInput, StockCountOpenInput, StockCountRecordInput},
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A count, or why it does not go on.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockCountPayload {
    /// The count; none if the change was refused.
    pub count: Option<StockCount>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct CountMutation;

/// What staff do with counts.
#[Object]
impl CountMutation {
    /// Begins a count of what a place holds. Nothing is locked: the place goes on selling. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("count.opened".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_count_open(
        &self,
        ctx: &Context<'_>,
        input: StockCountOpenInput,
    ) -> async_graphql::Result<StockCountPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::open_count(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Writes down what was found, beside what the record says in this moment. Refuses with `COUNT_CLOSED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("count.recorded".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_count_record(
        &self,
        ctx: &Context<'_>,
        input: StockCountRecordInput,
    ) -> async_graphql::Result<StockCountPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::record_count(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Ends a count: each level changes by its variance, so that what was sold since it was counted stays sold. What
    /// nobody counted stays as it is. Refuses with `STOCK_RESERVED` or `STOCK_INSUFFICIENT` if less was found than is
    /// promised, `COUNT_CLOSED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("count.closed".to_owned()),
        directive = emits::apply("stock.counted".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_count_close(
        &self,
        ctx: &Context<'_>,
        input: StockCountCloseInput,
    ) -> async_graphql::Result<StockCountPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::close_count(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::StockCount>>) -> async_graphql::Result<StockCountPayload> {
    let (count, user_errors) = split(done);
    let count = match count {
        Some(count) => loader::one(ctx, count).await?.map(StockCount),
        None => None,
    };
    Ok(StockCountPayload { count, user_errors })
}
