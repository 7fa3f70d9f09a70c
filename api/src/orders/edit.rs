//! What staff change of orders after their placement.

use app::{checkout, cx::Cx, orders::Edited};
use async_graphql::{Context, ID, InputObject, Object, OneofObject, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageOrders},
    invalid::{Check, Invalid},
    money::{self, Currency},
    orders::edit::Step,
};
use entity::orders::{order_edit, order_line};

use super::{
    cancellation::{self, OrderCancellation},
    input::which,
    line::OrderLine,
    mutation::payload,
    order::Order,
    returns::OrderReturn,
};
use crate::{
    cart::cart::PaymentMethod,
    graphql::{
        directive::{emits, requires},
        error::UserError,
        input,
        language::Reading,
        loader::{self, EditLinesOf, EditsOf, ExchangesOf, LinesOf, ReturnsOf},
        money::Money,
        payload::{outcome, split},
        scalar::DateTime,
    },
};

/// What of an order was changed together, after it was placed. Never changed or removed.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderEdit {
    /// Its id.
    pub id: ID,
    /// What fell away; none if nothing did. It is among the order's `cancellations`, too.
    pub removed: Option<OrderCancellation>,
    /// What came back and was exchanged; none if it was no exchange. It is among the order's `returns`, too.
    pub returned: Option<OrderReturn>,
    /// What came in. They are among the order's `lines`, too.
    pub added: Vec<OrderLine>,
    /// What came in cost so much.
    pub added_amount: Money,
    /// Why, in the words of staff. The customer sees it.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime,
}

/// The edits of an order, the oldest first.
pub(super) async fn of_order(
    ctx: &Context<'_>,
    order: Id<id::Order>,
    currency: Currency,
) -> async_graphql::Result<Vec<OrderEdit>> {
    let rows = loader::one(ctx, EditsOf(order)).await?.unwrap_or_default();
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let came = loader::one(ctx, EditLinesOf(order)).await?.unwrap_or_default();
    let lines = loader::one(ctx, LinesOf(order)).await?.unwrap_or_default();
    let fell = cancellation::of_order(ctx, order, currency).await?;
    let exchanges = loader::one(ctx, ExchangesOf(order)).await?.unwrap_or_default();
    let back = if exchanges.is_empty() { None } else { loader::one(ctx, ReturnsOf(order)).await? };
    let back = back.unwrap_or_default();
    let show = |row: order_edit::Model| {
        let is_added =
            |line: &&order_line::Model| came.iter().any(|c| c.edit_id == row.id && c.order_line_id == line.id);
        let cancelled = row.cancellation_id.map(|id| ID(id.to_string()));
        let of = exchanges.iter().find(|one| one.edit_id == row.id).map(|one| one.return_id);
        OrderEdit {
            id: ID(row.id.to_string()),
            removed: fell.iter().find(|one| Some(&one.id) == cancelled.as_ref()).cloned(),
            returned: back.iter().find(|one| Some(one.row.id) == of).cloned().map(OrderReturn),
            added: lines.iter().filter(is_added).map(|line| OrderLine { row: line.clone(), currency }).collect(),
            added_amount: Money(money::Money::new(row.added_minor, currency)),
            reason: row.reason,
            at: DateTime(row.at),
        }
    };
    Ok(rows.into_iter().map(show).collect())
}

/// One thing to change of an order.
#[derive(OneofObject, Clone, Debug)]
pub enum OrderEditStepInput {
    /// A variant comes in, at today's price, as a line of its own.
    Add(OrderEditAddInput),
    /// A line is to have so many units, those that left among them. More of it is a line of its own, at today's price.
    SetQuantity(OrderEditQuantityInput),
    /// All of a line falls away that has not left.
    Remove(OrderEditRemoveInput),
}

/// A variant that comes in.
#[derive(InputObject, Clone, Debug)]
pub struct OrderEditAddInput {
    /// Which.
    pub variant: ID,
    /// Units, at least 1.
    pub quantity: i64,
}

/// How many units a line is to have.
#[derive(InputObject, Clone, Debug)]
pub struct OrderEditQuantityInput {
    /// The line.
    pub line: ID,
    /// Units, at least 1.
    pub quantity: i64,
}

/// A line that falls away.
#[derive(InputObject, Clone, Debug)]
pub struct OrderEditRemoveInput {
    /// The line.
    pub line: ID,
}

/// What to change of an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderEditInput {
    /// The order.
    pub order: ID,
    /// What is changed: at most 50 steps, no line or variant twice.
    pub steps: Vec<OrderEditStepInput>,
    /// How the difference is paid if more is to be paid than was; required unless the order is paid on delivery, and is
    /// not paid yet: then it is paid together with the rest.
    pub payment_method: Option<PaymentMethod>,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Whether to check and price only: nothing is changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input edits the order once.
    pub idempotency_key: String,
}

