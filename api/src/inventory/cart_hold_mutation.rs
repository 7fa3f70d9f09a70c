//! For how long channels hold what is put into carts.

use app::{
    cx::Cx,
    inventory::{self, SetCartHold},
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageStock},
    invalid::{Check, Invalid, Problem},
};

use crate::graphql::{
    directive::{emits, requires},
    error::UserError,
    input,
    language::Reading,
    payload::{outcome, split},
};

/// The longest that a channel holds what is put into a cart: a week, in minutes.
const MINUTES_MAX: i64 = 7 * 24 * 60;

/// For how long a channel is to hold what is put into carts.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelCartReservationSetInput {
    /// The channel's code.
    pub channel: String,
    /// Minutes, from 1 to 10,080, a week. If left out or null, stock is held from the order on, and carts hold nothing.
    pub minutes: Option<i64>,
    /// Whether everything is checked, and nothing changed.
    #[graphql(default)]
    pub dry_run: bool,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// For how long a channel holds what is put into carts, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelCartReservationPayload {
    /// Minutes; with `dryRun` as they would be. None if stock is held from the order on, or if the change was refused.
    pub minutes: Option<i64>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of what carts hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct CartHoldMutation;

/// Mutations of what carts hold.
#[Object]
impl CartHoldMutation {
    /// Says for how many minutes a channel holds units that are put into a cart, such as for a drop: whoever has them in
    /// the cart can buy them, and a cart cannot have more than there is. Refuses with `NOT_FOUND`.
    ///
    /// From the next change of each cart on. What is held keeps its deadline; once it is over, the units are free, and
    /// the cart warns with `NOT_RESERVED`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.cart_reservation_set".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn channel_cart_reservation_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelCartReservationSetInput,
    ) -> async_graphql::Result<ChannelCartReservationPayload> {
        let cx: &Cx = ctx.cx();
        let minutes = input.minutes;
        let done = outcome(cx, async { inventory::set_cart_hold(cx, cx.permit()?, input.parse()?).await });
        let (done, user_errors) = split(done.await?);
        Ok(ChannelCartReservationPayload { minutes: minutes.filter(|_| done.is_some()), user_errors })
    }
}

impl ChannelCartReservationSetInput {
    fn parse(self) -> Result<SetCartHold, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelCartReservationSet", self.idempotency_key.as_deref(), &self);
        let minutes = self.minutes.map(minutes).transpose();
        let minutes = check.field("minutes", minutes);
        let (channel, is_dry_run) = (self.channel, self.dry_run);
        check.done(minutes.map(|minutes| SetCartHold { channel, minutes, is_dry_run, once }))
    }
}

fn minutes(n: i64) -> Result<i64, Problem> {
    match n {
        1..=MINUTES_MAX => Ok(n),
        ..1 => Err(Problem::QuantityNotPositive),
        _ => Err(Problem::QuantityTooLarge { max: u32::try_from(MINUTES_MAX).unwrap_or(u32::MAX) }),
    }
}
