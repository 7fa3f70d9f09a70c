//! Mutations of gift cards and of store credit.

use app::{
    cx::Cx,
    payments::credit::{self, Issued},
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{Credit, Id},
    identity::permission::{Proves, proof::ManageCredit},
};

use super::{
    gift_card::{GiftCard, IssuedGiftCard},
    input::{
        GiftCardBlockInput, GiftCardTopUpInput, GiftCardUnblockInput, GiftCardWithdrawInput, GiftCardsIssueInput,
        StoreCreditGrantInput, StoreCreditWithdrawInput,
    },
    store_credit::StoreCredit,
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// Gift cards that were issued, or why they were not.
#[derive(SimpleObject, Clone, Debug)]
pub struct GiftCardsIssuePayload {
    /// The gift cards with their codes; none if it was refused, and with `dryRun`.
    pub gift_cards: Vec<IssuedGiftCard>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A gift card, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct GiftCardPayload {
    /// The gift card as it is now; none if the change was refused, and with `dryRun`.
    pub gift_card: Option<GiftCard>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A customer's store credit, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct StoreCreditPayload {
    /// The store credit as it is now; none if the change was refused, and with `dryRun`.
    pub store_credit: Option<StoreCredit>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of gift cards and of store credit.
#[derive(Clone, Copy, Debug, Default)]
pub struct CreditMutation;

/// What staff say of what the shop owes.
#[Object]
impl CreditMutation {
    /// Issues gift cards. They are not taxed: what is bought with them is. Refuses with `GIFT_CARD_CODE_TAKEN`,
    /// `UNSUPPORTED_CURRENCY`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`, `AMOUNT_TOO_HIGH`, `IN_THE_PAST` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("gift_card.issued".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn gift_cards_issue(
        &self,
        ctx: &Context<'_>,
        input: GiftCardsIssueInput,
    ) -> async_graphql::Result<GiftCardsIssuePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::issue(cx, cx.permit()?, input.parse()?).await });
        let (issued, user_errors) = split(done.await?);
        let issued: Vec<Issued> = issued.unwrap_or_default();
        let mut found = loader::many(ctx, issued.iter().map(|one| one.card).collect()).await?;
        let card = |one: Issued| {
            let gift_card = GiftCard(found.remove(&one.card)?);
            Some(IssuedGiftCard { gift_card, code: one.code.printed() })
        };
        Ok(GiftCardsIssuePayload { gift_cards: issued.into_iter().filter_map(card).collect(), user_errors })
    }

    /// Puts more onto a gift card. Refuses with `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`, `AMOUNT_TOO_HIGH`, `IN_THE_PAST` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("gift_card.topped_up".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn gift_card_top_up(
        &self,
        ctx: &Context<'_>,
        input: GiftCardTopUpInput,
    ) -> async_graphql::Result<GiftCardPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::grant(cx, cx.permit()?, input.parse()?).await });
        card(ctx, done.await?).await
    }

    /// Takes money off a gift card. Refuses with `BALANCE_TOO_LOW`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`, `AMOUNT_TOO_HIGH` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("gift_card.withdrawn".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn gift_card_withdraw(
        &self,
        ctx: &Context<'_>,
        input: GiftCardWithdrawInput,
    ) -> async_graphql::Result<GiftCardPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::withdraw(cx, cx.permit()?, input.parse()?).await });
        card(ctx, done.await?).await
    }

    /// Blocks a gift card: nothing can be paid with it, until it is unblocked. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("gift_card.blocked".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn gift_card_block(
        &self,
        ctx: &Context<'_>,
        input: GiftCardBlockInput,
    ) -> async_graphql::Result<GiftCardPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::block(cx, cx.permit()?, input.parse()?).await });
        card(ctx, done.await?).await
    }

    /// Has a gift card that was blocked be good again. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("gift_card.unblocked".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn gift_card_unblock(
        &self,
        ctx: &Context<'_>,
        input: GiftCardUnblockInput,
    ) -> async_graphql::Result<GiftCardPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::block(cx, cx.permit()?, input.parse()?).await });
        card(ctx, done.await?).await
    }

    /// Gives a customer store credit. Refuses with `UNSUPPORTED_CURRENCY`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`, `AMOUNT_TOO_HIGH`,
    /// `IN_THE_PAST` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("store_credit.granted".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn store_credit_grant(
        &self,
        ctx: &Context<'_>,
        input: StoreCreditGrantInput,
    ) -> async_graphql::Result<StoreCreditPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::grant(cx, cx.permit()?, input.parse()?).await });
        store_credit(ctx, done.await?).await
    }

    /// Takes store credit from a customer. Refuses with `BALANCE_TOO_LOW`, `UNSUPPORTED_CURRENCY`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`,
    /// `AMOUNT_TOO_HIGH` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageCredit::PERMISSION.code().to_owned()),
        directive = emits::apply("store_credit.withdrawn".to_owned()),
        visible = "crate::graphql::directive::manages_credit"
    )]
    async fn store_credit_withdraw(
        &self,
        ctx: &Context<'_>,
        input: StoreCreditWithdrawInput,
    ) -> async_graphql::Result<StoreCreditPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { credit::withdraw(cx, cx.permit()?, input.parse()?).await });
        store_credit(ctx, done.await?).await
    }
}

async fn card(ctx: &Context<'_>, done: Outcome<Option<Id<Credit>>>) -> async_graphql::Result<GiftCardPayload> {
    let (changed, user_errors) = split(done);
    let gift_card = match changed.flatten() {
        Some(id) => loader::one(ctx, id).await?.map(GiftCard),
        None => None,
    };
    Ok(GiftCardPayload { gift_card, user_errors })
}

async fn store_credit(
    ctx: &Context<'_>,
    done: Outcome<Option<Id<Credit>>>,
) -> async_graphql::Result<StoreCreditPayload> {
    let (changed, user_errors) = split(done);
    let store_credit = match changed.flatten() {
        Some(id) => loader::one(ctx, id).await?.map(StoreCredit),
        None => None,
    };
    Ok(StoreCreditPayload { store_credit, user_errors })
}
