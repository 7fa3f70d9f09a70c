//! Mutations of orders.

use app::{cx::Cx, orders};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{
        Proves,
        proof::{FulfilOrders, ManageOrders, ManagePayments},
    },
    invalid::Invalid,
};

use super::{
    input::{
        OrderAllocateInput, OrderCancelInput, OrderConfirmInput, OrderDeliverInput, OrderMarkAsPaidInput,
        OrderRefundInput, OrderShipInput,
    },
    order::Order,
    query::find,
};
use crate::graphql::{
    directive::{emits, requires},
    error::{self, UserError},
    language::Reading,
    payload::{Outcome, outcome, split},
};

/// A moved order, or why it was not moved.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderPayload {
    /// The order after the move; none if it was refused, or if you may not see orders (`ORDER_READ`).
    pub order: Option<Order>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrdersMutation;

/// What staff do with orders.
#[Object]
impl OrdersMutation {
    /// Accepts an order that is `PLACED`. Refuses with `ORDER_TRANSITION_NOT_ALLOWED`, `ORDER_ON_HOLD`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.confirmed".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_confirm(&self, ctx: &Context<'_>, input: OrderConfirmInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::confirm(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Sets the goods of a `CONFIRMED` order aside in the warehouse; what did not come yet follows when it does. Refuses
    /// with `ORDER_BACKORDERED` if nothing of it came yet, `ORDER_TRANSITION_NOT_ALLOWED`, `ORDER_ON_HOLD`, `CONFLICT`
    /// or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.allocated".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn order_allocate(
        &self,
        ctx: &Context<'_>,
        input: OrderAllocateInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::allocate(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Hands what is left of an `ALLOCATED` or `PARTLY_SHIPPED` order to a carrier, or a part of it: one shipment for
    /// each place that it leaves. The first of them takes all of the money that the gateway holds. Units that did not
    /// come yet cannot leave: while there are any, say which `lines` shall. Refuses with `ORDER_BACKORDERED` and the
    /// lines that wait, `ORDER_UNITS_EXCEEDED`, `ORDER_NOTHING_TO_SHIP`, `ORDER_TRANSITION_NOT_ALLOWED`, `ORDER_ON_HOLD`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipped".to_owned()),
        directive = emits::apply("order.shipped_in_part".to_owned()),
        directive = emits::apply("order.shipment_dispatched".to_owned()),
        directive = emits::apply("payment.capture_requested".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn order_ship(&self, ctx: &Context<'_>, input: OrderShipInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::ship(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Notes that all of a `SHIPPED` order that is on its way arrived, and that the courier has its cash if there was any to collect. Refuses
    /// with `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipment_delivered".to_owned()),
        directive = emits::apply("order.delivered".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn order_deliver(&self, ctx: &Context<'_>, input: OrderDeliverInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::deliver(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Ends an order of which nothing was shipped: its stock is free again and its payment is given up or given
    /// back. Refuses with `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.cancelled".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("payment.voided".to_owned()),
        directive = emits::apply("payment.void_requested".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_cancel(&self, ctx: &Context<'_>, input: OrderCancelInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::cancel(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Gives money of a `DELIVERED` order back: all that is left, or a part. The order is `REFUNDED` once all of it
    /// went back, and with it its returns that are `INSPECTED`. What was paid with gift cards and store credit comes back to
    /// them at once. Refuses with `REFUND_EXCEEDS_CAPTURED`, `NOTHING_TO_REFUND`, `CUSTOMER_REQUIRED`,
    /// `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePayments::PERMISSION.code().to_owned()),
        directive = emits::apply("order.refunded".to_owned()),
        directive = emits::apply("return.refunded".to_owned()),
        directive = emits::apply("order.refunded_in_part".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::manages_payments"
    )]
    async fn order_refund(&self, ctx: &Context<'_>, input: OrderRefundInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::refund(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Notes that the bank transfer for an `AWAITING_PAYMENT` order arrived in full, or for what came in later. Refuses with
    /// `PAYMENT_NOT_PAYABLE` if it is not paid by transfer, `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePayments::PERMISSION.code().to_owned()),
        directive = emits::apply("order.paid".to_owned()),
        directive = emits::apply("order.hold_released".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        visible = "crate::graphql::directive::manages_payments"
    )]
    async fn order_mark_as_paid(
        &self,
        ctx: &Context<'_>,
        input: OrderMarkAsPaidInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        let parsed: Result<_, Invalid> = input.parse();
        let done = match outcome(cx, async { parsed }).await? {
            Ok(input) => outcome(cx, orders::mark_paid(cx, may, input)).await?,
            Err(wrong) => Err(wrong),
        };
        payload(ctx, done).await
    }
}

/// The order that was moved, as the caller may see it.
pub(super) async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::Order>>) -> async_graphql::Result<OrderPayload> {
    let (order, user_errors) = split(done);
    let order = match order {
        Some(order) => find(ctx, order, None).await?,
        None => None,
    };
    Ok(OrderPayload { order, user_errors })
}
