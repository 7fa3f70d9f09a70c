//! Mutations of returns.

use app::{
    cx::{Cx, Public},
    orders::returns,
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{Id, Return},
    identity::permission::{
        Permission, Proves,
        proof::{FulfilOrders, ManageOrders, ManagePayments},
    },
};

use super::{
    returns::OrderReturn,
    returns_input::{
        ChannelReturnDaysSetInput, ReturnApproveInput, ReturnInspectInput, ReturnReceiveInput, ReturnRefundInput,
        ReturnRejectInput, ReturnRequestInput,
    },
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A return, or why it was not made or moved.
#[derive(SimpleObject, Clone, Debug)]
pub struct ReturnPayload {
    /// The return after the move; none if it was refused, or if you may not see orders (`ORDER_READ`).
    pub order_return: Option<OrderReturn>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// For how long goods that a channel sold may be sent back, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelReturnDaysPayload {
    /// Days after delivery; with `dryRun` as they would be. None if the change was refused.
    pub return_days: Option<i64>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of returns.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReturnsMutation;

/// What customers send back, and what staff do with it.
#[Object]
impl ReturnsMutation {
    /// Asks to send goods of a `DELIVERED` order back: a customer of their own order, a guest who knows its number and
    /// token, both within the channel's `returnDays` after delivery, or staff with `ORDER_MANAGE`. Refuses with
    /// `RETURN_NOT_DELIVERED`, `RETURN_TOO_LATE`, `RETURN_UNITS_EXCEEDED` or `NOT_FOUND`.
    #[graphql(directive = emits::apply("return.requested".to_owned()))]
    async fn return_request(
        &self,
        ctx: &Context<'_>,
        input: ReturnRequestInput,
    ) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::request(cx, Public, input.parse()?).await });
        let (id, user_errors) = split(done.await?);
        // Who asked for it sees it, by whatever it was that they know.
        let order_return = match id {
            Some(id) => loader::one(ctx, id).await?.map(OrderReturn),
            None => None,
        };
        Ok(ReturnPayload { order_return, user_errors })
    }

    /// Agrees to take the goods of a `REQUESTED` return back. Refuses with `RETURN_NOT_ALLOWED`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("return.approved".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn return_approve(
        &self,
        ctx: &Context<'_>,
        input: ReturnApproveInput,
    ) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::approve(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Does not take the goods of a `REQUESTED` return, or gives up waiting for those of an `APPROVED` one. Refuses with
    /// `RETURN_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("return.rejected".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn return_reject(&self, ctx: &Context<'_>, input: ReturnRejectInput) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::reject(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Notes that goods of an `APPROVED` return came: they lie in quarantine until `returnInspect`. Units that did not
    /// come can be sent back another time. Refuses with `RETURN_UNITS_EXCEEDED`, `RETURN_NOT_ALLOWED`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("return.received".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn return_receive(
        &self,
        ctx: &Context<'_>,
        input: ReturnReceiveInput,
    ) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::receive(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Decides what becomes of all goods of a `RECEIVED` return: back on the shelf, given up, or still in quarantine. If
    /// all of the order's money went back before, the return is `REFUNDED` with it. Refuses with `RETURN_UNITS_UNDECIDED`, `STOCK_INSUFFICIENT` if they are not in quarantine any more,
    /// `RETURN_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("return.inspected".to_owned()),
        directive = emits::apply("return.refunded".to_owned()),
        directive = emits::apply("stock.restocked".to_owned()),
        directive = emits::apply("stock.written_off".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn return_inspect(
        &self,
        ctx: &Context<'_>,
        input: ReturnInspectInput,
    ) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::inspect(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Gives the money of an `INSPECTED` return back, by the way it came: by card through the gateway; to gift cards
    /// and store credit at once; cash and transfers are written down as given back, and paid by hand. Or, with
    /// `toStoreCredit`, it becomes store credit of the customer's. The order is `REFUNDED` once all of its money went
    /// back, and its other `INSPECTED` returns with it. A return of what cost nothing is `REFUNDED` with 0 without any
    /// money, and its order stays as it is. Refuses with `REFUND_EXCEEDS_CAPTURED`, `NOTHING_TO_REFUND`,
    /// `CUSTOMER_REQUIRED`, `RETURN_NOT_ALLOWED`, `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePayments::PERMISSION.code().to_owned()),
        directive = emits::apply("return.refunded".to_owned()),
        directive = emits::apply("order.refunded".to_owned()),
        directive = emits::apply("order.refunded_in_part".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::manages_payments"
    )]
    async fn return_refund(&self, ctx: &Context<'_>, input: ReturnRefundInput) -> async_graphql::Result<ReturnPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { returns::refund(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Says for how many days after delivery customers may ask to send back what a channel sold, also what it sold
    /// before. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.return_days_set".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn channel_return_days_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelReturnDaysSetInput,
    ) -> async_graphql::Result<ChannelReturnDaysPayload> {
        let cx: &Cx = ctx.cx();
        let days = input.return_days;
        let done = outcome(cx, async { returns::set_days(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        Ok(ChannelReturnDaysPayload { return_days: done.map(|_| days), user_errors })
    }
}

/// The return that was moved, for those who may see orders.
async fn payload(ctx: &Context<'_>, done: Outcome<Id<Return>>) -> async_graphql::Result<ReturnPayload> {
    let (id, user_errors) = split(done);
    let order_return = match id {
        Some(id) => shown(ctx, id).await?,
        None => None,
    };
    Ok(ReturnPayload { order_return, user_errors })
}

/// A return, for those who may see orders.
pub(super) async fn shown(ctx: &Context<'_>, id: Id<Return>) -> async_graphql::Result<Option<OrderReturn>> {
    if !ctx.cx().caller().permissions.contains(&Permission::ReadOrders) {
        return Ok(None);
    }
    Ok(loader::one(ctx, id).await?.map(OrderReturn))
}
