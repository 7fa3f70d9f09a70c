//! Mutations of drafts.

use app::{
    cart::draft::{self, DraftError},
    cx::Cx,
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{
        Proves,
        proof::{ManageOrders, OverridePrices},
    },
};

use super::{
    draft::{DraftOrder, show},
    draft_input::{
        DraftOrderCreateInput, DraftOrderDeleteInput, DraftOrderLinePriceSetInput, DraftOrderSendInput,
        DraftOrderUpdateInput,
    },
    mutation::from_steps,
    steps::CartStep,
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    payload::{Outcome, outcome, split},
};

/// A changed draft, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct DraftOrderPayload {
    /// The draft after the change; none if it was refused.
    pub draft: Option<DraftOrder>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A draft that the customer can complete, or why they cannot.
#[derive(SimpleObject, Clone, Debug)]
pub struct DraftOrderSendPayload {
    /// The draft; none if it was refused.
    pub draft: Option<DraftOrder>,
    /// It shows the draft's cart (`draftOrderOffer`) and completes it (`draftOrderAccept`). Bring it to the customer, and
    /// to nobody else.
    pub token: Option<String>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of drafts.
#[derive(Clone, Copy, Debug, Default)]
pub struct DraftMutation;

/// What staff make for customers.
#[Object]
impl DraftMutation {
    /// Makes a draft in the request's channel, for a customer, a company or an e-mail address. It holds no stock before it is
    /// completed. Refuses with `NOT_FOUND` at `customer`, `organisation` or `organisationUnit`, `ORGANISATION_SUSPENDED`,
    /// `NOT_A_MEMBER`, and with what `cartLinesAdd` does.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.created".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn draft_order_create(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderCreateInput,
    ) -> async_graphql::Result<DraftOrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { Box::pin(draft::create(cx, cx.permit()?, input.parse(cx)?)).await });
        payload(ctx, done.await?).await
    }

    /// Changes a draft by the steps of a cart, the company that it is for, and what is remarked about it. Refuses with
    /// `DRAFT_NOT_OPEN`, `CONFLICT` or `NOT_FOUND`, of its company with what `draftOrderCreate` does, and with what
    /// `cartUpdate` does.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.updated".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn draft_order_update(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderUpdateInput,
    ) -> async_graphql::Result<DraftOrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async {
            let may = cx.permit()?;
            let names: Vec<_> = input.steps.iter().map(CartStep::name).collect();
            let update = input.parse(ctx)?;
            Box::pin(draft::update(cx, may, update)).await.map_err(|error| {
                if let DraftError::Rejected(rejected) = error {
                    return DraftError::Rejected(from_steps(rejected, &names));
                }
                error
            })
        });
        payload(ctx, done.await?).await
    }

    /// Agrees on another price for a line of a draft than that of the list, or on the list's again. It is the price of a
    /// unit before promotions, which apply to it as to any other. Refuses with `INVALID_AMOUNT`, `AMOUNT_TOO_HIGH`,
    /// `REQUIRED` at `reason`, `DRAFT_NOT_OPEN`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(OverridePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.price_set".to_owned()),
        visible = "crate::graphql::directive::overrides_prices"
    )]
    async fn draft_order_line_price_set(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderLinePriceSetInput,
    ) -> async_graphql::Result<DraftOrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { draft::agree_price(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Gives a draft up: nobody completes it any more, and it stays to be seen. Refuses with `DRAFT_NOT_OPEN`, `CONFLICT`
    /// or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.deleted".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn draft_order_delete(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderDeleteInput,
    ) -> async_graphql::Result<DraftOrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { draft::delete(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Gives the token with which a customer sees a draft and completes it. It can still be changed: the customer says by
    /// `expectedTotal` what they agree to. Refuses with `DRAFT_NOT_OPEN`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("draft_order.sent".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn draft_order_send(
        &self,
        ctx: &Context<'_>,
        input: DraftOrderSendInput,
    ) -> async_graphql::Result<DraftOrderSendPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { draft::send(cx, cx.permit()?, input.parse()?).await });
        let (draft, token) = match done.await? {
            Ok((draft, token)) => (Ok(draft), Some(token)),
            Err(refused) => (Err(refused), None),
        };
        let DraftOrderPayload { draft, user_errors } = payload(ctx, draft).await?;
        Ok(DraftOrderSendPayload { draft, token, user_errors })
    }
}

/// The draft that was changed, to who changed it.
async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::DraftOrder>>) -> async_graphql::Result<DraftOrderPayload> {
    let (draft, user_errors) = split(done);
    let draft = match draft {
        Some(draft) => show(ctx, draft).await?,
        None => None,
    };
    Ok(DraftOrderPayload { draft, user_errors })
}
