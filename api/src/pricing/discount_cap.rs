//! How much promotions may take off a cart in a channel.

use app::{
    cx::Cx,
    pricing::{self, SetDiscountCap},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::{
    id::{Channel, Id},
    identity::permission::{Proves, proof::ManagePromotions},
    invalid::{Check, Invalid, Problem},
    pricing::promotions::effect::Percent,
};
use store::Fault;

use super::failed;
use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    input,
    language::Reading,
    loader,
    money::Money,
    payload::{outcome, split},
    shop,
};

/// How much the promotions of a cart together may take off its lines: the least of what is said; all, if nothing is. Prices
/// seen while browsing, and what is off delivery or the fee of the way to pay, are no part of it.
#[derive(SimpleObject, Clone, Debug)]
pub struct DiscountCap {
    /// A part of what the lines come to, in percent, such as `30`; none if it is not limited so.
    pub percent: Option<String>,
    /// An amount; none if it is not limited so.
    pub amount: Option<Money>,
    /// Grows with every change: pass it as `expectedVersion`.
    pub version: i64,
}

/// How much the promotions of a cart together may take off its lines in a channel.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelDiscountCapSetInput {
    /// The channel's code.
    pub channel: String,
    /// A part of what the lines come to, in percent: more than 0, 100 at most, with two fraction digits at most, such as
    /// `30`. If left out or null, it is not limited so.
    pub percent: Option<String>,
    /// An amount, as a decimal number in the channel's currency, such as `250.00`. If left out or null, it is not limited so.
    pub amount: Option<String>,
    /// The limit's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// A channel, or why its limit of discounts was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelDiscountCapPayload {
    /// The channel as it is now; none if the change was refused, and with `dryRun`.
    pub channel: Option<shop::Channel>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of what limits discounts.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiscountCapMutation;

/// Mutations of what limits discounts.
#[Object]
impl DiscountCapMutation {
    /// Limits what the promotions of a cart together may take off its lines in a channel: of carts that are there, too;
    /// orders stay as they are. With neither `percent` nor `amount` nothing is limited. The explanation of a cart tells
    /// which promotions took off less for it, or nothing. Refuses with `NOT_FOUND`, `INVALID_PERCENT`, `INVALID_AMOUNT`, `AMOUNT_NOT_POSITIVE`,
    /// `AMOUNT_TOO_HIGH` or `CONFLICT`.
    #[graphql(
        directive = requires::apply(ManagePromotions::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.discount_cap_set".to_owned()),
        visible = "crate::graphql::directive::manages_promotions"
    )]
    async fn channel_discount_cap_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelDiscountCapSetInput,
    ) -> async_graphql::Result<ChannelDiscountCapPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { pricing::set_discount_cap(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        let channel: Option<Id<Channel>> = done.flatten();
        let channel = match channel {
            Some(channel) => loader::one(ctx, channel).await?.map(|row| shop::show(ctx, &row)).transpose()?,
            None => None,
        };
        Ok(ChannelDiscountCapPayload { channel, user_errors })
    }
}

impl ChannelDiscountCapSetInput {
    fn parse(self) -> Result<SetDiscountCap, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelDiscountCapSet", self.idempotency_key.as_deref(), &self);
        let percent = |text: &str| Percent::parse(text).ok_or(Problem::InvalidPercent);
        let percent = check.field("percent", self.percent.as_deref().map(percent).transpose());
        let (channel, amount, expected_version) = (self.channel, self.amount, self.expected_version);
        let is_dry_run = self.dry_run;
        check.done(percent.map(|percent| SetDiscountCap {
            channel,
            percent,
            amount,
            expected_version,
            is_dry_run,
            once,
        }))
    }
}

/// How much promotions may take off in a channel.
pub fn discount_cap(ctx: &Context<'_>, row: &entity::channels::channel::Model) -> async_graphql::Result<DiscountCap> {
    let shown = || {
        let cap = app::channels::discount_cap(row)?.unwrap_or_default();
        let currency = app::channels::currency(row)?;
        Ok::<_, Fault>(DiscountCap {
            percent: cap.percent.map(|percent| percent.percent().normalize().to_string()),
            amount: cap.amount.map(|minor| Money(domain::money::Money::new(minor, currency))),
            version: row.discount_cap_version,
        })
    };
    shown().map_err(|fault| failed(ctx, &fault))
}
