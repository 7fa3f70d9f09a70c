//! What of orders is cancelled before it leaves.

use app::{cx::Cx, orders};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageOrders},
    invalid::{Check, Invalid},
    money::{self, Currency},
};
use entity::orders::order_cancellation;

use super::{
    input::{OrderLineUnitsInput, units, which},
    line::OrderLine,
    mutation::{OrderPayload, payload},
};
use crate::graphql::{
    directive::{emits, requires},
    language::Reading,
    loader::{self, CancellationsOf, CancelledOf, LinesOf},
    money::Money,
    payload::outcome,
    scalar::DateTime,
};

/// What of an order was cancelled together, before it left. Never changed or removed.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderCancellation {
    /// Its id.
    pub id: ID,
    /// What was cancelled.
    pub lines: Vec<OrderLineShare>,
    /// What fell away of the order's total: the lines' shares; delivery and fees too if nothing of the order was left.
    pub amount: Money,
    /// Why, in the words of staff. The customer sees it.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime,
}

/// Units of a line of an order, and what they are worth.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderLineShare {
    /// The line.
    pub line: OrderLine,
    /// How many of its units.
    pub quantity: i64,
    /// Their share of the line's total, tax included. The shares of all units of a line sum to its total.
    pub amount: Money,
    /// Value added tax that is included in it.
    pub tax: Money,
}

/// The cancellations of an order, the oldest first.
pub(super) async fn of_order(
    ctx: &Context<'_>,
    order: domain::id::Id<domain::id::Order>,
    currency: Currency,
) -> async_graphql::Result<Vec<OrderCancellation>> {
    let rows = loader::one(ctx, CancellationsOf(order)).await?.unwrap_or_default();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let units = loader::one(ctx, CancelledOf(order)).await?.unwrap_or_default();
    let lines = loader::one(ctx, LinesOf(order)).await?.unwrap_or_default();
    let money = |minor| Money(money::Money::new(minor, currency));
    let show = |row: order_cancellation::Model| {
        let share = |line: &entity::orders::order_line::Model| {
            let one = units.iter().find(|one| one.cancellation_id == row.id && one.order_line_id == line.id)?;
            let (amount, tax) = (money(one.amount_minor), money(one.tax_minor));
            Some(OrderLineShare {
                line: OrderLine { row: line.clone(), currency },
                quantity: one.quantity,
                amount,
                tax,
            })
        };
        OrderCancellation {
            id: ID(row.id.to_string()),
            lines: lines.iter().filter_map(share).collect(),
            amount: money(row.amount_minor),
            reason: row.reason,
            at: DateTime(row.at),
        }
    };
    Ok(rows.into_iter().map(show).collect())
}

/// Units of an order to cancel.
#[derive(InputObject, Clone, Debug)]
pub struct OrderLinesCancelInput {
    /// The order.
    pub order: ID,
    /// What is cancelled, each line once.
    pub lines: Vec<OrderLineUnitsInput>,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input cancels the units once.
    pub idempotency_key: String,
}

impl OrderLinesCancelInput {
    /// Checks the order, the lines and the key.
    pub fn parse(self) -> Result<orders::CancelLines, Invalid> {
        let which = which("orderLinesCancel", &self.order, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", units(self.lines));
        let ((order, once), lines) = check.done(which.zip(lines))?;
        let Self { reason, expected_version, .. } = self;
        Ok(orders::CancelLines { order, lines, reason, expected_version, once: Some(once) })
    }
}

/// Mutations of cancellations.
#[derive(Clone, Copy, Debug, Default)]
pub struct CancellationMutation;

/// What of orders staff cancel before it leaves.
#[Object]
impl CancellationMutation {
    /// Cancels units of an order that have not left: their stock is free again, and their share of the money falls away,
    /// or goes back if it was paid. Delivery and fees stay, unless nothing of the order is left: then it is `CANCELLED`.
    /// If all that is left has left the shop, the order is `SHIPPED`, or what its shipments became. Refuses with
    /// `ORDER_UNITS_EXCEEDED`, `ORDER_TRANSITION_NOT_ALLOWED`, `PAYMENT_BEING_CAPTURED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.lines_cancelled".to_owned()),
        directive = emits::apply("order.cancelled".to_owned()),
        directive = emits::apply("order.delivered".to_owned()),
        directive = emits::apply("order.paid".to_owned()),
        directive = emits::apply("order.refused".to_owned()),
        directive = emits::apply("order.hold_released".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        directive = emits::apply("payment.voided".to_owned()),
        directive = emits::apply("payment.void_requested".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_lines_cancel(
        &self,
        ctx: &Context<'_>,
        input: OrderLinesCancelInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { Box::pin(orders::cancel_lines(cx, cx.permit()?, input.parse()?)).await });
        payload(ctx, done.await?).await
    }
}
