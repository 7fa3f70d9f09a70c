//! Goods that came back are exchanged for others.

use app::{checkout, cx::Cx, orders::Edited};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    id::Return,
    identity::permission::{Proves, proof::ManageOrders},
    invalid::{Check, Invalid},
    orders::exchange::Wanted,
};

use super::{returns::OrderReturn, returns_input::which, returns_mutation::shown};
use crate::{
    cart::cart::PaymentMethod,
    graphql::{
        directive::{emits, requires},
        error::UserError,
        input,
        language::Reading,
        money::Money,
        payload::{outcome, split},
    },
};

/// A return to exchange.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnExchangeInput {
    /// The return.
    pub order_return: ID,
    /// What is to leave for it: at most 50 variants, none twice.
    pub lines: Vec<ReturnExchangeLineInput>,
    /// How the difference is paid if more is to be paid than what came back counts; required then.
    pub payment_method: Option<PaymentMethod>,
    /// Why, at most 500 characters. The customer sees it.
    pub reason: Option<String>,
    /// Whether to check and price only: nothing is changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input exchanges once.
    pub idempotency_key: String,
}

/// Units of a variant that are to leave.
#[derive(InputObject, Clone, Debug)]
pub struct ReturnExchangeLineInput {
    /// The variant.
    pub variant: ID,
    /// Units, at least 1. As many as came back of it cost what those cost; others cost what they cost now.
    pub quantity: i64,
}

/// An exchanged return, or why it was not exchanged.
#[derive(SimpleObject, Clone, Debug)]
pub struct ReturnExchangePayload {
    /// The return after the exchange; with `dryRun` as it is. None if it was refused, or if you may not see orders
    /// (`ORDER_READ`).
    pub order_return: Option<OrderReturn>,
    /// What came back counts so much; none if it was refused.
    pub returned: Option<Money>,
    /// What is to leave costs so much; none if it was refused. What is more of it than `returned` is to be paid, what is
    /// less goes back.
    pub added: Option<Money>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

impl ReturnExchangeInput {
    /// Checks the return, the lines and the key.
    fn parse(self) -> Result<checkout::Exchange, Invalid> {
        let which = which("returnExchange", &self.order_return, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", wanted(&self.lines));
        let ((id, once), lines) = check.done(which.zip(lines))?;
        let Self { payment_method, reason, dry_run, .. } = self;
        Ok(checkout::Exchange { id, lines, method: payment_method.map(Into::into), reason, is_dry_run: dry_run, once })
    }
}

fn wanted(lines: &[ReturnExchangeLineInput]) -> Result<Vec<Wanted>, Invalid> {
    let mut check = Check::default();
    let mut wanted = Vec::with_capacity(lines.len());
    for (index, one) in lines.iter().enumerate() {
        let variant = input::id(&one.variant).map_err(|problem| Invalid::at("variant", problem));
        let variant = check.nested(&index.to_string(), variant);
        wanted.push(variant.map(|variant| Wanted { variant, quantity: one.quantity }));
    }
    check.done(wanted.into_iter().collect())
}

/// The mutation that exchanges returns.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExchangeMutation;

/// What leaves for goods that came back.
#[Object]
impl ExchangeMutation {
    /// Exchanges the goods of an `INSPECTED` return for others, which are reserved, set aside and leave with the same
    /// order: it is `PARTLY_SHIPPED` again, and what leaves is lines of their own. What came back counts what it cost, at
    /// most what is left of the order's money. Of a variant that came back as many leave again at what they cost, whatever
    /// the price is now; others at today's price.
    ///
    /// The difference is settled as of `orderEdit`: more is paid by one more of the order's `payments`, for which the order
    /// is on hold (`PAYMENT`) unless it is paid on delivery; less goes back by the way it came.
    ///
    /// Refuses with `RETURN_NOT_ALLOWED`, `ORDER_TRANSITION_NOT_ALLOWED` unless the order is `DELIVERED`, `OUT_OF_STOCK`,
    /// `VARIANT_NOT_SOLD_HERE`, `SPLIT_NOT_ALLOWED`, `TAX_UNAVAILABLE`, `ORDER_EDIT_UNPAID`,
    /// `PAYMENT_METHOD_UNAVAILABLE`, `PAYMENT_BEING_CAPTURED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("return.exchanged".to_owned()),
        directive = emits::apply("order.exchanged".to_owned()),
        directive = emits::apply("order.held".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("payment.voided".to_owned()),
        directive = emits::apply("payment.refunded".to_owned()),
        directive = emits::apply("gift_card.returned".to_owned()),
        directive = emits::apply("store_credit.returned".to_owned()),
        directive = emits::apply("payment.refund_requested".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn return_exchange(
        &self,
        ctx: &Context<'_>,
        input: ReturnExchangeInput,
    ) -> async_graphql::Result<ReturnExchangePayload> {
        let cx: &Cx = ctx.cx();
        let id = input::id::<Return>(&input.order_return).ok();
        let done = outcome(cx, async { Box::pin(checkout::exchange(cx, cx.permit()?, input.parse()?)).await });
        let (exchanged, user_errors): (Option<Edited>, _) = split(done.await?);
        let Some((id, exchanged)) = id.zip(exchanged) else {
            return Ok(ReturnExchangePayload { order_return: None, returned: None, added: None, user_errors });
        };
        Ok(ReturnExchangePayload {
            order_return: shown(ctx, id).await?,
            returned: Some(Money(exchanged.removed)),
            added: Some(Money(exchanged.added)),
            user_errors,
        })
    }
}
