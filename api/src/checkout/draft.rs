//! From a draft to an order.

use app::{
    checkout::{self, AcceptDraft, CompleteDraft, Completed, Expected},
    cx::{Cx, Public},
};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    identity::permission::{Proves, proof::ManageOrders},
    invalid::{Check, Invalid},
    text,
};

use super::mutation::CheckoutPayload;
use crate::{
    graphql::{
        directive::{emits, requires},
        input,
        language::Reading,
        payload::{Outcome, outcome, split},
    },
    orders::query::find,
};

/// A draft to make an order of.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderCompleteInput {
    /// The draft, with address, delivery method and, for what gift cards and store credit leave, payment method.
    pub draft: ID,
    /// The total that was agreed on, as a decimal string in its currency; refused if it is another.
    pub expected_total: Option<String>,
    /// What is left to pay after gift cards and store credit, the cart's `due`, as a decimal string; refused with
    /// `DUE_CHANGED` if it is another.
    pub expected_due: Option<String>,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input places one order and gives it again.
    pub idempotency_key: String,
}

/// A draft that was sent to you, to make an order of.
#[derive(InputObject, Clone, Debug)]
pub struct DraftOrderAcceptInput {
    /// The token with which it was sent.
    pub token: String,
    /// The total you agree to, as a decimal string in its currency; refused if it is another.
    pub expected_total: Option<String>,
    /// What is left to pay after gift cards and store credit, the cart's `due`, as a decimal string; refused with
    /// `DUE_CHANGED` if it is another.
    pub expected_due: Option<String>,
    /// The version of its cart that you saw last; refused if the draft was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input places one order and gives it again.
    pub idempotency_key: String,
}

/// Mutations by which drafts become orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct DraftCheckoutMutation;

/// From a draft to an order.
#[Object]
impl DraftCheckoutMutation {
    /// Places the order of a draft, as `checkoutComplete` does of a cart. Cash on delivery goes on at once; what is paid
    /// later by bank transfer waits for `orderMarkAsPaid`, and what is paid by card for `orderPay`. Refuses with
    /// `DRAFT_NOT_OPEN`, `CONFLICT` or `NOT_FOUND`, and with what `checkoutComplete` does.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.completed".to_owned()),
        directive = emits::apply("order.placed".to_owned()),
        directive = emits::apply("order.note_added".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        directive = emits::apply("gift_card.redeemed".to_owned()),
        directive = emits::apply("store_credit.redeemed".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn draft_order_complete(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderCompleteInput,
    ) -> async_graphql::Result<CheckoutPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let may = cx.permit()?;
            Box::pin(checkout::complete_draft(cx, may, input.parse()?)).await
        });
        payload(ctx, done.await?).await
    }

    /// Places the order of a draft that staff sent to a customer, for whoever has its token. What is paid by card waits
    /// for its payment: go on with `orderPay`. Refuses as `draftOrderComplete` does.
    #[graphql(
        directive = emits::apply("draft_order.completed".to_owned()),
        directive = emits::apply("order.placed".to_owned()),
        directive = emits::apply("order.note_added".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        directive = emits::apply("gift_card.redeemed".to_owned()),
        directive = emits::apply("store_credit.redeemed".to_owned())
    )]
    async fn draft_order_accept(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderAcceptInput,
    ) -> async_graphql::Result<CheckoutPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { Box::pin(checkout::accept_draft(cx, Public, input.parse()?)).await });
        payload(ctx, done.await?).await
    }
}

async fn payload(ctx: &Context<'_>, done: Outcome<Completed>) -> async_graphql::Result<CheckoutPayload> {
    let (completed, user_errors) = split(done);
    let Some(completed) = completed else {
        return Ok(CheckoutPayload { order: None, order_token: None, user_errors });
    };
    let order = find(ctx, completed.order, Some(&completed.token)).await?;
    Ok(CheckoutPayload { order, order_token: Some(completed.token), user_errors })
}

impl DraftOrderCompleteInput {
    fn parse(self) -> Result<CompleteDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderComplete", Some(&self.idempotency_key), &self);
        let draft = check.field("draft", input::id(&self.draft));
        let expected = expected(&mut check, (self.expected_total, self.expected_due), self.expected_version);
        let ((draft, expected), once) = check.done(draft.zip(expected).zip(once))?;
        Ok(CompleteDraft { draft, expected, once })
    }
}

impl DraftOrderAcceptInput {
    fn parse(self) -> Result<AcceptDraft, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "draftOrderAccept", Some(&self.idempotency_key), &self);
        let expected = expected(&mut check, (self.expected_total, self.expected_due), self.expected_version);
        let (expected, once) = check.done(expected.zip(once))?;
        Ok(AcceptDraft { token: self.token, expected, once })
    }
}

fn expected(
    check: &mut Check,
    (total, due): (Option<String>, Option<String>),
    version: Option<i64>,
) -> Option<Expected> {
    let amount = |text: Option<String>| text.map(|text| text::line(&text, 40)).transpose();
    let total = check.field("expectedTotal", amount(total));
    let due = check.field("expectedDue", amount(due));
    total.zip(due).map(|(total, due)| Expected { version, total, due })
}
