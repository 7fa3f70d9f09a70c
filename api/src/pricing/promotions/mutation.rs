//! Mutations of promotions and coupons.

use app::{cx::Cx, pricing::promotions};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManagePromotions},
};

use super::{
    coupon::Coupon,
    errors::Places,
    input::{CouponIssueInput, CouponRevokeInput, PromotionCreateInput, PromotionUpdateInput},
    promotion::Promotion,
    warning::{self, PromotionWarning},
};
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    input,
    language::Reading,
    loader::{self, CouponOf},
    payload::{Outcome, outcome, split},
};

/// A promotion, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct PromotionPayload {
    /// The promotion as it is now; none if the change was refused, and with `dryRun`.
    pub promotion: Option<Promotion>,
    /// What is to be known of it as it is then, with `dryRun`, too: what keeps it from applying, then which others fit where
    /// it does. None if the change was refused.
    pub warnings: Vec<PromotionWarning>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Coupons, or why they were not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct CouponPayload {
    /// The coupon, or those that were issued together; none if the change was refused, and with `dryRun`.
    pub coupon: Option<Coupon>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of promotions and coupons.
#[derive(Clone, Copy, Debug, Default)]
pub struct PromotionMutation;

/// What staff say of what is taken off for whom.
#[Object]
impl PromotionMutation {
    /// Makes a promotion. Refuses with `PROMOTION_CODE_TAKEN`, `PROMOTION_CURRENCY`, `UNSUPPORTED_CURRENCY`,
    /// `END_BEFORE_START`, and inside the rule with `NOT_FOUND`, `EXACTLY_ONE_REQUIRED`, `INVALID_PERCENT`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`,
    /// `AMOUNT_TOO_HIGH`, `INVALID_TIME`, `CURRENCY_REQUIRED`, `TIERS_OVERLAP`, `TIER_TAKES_LESS`, `NOT_ALLOWED_HERE`,
    /// `TOO_DEEP`, or, of what can never take anything off, `NEVER_APPLIES`.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        directive = emits::apply("promotion.created".to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn promotion_create(
        &self,
        ctx: &Context<'_>,
        input: PromotionCreateInput,
    ) -> async_graphql::Result<PromotionPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async {
            let places = Places::of(Some(&input.rule));
            let made = Box::pin(promotions::create_promotion(cx, cx.permit()?, input.parse()?)).await;
            made.map_err(|refused| places.locate(refused))
        });
        payload(ctx, done.await?, is_dry_run).await
    }

    /// Changes a promotion: for carts that are there, too; orders stay as they are, and what was used of it stays used. Its
    /// code stays. To end it, set `endsAt`. Refuses as `promotionCreate` does what it would be then, and with
    /// `PROMOTION_CURRENCY_FIXED`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        directive = emits::apply("promotion.updated".to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn promotion_update(
        &self,
        ctx: &Context<'_>,
        input: PromotionUpdateInput,
    ) -> async_graphql::Result<PromotionPayload> {
        let cx: &Cx = ctx.cx();
        let is_dry_run = input.dry_run;
        let done = outcome(cx, async {
            let may = cx.permit()?;
            let currency = promotions::load::currency(cx, &may, input::id(&input.promotion).ok()).await?;
            let places = Places::of(input.rule.as_ref());
            let changed = Box::pin(promotions::update_promotion(cx, may, input.parse(currency)?)).await;
            changed.map_err(|refused| places.locate(refused))
        });
        payload(ctx, done.await?, is_dry_run).await
    }

    /// Issues a coupon, or up to 1,000,000 at once, each with a code of its own that cannot be guessed. Refuses with
    /// `NOT_FOUND`, `COUPON_CODE_TAKEN`, `INVALID_CODE` or `PROMOTION_NEEDS_NO_COUPON`.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        directive = emits::apply("coupon.issued".to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn coupon_issue(&self, ctx: &Context<'_>, input: CouponIssueInput) -> async_graphql::Result<CouponPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { promotions::issue_coupon(cx, cx.permit()?, input.parse()?).await });
        coupon(ctx, done.await?).await
    }

    /// Makes a coupon, or all that were issued together, worth nothing from now on: in carts, too. Refuses with `NOT_FOUND`,
    /// also if it is worth nothing already.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        directive = emits::apply("coupon.revoked".to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn coupon_revoke(&self, ctx: &Context<'_>, input: CouponRevokeInput) -> async_graphql::Result<CouponPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { promotions::revoke_coupon(cx, cx.permit()?, input.parse()?).await });
        coupon(ctx, done.await?).await
    }
}

async fn payload(
    ctx: &Context<'_>,
    done: Outcome<promotions::Written>,
    is_dry_run: bool,
) -> async_graphql::Result<PromotionPayload> {
    let written = match done {
        Ok(written) => written,
        Err(user_errors) => return Ok(PromotionPayload { promotion: None, warnings: Vec::new(), user_errors }),
    };
    let promotion = if is_dry_run { None } else { loader::one(ctx, written.promotion).await?.map(Promotion) };
    let warnings = warning::show(ctx, written.promotion, &written.warnings).await?;
    Ok(PromotionPayload { promotion, warnings, user_errors: Vec::new() })
}

async fn coupon(ctx: &Context<'_>, done: Outcome<Option<Id<id::Coupon>>>) -> async_graphql::Result<CouponPayload> {
    let (coupon, user_errors) = split(done);
    let coupon = match coupon.flatten() {
        Some(coupon) => loader::one(ctx, CouponOf(coupon)).await?.map(Coupon),
        None => None,
    };
    Ok(CouponPayload { coupon, user_errors })
}
