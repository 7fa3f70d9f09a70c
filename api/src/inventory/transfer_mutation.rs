//! Mutations of transfers.

use app::{cx::Cx, inventory};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{Id, Transfer},
    identity::permission::{Proves, proof::ManageStock},
};

use super::{
    transfer::StockTransfer,
    transfer_input::{StockTransferCancelInput, StockTransferReceiveInput, StockTransferShipInput},
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A transfer, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct StockTransferPayload {
    /// The transfer; none if the change was refused.
    pub transfer: Option<StockTransfer>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of transfers.
#[derive(Clone, Copy, Debug, Default)]
pub struct TransferMutation;

/// What staff do with transfers.
#[Object]
impl TransferMutation {
    /// Takes goods off the shelf of one place and sends them to another: they are in transit then, and nobody sells them.
    /// Refuses with `STOCK_RESERVED`, `STOCK_INSUFFICIENT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("transfer.shipped".to_owned()),
        directive = emits::apply("stock.transferred_out".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_transfer_ship(
        &self,
        ctx: &Context<'_>,
        input: StockTransferShipInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::ship_transfer(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Puts goods that came on the shelf of the place they were sent to. With `close`, what is still under way is lost.
    /// Refuses with `TRANSFER_CLOSED`, `STOCK_INSUFFICIENT` if less is under way, `REQUIRED` for a loss without a reason,
    /// or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("transfer.received".to_owned()),
        directive = emits::apply("stock.transferred_in".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_transfer_receive(
        &self,
        ctx: &Context<'_>,
        input: StockTransferReceiveInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::receive_transfer(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Puts what has not come back on the shelf it was taken from. Refuses with `TRANSFER_CLOSED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("transfer.cancelled".to_owned()),
        directive = emits::apply("stock.transferred_in".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn stock_transfer_cancel(
        &self,
        ctx: &Context<'_>,
        input: StockTransferCancelInput,
    ) -> async_graphql::Result<StockTransferPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::cancel_transfer(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

async fn payload(ctx: &Context<'_>, done: Outcome<Id<Transfer>>) -> async_graphql::Result<StockTransferPayload> {
    let (transfer, user_errors) = split(done);
    let transfer = match transfer {
        Some(transfer) => loader::one(ctx, transfer).await?.map(StockTransfer),
        None => None,
    };
    Ok(StockTransferPayload { transfer, user_errors })
}
