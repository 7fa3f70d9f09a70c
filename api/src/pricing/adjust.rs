//! Prices of a list that are raised or lowered together.

use app::{
    cx::Cx,
    pricing::{
        self, ADJUST_MAX, AdjustBy, AdjustPrices, AdjustRefused, Adjusted, ChangedPrice, NewChange, PricingError,
    },
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManagePrices},
    invalid::{Check, Invalid, Problem},
    pricing::{
        adjust::ChangeError,
        derive::Adjustment,
        promotions::{SIZE_MAX, selector::Selector},
    },
};
use store::Fault;

use super::{
    failed,
    input::PriceRoundingInput,
    list::{PriceList, PriceListCompareAt},
    promotions::selector::PromotionSelector,
    warning::{self, PriceWarning},
};
use crate::{
    catalog::variant::ProductVariant,
    graphql::{
        code::ErrorCode,
        directive::{emits, requires},
        error::UserError,
        explain::Said,
        input,
        language::Reading,
        loader::{self, AnyVariant},
        money::Money,
        payload::{outcome, split, told},
        scalar::DateTime,
    },
    i18n::Arg,
    inventory::input::StockOnFailure,
};

/// Regular prices of a list to raise or to lower. Exactly one of `percent` and `amount` is given.
#[derive(InputObject, Clone, Debug)]
pub struct PriceListPricesAdjustInput {
    /// The list. Prices that it takes from another are not fixed in it, and stay as they are.
    pub price_list: ID,
    /// Percent more, less if below zero: from `-100` to `1000`, with two fraction digits at most.
    pub percent: Option<String>,
    /// The amount more of a piece, less if below zero: a decimal number in the list's currency.
    pub amount: Option<String>,
    /// To what they round; if left out, half up to the minor unit.
    pub rounding: Option<PriceRoundingInput>,
    /// What is shown as the former price; `PARENT` is the price before.
    #[graphql(default)]
    pub compare_at: PriceListCompareAt,
    /// Of what; if left out, of everything.
    #[graphql(default)]
    pub of: PromotionSelector,
    /// From when on, not in the past: the prices that go then change. If left out, from now on.
    pub starts_at: Option<DateTime>,
    /// At how many prices of the list it looks, in the order of the variants' ids: from 1 to 5000.
    #[graphql(default = 5000)]
    pub first: i32,
    /// To go on where the last call ended: its `next`.
    pub after: Option<ID>,
    /// What becomes of the others if some prices cannot be changed so.
    #[graphql(default)]
    pub on_failure: StockOnFailure,
    /// The list's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input changes them once.
    pub idempotency_key: Option<String>,
}

/// What became of prices, or why they were not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceListPricesAdjustPayload {
    /// The list as it is now; none if nothing was changed, and with `dryRun`.
    pub price_list: Option<PriceList>,
    /// How many prices changed; with `dryRun` how many would. Those that come to what they were are not counted.
    pub changed_count: i64,
    /// The first 100 of those, by the variant's id.
    pub changes: Vec<PriceChange>,
    /// How many prices were left out, with `SKIP_FAILED`.
    pub failed_count: i64,
    /// The id of the variant after which to go on (`after`); none if there are no more prices.
    pub next: Option<ID>,
    /// What should be known of prices that changed, of the first 100: they are changed nevertheless.
    pub warnings: Vec<PriceWarning>,
    /// What is wrong; of prices the first 100, each with the `sku` in its `params`. With `REJECT_ALL` nothing was changed;
    /// with `SKIP_FAILED` these prices were left out.
    pub user_errors: Vec<UserError>,
}

/// A price that changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct PriceChange {
    /// Of what.
    pub variant: ProductVariant,
    /// The price of a piece before.
    pub was: Money,
    /// The price of a piece from then on.
    pub price: Money,
    /// From when on.
    pub starts_at: DateTime,
}

/// Mutations that raise and lower prices together.
#[derive(Clone, Copy, Debug, Default)]
pub struct PriceAdjustMutation;

