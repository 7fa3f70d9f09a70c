//! Mutations of checkout.

use app::{
    checkout::{self, Card, CheckoutError, Complete, Completed, Pay, PayError, Submit},
    cx::Public,
};
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::{
    invalid::{Check, Invalid, Problem},
    payments::simulator,
    text,
};

use super::{query::show, ticket::CheckoutTicket};
use crate::{
    graphql::{
        directive::emits,
        error::UserError,
        input,
        language::Reading,
        payload::{outcome, split},
    },
    orders::{order::Order, query::find},
};

/// A card to pay with, as the gateway's own form gave it: never a card number.
#[derive(InputObject, Clone, Debug)]
pub struct CardInput {
    /// The gateway's token for the card. Of the built-in test gateway: `tok_approved`, `tok_challenge`,
    /// `tok_insufficient_funds`, `tok_expired_card`, `tok_do_not_honour`, `tok_lost_card`.
    pub token: String,
    /// Where the shopper comes back to after 3-D Secure: an http or https URL.
    pub return_url: String,
}

/// A cart to make an order of.
#[derive(InputObject, Clone, Debug)]
pub struct CheckoutCompleteInput {
    /// The cart, with contact, address, delivery method and, for what gift cards and store credit leave, payment method.
    pub cart: ID,
    /// The card; required if the cart's payment method is `CARD`.
    pub card: Option<CardInput>,
    /// The total the shopper agreed to, as a decimal string in the cart's currency; refused if it is another.
    pub expected_total: Option<String>,
    /// What the shopper agreed to be left to pay after gift cards and store credit, the cart's `due`, as a decimal string;
    /// refused with `DUE_CHANGED` if it is another, because a balance changed.
    pub expected_due: Option<String>,
    /// The version of the cart you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input places one order and gives it again.
    pub idempotency_key: String,
}

/// A placed order, or why there is none.
#[derive(SimpleObject, Clone, Debug)]
pub struct CheckoutPayload {
    /// The order; its `payment` says whether the shopper must go on to `challengeUrl`, or try another card.
    pub order: Option<Order>,
    /// With the order's number it shows the order to a guest. Keep it.
    pub order_token: Option<String>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// A cart to hand in.
#[derive(InputObject, Clone, Debug)]
pub struct CheckoutSubmitInput {
    /// The cart, with contact, address, delivery method and payment method.
    pub cart: ID,
    /// The total the shopper agreed to, as a decimal string in the cart's currency; refused if it is another.
    pub expected_total: Option<String>,
    /// What the shopper agreed to be left to pay after gift cards and store credit, the cart's `due`, as a decimal string;
    /// refused with `DUE_CHANGED` if it is another, because a balance changed.
    pub expected_due: Option<String>,
    /// The version of the cart you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input gives the same ticket.
    pub idempotency_key: String,
}

/// A ticket, or why there is none.
#[derive(SimpleObject, Debug)]
pub struct CheckoutSubmitPayload {
    /// The ticket: ask `checkoutTicket` for what becomes of it.
    pub ticket: Option<CheckoutTicket>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Another card for an order that waits for its payment.
#[derive(InputObject, Clone, Debug)]
pub struct OrderPayInput {
    /// The order.
    pub order: ID,
    /// A guest's order token.
    pub order_token: Option<String>,
    /// The card.
    pub card: CardInput,
    /// Any text of yours: the same key with the same input charges the card once.
    pub idempotency_key: String,
}

/// An order whose payment was tried, or why it was not.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderPayPayload {
    /// The order; its `payment` says how the try went.
    pub order: Option<Order>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of checkout.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckoutMutation;

/// From a cart to an order.
#[Object]
impl CheckoutMutation {
    /// Places an order: stock is reserved, the order written and its payment begun, together or not at
    /// all. A card is authorised after that; if it is refused, the order waits for another (`orderPay`)
    /// until its deadline. Of a channel with a tax engine that does not answer, refuses with `TAX_UNAVAILABLE` if it takes no orders
    /// by an estimate.
    #[graphql(
        directive = emits::apply("order.placed".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("order.paid".to_owned()),
        directive = emits::apply("payment.authorised".to_owned()),
        directive = emits::apply("payment.declined".to_owned()),
        directive = emits::apply("payment.captured".to_owned()),
        directive = emits::apply("payment.void_requested".to_owned()),
        directive = emits::apply("gift_card.redeemed".to_owned()),
        directive = emits::apply("store_credit.redeemed".to_owned())
    )]
    async fn checkout_complete(
        &self,
        ctx: &Context<'_>,
        input: CheckoutCompleteInput,
    ) -> async_graphql::Result<CheckoutPayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async {
            let input = input.parse()?;
            Box::pin(checkout::complete(cx, cx.shopper(), input)).await
        });
        let (completed, user_errors): (Option<Completed>, _) = split(done.await?);
        let Some(completed) = completed else {
            return Ok(CheckoutPayload { order: None, order_token: None, user_errors });
        };
        let order = find(ctx, completed.order, Some(&completed.token)).await?;
        Ok(CheckoutPayload { order, order_token: Some(completed.token), user_errors })
    }

    /// Hands a cart in to become an order when its turn comes: for peaks, since it is one small write whatever the
    /// load. Turns are in the order of acceptance, and a cart that waits already keeps its place. A cart that is
    /// changed while it waits is refused when its turn comes.
    ///
    /// An order that is paid by card waits for its payment, as if its card had been declined: go on with `orderPay`.
    async fn checkout_submit(
        &self,
        ctx: &Context<'_>,
        input: CheckoutSubmitInput,
    ) -> async_graphql::Result<CheckoutSubmitPayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async { checkout::submit(cx, cx.shopper(), input.parse()?).await });
        let (ticket, user_errors) = split(done.await?);
        let ticket = match ticket {
            Some(ticket) => show(ctx, ticket).await?,
            None => None,
        };
        Ok(CheckoutSubmitPayload { ticket, user_errors })
    }

    /// Tries another card for an order that waits for its payment, or for what came in later.
    #[graphql(
        directive = emits::apply("order.paid".to_owned()),
        directive = emits::apply("order.hold_released".to_owned()),
        directive = emits::apply("payment.authorised".to_owned()),
        directive = emits::apply("payment.declined".to_owned()),
        directive = emits::apply("payment.capture_requested".to_owned()),
        directive = emits::apply("payment.void_requested".to_owned())
    )]
    async fn order_pay(&self, ctx: &Context<'_>, input: OrderPayInput) -> async_graphql::Result<OrderPayPayload> {
        let cx = ctx.cx();
        let token = input.order_token.clone();
        let done = outcome(cx, async {
            let input = input.parse()?;
            checkout::pay(cx, Public, input).await
        });
        let (order, user_errors) = split(done.await?);
        let order = match order {
            Some(order) => find(ctx, order, token.as_deref()).await?,
            None => None,
        };
        Ok(OrderPayPayload { order, user_errors })
    }
}

