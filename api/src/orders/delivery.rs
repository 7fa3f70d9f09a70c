//! What becomes of shipments.

use app::{cx::Cx, orders};
use async_graphql::{Context, Enum, ID, InputObject, InputType, Object, SimpleObject};
use domain::{
    fulfilment::shipment,
    identity::permission::{Proves, proof::FulfilOrders},
    invalid::{Check, Invalid},
};

use super::mutation::{OrderPayload, payload};
use crate::graphql::{
    directive::{emits, requires},
    input,
    language::Reading,
    payload::outcome,
    scalar::DateTime,
};

/// Where a shipment is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "shipment::State")]
pub enum ShipmentState {
    /// With the carrier.
    InTransit,
    /// With the customer.
    Delivered,
    /// The customer did not take it: it is on its way back.
    Refused,
    /// It is back.
    Returned,
}

/// Why a carrier came in vain.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "shipment::FailReason")]
pub enum DeliveryFailReason {
    /// Nobody was there.
    NotHome,
    /// The address is wrong.
    WrongAddress,
    /// The customer could not be reached.
    Unreachable,
    /// Something else.
    Other,
}

/// What to do with goods that came back.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnedGoods {
    /// They can be sold again.
    Restock,
    /// They must be looked at first.
    Quarantine,
}

/// A time that the carrier came in vain.
#[derive(SimpleObject, Clone, Debug)]
pub struct DeliveryFailure {
    /// Why.
    pub reason: DeliveryFailReason,
    /// Why, in the reader's language.
    pub reason_label: String,
    /// Why, in words.
    pub note: Option<String>,
    /// When it was noted.
    pub at: DateTime,
}

/// A shipment that the customer took.
#[derive(InputObject, Clone, Debug)]
pub struct ShipmentDeliverInput {
    /// The shipment.
    pub shipment: ID,
    /// Any text of yours: the same key with the same input notes it once.
    pub idempotency_key: String,
}

/// A shipment with which the carrier came in vain.
#[derive(InputObject, Clone, Debug)]
pub struct ShipmentDeliveryFailInput {
    /// The shipment.
    pub shipment: ID,
    /// Why.
    pub reason: DeliveryFailReason,
    /// Why, in words, at most 500 characters. The customer sees it.
    pub note: Option<String>,
    /// Any text of yours: the same key with the same input notes it once.
    pub idempotency_key: String,
}

/// A shipment that the customer does not take.
#[derive(InputObject, Clone, Debug)]
pub struct ShipmentRefuseInput {
    /// The shipment.
    pub shipment: ID,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input notes it once.
    pub idempotency_key: String,
}

/// A refused shipment that came back.
#[derive(InputObject, Clone, Debug)]
pub struct ShipmentReturnReceiveInput {
    /// The shipment.
    pub shipment: ID,
    /// What to do with its goods.
    pub goods: ReturnedGoods,
    /// How they came, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input takes them back once.
    pub idempotency_key: String,
}

fn parse(
    operation: &'static str,
    shipment: &ID,
    key: &str,
    input: &impl InputType,
) -> Result<orders::ShipmentMove, Invalid> {
    let mut check = Check::default();
    let shipment = check.field("shipment", input::id(shipment));
    let once = input::once(&mut check, operation, Some(key), input);
    let (shipment, once) = check.done(shipment.zip(once))?;
    Ok(orders::ShipmentMove { shipment, reason: None, once: Some(once) })
}

/// Mutations of shipments.
#[derive(Clone, Copy, Debug, Default)]
pub struct DeliveryMutation;

/// What staff note of shipments.
#[Object]
impl DeliveryMutation {
    /// Notes that the customer took a shipment. With the last of an order's shipments the order is `DELIVERED`, and the
    /// courier has its cash if there was any to collect. Refuses with `SHIPMENT_NOT_ALLOWED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipment_delivered".to_owned()),
        directive = emits::apply("order.delivered".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn shipment_deliver(
        &self,
        ctx: &Context<'_>,
        input: ShipmentDeliverInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let parsed =
                |input: ShipmentDeliverInput| parse("shipmentDeliver", &input.shipment, &input.idempotency_key, &input);
            orders::deliver_shipment(cx, cx.permit()?, parsed(input)?).await
        });
        payload(ctx, done.await?).await
    }

    /// Notes that the carrier came in vain with a shipment, and comes again. Refuses with `SHIPMENT_NOT_ALLOWED` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipment_delivery_failed".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn shipment_delivery_fail(
        &self,
        ctx: &Context<'_>,
        input: ShipmentDeliveryFailInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let may = cx.permit()?;
            let mut moving = parse("shipmentDeliveryFail", &input.shipment, &input.idempotency_key, &input)?;
            moving.reason = input.note;
            orders::fail_shipment(cx, may, (moving, input.reason.into())).await
        });
        payload(ctx, done.await?).await
    }

    /// Notes that the customer does not take a shipment: what its goods cost falls away, or goes back if it was paid.
    /// Delivery and fee stay, unless the customer took nothing of the order: then it is `REFUSED`, and nothing is to be
    /// paid. Refuses with `SHIPMENT_NOT_ALLOWED`, `PAYMENT_BEING_CAPTURED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipment_refused".to_owned()),
        directive = emits::apply("order.refused".to_owned()),
        directive = emits::apply("order.delivered".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        directive = emits::apply("payment.voided".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn shipment_refuse(
        &self,
        ctx: &Context<'_>,
        input: ShipmentRefuseInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let may = cx.permit()?;
            let mut moving = parse("shipmentRefuse", &input.shipment, &input.idempotency_key, &input)?;
            moving.reason = input.reason;
            orders::refuse_shipment(cx, may, moving).await
        });
        payload(ctx, done.await?).await
    }

    /// Notes that a refused shipment came back to the place that it left, and puts its goods on the shelf or into
    /// quarantine. Refuses with `SHIPMENT_NOT_ALLOWED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.shipment_returned".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn shipment_return_receive(
        &self,
        ctx: &Context<'_>,
        input: ShipmentReturnReceiveInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let may = cx.permit()?;
            let mut moving = parse("shipmentReturnReceive", &input.shipment, &input.idempotency_key, &input)?;
            moving.reason = input.reason;
            orders::receive_shipment(cx, may, (moving, input.goods == ReturnedGoods::Restock)).await
        });
        payload(ctx, done.await?).await
    }
}