/// Mutations that raise and lower prices together.
#[Object]
impl PriceAdjustMutation {
    /// Raises or lowers the regular prices that are fixed in a list, with their tiers: all, or those of some things. What
    /// went before stays known, temporary prices and what was to go later stay as they are. Refuses with `NOT_FOUND`,
    /// `CONFLICT`, `EXACTLY_ONE_REQUIRED`, `INVALID_RATE`, `INVALID_AMOUNT`, `AMOUNT_TOO_HIGH`, `INVALID_ROUNDING`,
    /// `IN_THE_PAST`, `QUANTITY_NOT_POSITIVE`, `NUMBER_TOO_LARGE` or `TOO_LONG`, and of prices with `PRICE_NEGATIVE`,
    /// `PRICE_TOO_HIGH`, `PRICE_BELOW_FLOOR` or `TIER_NOT_LOWER`.
    #[graphql(
        directive = requires::apply(ManagePrices::PERMISSION.code().to_owned()),
        directive = emits::apply("price.set".to_owned()),
        visible = "crate::graphql::directive::manages_prices"
    )]
    async fn price_list_prices_adjust(
        &self,
        ctx: &Context<'_>,
        input: PriceListPricesAdjustInput,
    ) -> async_graphql::Result<PriceListPricesAdjustPayload> {
        let cx: &Cx = ctx.cx();
        let work = async {
            let may = cx.permit()?;
            let input = input.parse()?;
            let list = Some(input.list).filter(|_| !input.is_dry_run);
            Ok::<_, PricingError>((pricing::adjust_prices(cx, may, input).await?, list))
        };
        let (done, mut user_errors) = split(outcome(cx, work).await?);
        let (Adjusted { n_changed, changes, n_refused, refused, next, warnings }, list) = done.unwrap_or_default();
        user_errors.extend(told(cx, refused.into_iter().map(said)));
        let price_list = match list {
            Some(list) => loader::one(ctx, list).await?.map(PriceList),
            None => None,
        };
        Ok(PriceListPricesAdjustPayload {
            price_list,
            changed_count: i64::try_from(n_changed).unwrap_or(i64::MAX),
            changes: shown(ctx, changes).await?,
            failed_count: i64::try_from(n_refused).unwrap_or(i64::MAX),
            next: next.map(|variant| ID(variant.to_string())),
            warnings: warning::show(cx, warnings),
            user_errors,
        })
    }
}

async fn shown(ctx: &Context<'_>, changes: Vec<ChangedPrice>) -> async_graphql::Result<Vec<PriceChange>> {
    let ids = changes.iter().map(|change| AnyVariant(change.variant)).collect();
    let variants = loader::many(ctx, ids).await?;
    let shown = |change: ChangedPrice| {
        let row = variants.get(&AnyVariant(change.variant)).cloned();
        let variant = row.map(ProductVariant).ok_or_else(|| failed(ctx, &Fault::new("a variant vanished")))?;
        let ChangedPrice { was, now, from, .. } = change;
        Ok(PriceChange { variant, was: Money(was), price: Money(now), starts_at: DateTime(from) })
    };
    changes.into_iter().map(shown).collect()
}

/// Why a price cannot be changed so.
pub(super) fn said(AdjustRefused { sku, why }: AdjustRefused) -> Said {
    match why {
        ChangeError::BelowFloor { floor } => Said::code(ErrorCode::PriceBelowFloor).with("floor", Arg::Money(floor)),
        ChangeError::Negative => Said::code(ErrorCode::PriceNegative),
        ChangeError::TooHigh => Said::code(ErrorCode::PriceTooHigh),
        ChangeError::TierNotLower => Said::code(ErrorCode::TierNotLower),
    }
    .of_sku(sku)
}

impl PriceListPricesAdjustInput {
    fn parse(self) -> Result<AdjustPrices, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "priceListPricesAdjust", self.idempotency_key.as_deref(), &self);
        let list = check.field("priceList", input::id(&self.price_list));
        let by = match (self.percent, self.amount) {
            (Some(percent), None) => {
                let parsed = Adjustment::parse_percent(&percent).ok_or(Problem::InvalidRate);
                check.field("percent", parsed).map(AdjustBy::Percent)
            }
            (None, Some(amount)) => Some(AdjustBy::Amount(amount)),
            (Some(_), Some(_)) | (None, None) => check.field("percent", Err(Problem::NotOneOf)),
        };
        let of = check.nested("of", self.of.parse());
        if of.as_ref().is_some_and(|of| SIZE_MAX < of.size()) {
            check.wrong("of", Problem::TooLong { max: SIZE_MAX });
        }
        let first = match u64::try_from(self.first) {
            Ok(first @ 1..=ADJUST_MAX) => Ok(first),
            Ok(1..) => Err(Problem::NumberTooLarge { max: u32::try_from(ADJUST_MAX).unwrap_or(u32::MAX) }),
            Ok(0) | Err(_) => Err(Problem::QuantityNotPositive),
        };
        let first = check.field("first", first);
        let after = check.field("after", self.after.as_ref().map(input::id).transpose());
        let rounding = self.rounding.map(|of| (of.toward.into(), of.step, of.ending));
        let compare_at = self.compare_at.into();
        let built = list.zip(by).zip(of).zip(first.zip(after));
        check.done(built.map(|(((list, by), of), (first, after)): (((_, _), Selector), _)| AdjustPrices {
            list,
            change: NewChange { by, rounding, compare_at },
            of,
            from: self.starts_at.map(|at| at.0),
            first,
            after,
            skips_failed: self.on_failure == StockOnFailure::SkipFailed,
            expected_version: self.expected_version,
            is_dry_run: self.dry_run,
            once,
        }))
    }
}