impl CheckoutCompleteInput {
    fn parse(self) -> Result<Complete, CheckoutError> {
        let mut check = Check::default();
        let once = input::once(&mut check, "checkoutComplete", Some(&self.idempotency_key), &self);
        let cart = check.field("cart", input::id(&self.cart));
        let by_card = self.card.map(|card| check.nested("card", card.parse()));
        let complete = cart.zip(once).map(|(cart, once)| Complete {
            cart,
            expected_version: self.expected_version,
            expected_total: self.expected_total,
            expected_due: self.expected_due,
            card: by_card.flatten(),
            once,
        });
        Ok(check.done(complete)?)
    }
}

impl CheckoutSubmitInput {
    fn parse(self) -> Result<Submit, CheckoutError> {
        let mut check = Check::default();
        let once = input::once(&mut check, "checkoutSubmit", Some(&self.idempotency_key), &self);
        let cart = check.field("cart", input::id(&self.cart));
        let amount = |text: &Option<String>| text.as_deref().map(|text| text::line(text, 40)).transpose();
        let total = check.field("expectedTotal", amount(&self.expected_total));
        let due = check.field("expectedDue", amount(&self.expected_due));
        let submit = cart.zip(once).zip(total.zip(due));
        let submit = submit.map(|((cart, once), (expected_total, expected_due))| Submit {
            cart,
            expected_version: self.expected_version,
            expected_total,
            expected_due,
            once,
        });
        Ok(check.done(submit)?)
    }
}

impl OrderPayInput {
    fn parse(self) -> Result<Pay, PayError> {
        let mut check = Check::default();
        let once = input::once(&mut check, "orderPay", Some(&self.idempotency_key), &self);
        let order = check.field("order", input::id(&self.order));
        let card = check.nested("card", self.card.parse());
        let parsed = order.zip(once).zip(card);
        let token = self.order_token;
        Ok(check.done(parsed.map(|((order, once), card)| Pay { order, token, card, once }))?)
    }
}

impl CardInput {
    fn parse(self) -> Result<Card, Invalid> {
        let mut check = Check::default();
        let token = check.field("token", text::line(&self.token, 200));
        let token = token.and_then(|token| {
            let known = simulator::behaviour(&token).map(|_| token);
            check.field("token", known.ok_or(Problem::InvalidCard))
        });
        let is_web = self.return_url.starts_with("https://") || self.return_url.starts_with("http://");
        let url = text::line(&self.return_url, 2000).ok().filter(|_| is_web);
        let return_url = check.field("returnUrl", url.ok_or(Problem::InvalidUrl));
        check.done(token.zip(return_url).map(|(token, return_url)| Card { token, return_url }))
    }
}