/// An edited order, or why it was not edited.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderEditPayload {
    /// The order after the edit; none if it was refused, or if you may not see orders (`ORDER_READ`).
    pub order: Option<Order>,
    /// What fell away is worth so much; none if it was refused.
    pub removed: Option<Money>,
    /// What came in costs so much; none if it was refused. What is more of it than `removed` is to be paid, what is less
    /// is not wanted any more, or goes back.
    pub added: Option<Money>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

impl OrderEditInput {
    /// Checks the order, the steps and the key.
    fn parse(self) -> Result<checkout::Edit, Invalid> {
        let which = which("orderEdit", &self.order, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let steps = check.nested("steps", steps(&self.steps));
        let ((order, once), steps) = check.done(which.zip(steps))?;
        let Self { payment_method, reason, expected_version, dry_run, .. } = self;
        Ok(checkout::Edit {
            order,
            steps,
            method: payment_method.map(Into::into),
            reason,
            expected_version,
            is_dry_run: dry_run,
            once,
        })
    }
}

fn steps(steps: &[OrderEditStepInput]) -> Result<Vec<Step>, Invalid> {
    let mut check = Check::default();
    let mut parsed = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        parsed.push(check.nested(&index.to_string(), one_step(step)));
    }
    check.done(parsed.into_iter().collect())
}

fn one_step(step: &OrderEditStepInput) -> Result<Step, Invalid> {
    let mut check = Check::default();
    let step = match step {
        OrderEditStepInput::Add(add) => {
            let variant = check.nested("add", at("variant", &add.variant));
            variant.map(|variant| Step::Add { variant, quantity: add.quantity })
        }
        OrderEditStepInput::SetQuantity(set) => {
            let line = check.nested("setQuantity", at("line", &set.line));
            line.map(|line| Step::SetQuantity { line, quantity: set.quantity })
        }
        OrderEditStepInput::Remove(remove) => {
            check.nested("remove", at("line", &remove.line)).map(|line| Step::Remove { line })
        }
    };
    check.done(step)
}

fn at<K: id::Kind>(field: &str, id: &ID) -> Result<Id<K>, Invalid> {
    input::id(id).map_err(|problem| Invalid::at(field, problem))
}

/// Mutations that edit orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct EditMutation;

/// What staff change of orders before they leave.
#[Object]
impl EditMutation {
    /// Changes what of a `PLACED`, `CONFIRMED`, `ALLOCATED` or `PARTLY_SHIPPED` order has not left: units fall away, whose
    /// stock is free again; others come in at today's prices, with what is taken off each of them by itself, and are
    /// reserved. What was agreed on stands in `totals` and `lines` for ever: what fell away is among `cancellations`, and
    /// what came in is lines of their own.
    ///
    /// The difference is settled: of what is not paid yet so much less is wanted, and what was paid goes back by the way
    /// it came; more is paid together with the rest if that is paid on delivery, else by one more of the order's
    /// `payments`. While that waits for a card (`orderPay`) or for a transfer (`orderMarkAsPaid`), the order is on hold
    /// (`PAYMENT`).
    ///
    /// Refuses with `ORDER_EDIT_CHANGES_NOTHING`, `ORDER_EDIT_LEAVES_NOTHING`, `ORDER_UNITS_EXCEEDED`, `OUT_OF_STOCK`,
    /// `VARIANT_NOT_SOLD_HERE`, `SPLIT_NOT_ALLOWED`, `TAX_UNAVAILABLE`, `ORDER_EDIT_UNPAID`,
    /// `PAYMENT_METHOD_UNAVAILABLE`, `PAYMENT_BEING_CAPTURED`, `ORDER_TRANSITION_NOT_ALLOWED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.edited".to_owned()),
        directive = emits::apply("order.held".to_owned()),
        directive = emits::apply("order.hold_released".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("payment.voided".to_owned()),
        directive = emits::apply("payment.void_requested".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_edit(&self, ctx: &Context<'_>, input: OrderEditInput) -> async_graphql::Result<OrderEditPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { Box::pin(checkout::edit(cx, cx.permit()?, input.parse()?)).await });
        let (edited, user_errors): (Option<Edited>, _) = split(done.await?);
        let Some(edited) = edited else {
            return Ok(OrderEditPayload { order: None, removed: None, added: None, user_errors });
        };
        let order = payload(ctx, Ok(edited.order)).await?.order;
        Ok(OrderEditPayload {
            order,
            removed: Some(Money(edited.removed)),
            added: Some(Money(edited.added)),
            user_errors,
        })
    }
}
