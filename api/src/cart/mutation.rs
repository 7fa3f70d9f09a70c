//! Mutations of carts.

use app::{
    cart::{self, Apply, CartError, Create, Rejection, Step},
    channels,
};
use async_graphql::{Context, ID, InputObject, InputType, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::email::Email,
    invalid::{Check, Invalid, Problem},
    language::Language,
};

use super::{
    cart::Cart,
    query,
    steps::{
        CartLineInput, CartStep, ContactSetStep, CouponAddStep, CouponRemoveStep, DeliveryMethodSetStep,
        GiftCardAddStep, GiftCardRemoveStep, LanguageSetStep, LinesAddStep, LinesRemoveStep, LinesUpdateStep,
        PaymentMethodSetStep, ShippingAddressSetStep, StoreCreditSetStep, wishes,
    },
    warning::CartWarning,
};
use crate::graphql::{
    directive::emits,
    error::UserError,
    input,
    language::Reading,
    payload::{Outcome, outcome, split},
};

/// A changed cart, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct CartPayload {
    /// The cart after the change; none if it was refused.
    pub cart: Option<Cart>,
    /// What is wrong with the input. Nothing was changed.
    pub user_errors: Vec<UserError>,
    /// What the shop had to change; the same as `cart.warnings`.
    pub warnings: Vec<CartWarning>,
}

/// A cart to be.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CartCreateInput {
    /// What is in it from the start.
    #[graphql(default)]
    pub lines: Vec<CartLineInput>,
    /// E-mail address for news of the order.
    pub email: Option<String>,
    /// BCP 47 tag of the language of the order; the request's if left out.
    pub language: Option<String>,
    /// ISO 4217 code the shopper expects; refused if the channel sells in another.
    pub currency: Option<String>,
    /// Any text of yours: the same key with the same input gives the same cart again.
    pub idempotency_key: Option<String>,
}

/// Changes of a cart: all of them, or none.
#[derive(InputObject, Clone, Debug)]
pub struct CartUpdateInput {
    /// The cart.
    pub cart: ID,
    /// The steps, in order; 50 at most.
    pub steps: Vec<CartStep>,
    /// The version you saw last; refused if the cart was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes the cart once.
    pub idempotency_key: Option<String>,
}

/// Declares the input of a mutation of one step, and how it becomes that step.
macro_rules! step_input {
    ($(#[$doc:meta])* $input:ident, $variant:ident($step:ident { $($(#[$fdoc:meta])* $field:ident: $type:ty),* })) => {
        $(#[$doc])*
        #[derive(InputObject, Clone, Debug)]
        pub struct $input {
            /// The cart.
            pub cart: ID,
            $($(#[$fdoc])* pub $field: $type,)*
            /// The version you saw last; refused if the cart was changed since.
            pub expected_version: Option<i64>,
            /// Any text of yours: the same key with the same input changes the cart once.
            pub idempotency_key: Option<String>,
        }

        impl $input {
            fn one(&self) -> One<'_> {
                let step = CartStep::$variant($step { $($field: self.$field.clone()),* });
                let key = self.idempotency_key.as_deref();
                One { cart: &self.cart, step, expected_version: self.expected_version, key }
            }
        }
    };
}

/// One step, and in which cart.
struct One<'i> {
    cart: &'i ID,
    step: CartStep,
    expected_version: Option<i64>,
    key: Option<&'i str>,
}

step_input! {
    /// Variants to put into a cart.
    CartLinesAddInput, LinesAdd(LinesAddStep {
        /// The variants, 200 at most. More of one that is in already adds up.
        lines: Vec<CartLineInput>
    })
}
step_input! {
    /// New quantities for lines of a cart.
    CartLinesUpdateInput, LinesUpdate(LinesUpdateStep {
        /// The lines, 200 at most.
        lines: Vec<super::steps::CartLineUpdateInput>
    })
}
step_input! {
    /// Lines to take out of a cart.
    CartLinesRemoveInput, LinesRemove(LinesRemoveStep {
        /// The lines, 200 at most.
        lines: Vec<ID>
    })
}
step_input! {
    /// Who hears of a cart's order.
    CartContactSetInput, ContactSet(ContactSetStep {
        /// E-mail address.
        email: String,
        /// Telephone number in international form.
        phone: Option<String>
    })
}
step_input! {
    /// Where a cart is delivered to.
    CartShippingAddressSetInput, ShippingAddressSet(ShippingAddressSetStep {
        /// The address.
        address: super::address::AddressInput
    })
}
step_input! {
    /// How a cart is delivered.
    CartDeliveryMethodSetInput, DeliveryMethodSet(DeliveryMethodSetStep {
        /// One of the cart's `deliveryOptions`.
        delivery_method: ID
    })
}
step_input! {
    /// How a cart is paid.
    CartPaymentMethodSetInput, PaymentMethodSet(PaymentMethodSetStep {
        /// One of the cart's `paymentOptions`.
        payment_method: super::cart::PaymentMethod
    })
}
step_input! {
    /// The language of a cart's order.
    CartLanguageSetInput, LanguageSet(LanguageSetStep {
        /// BCP 47 tag of a language of the channel.
        language: String
    })
}

step_input! {
    /// A coupon to put into a cart.
    CartCouponAddInput, CouponAdd(CouponAddStep {
        /// What is written on it. Small letters are as good as capital ones.
        code: String
    })
}
step_input! {
    /// A coupon to take out of a cart.
    CartCouponRemoveInput, CouponRemove(CouponRemoveStep {
        /// What is written on it.
        code: String
    })
}

step_input! {
    /// A gift card to pay a cart with.
    CartGiftCardAddInput, GiftCardAdd(GiftCardAddStep {
        /// What is written on it. Spaces, hyphens, and whether letters are small, do not count.
        code: String
    })
}
step_input! {
    /// A gift card not to pay a cart with any more.
    CartGiftCardRemoveInput, GiftCardRemove(GiftCardRemoveStep {
        /// One of the cart's `giftCards`.
        gift_card: ID
    })
}
step_input! {
    /// Whether to pay a cart with store credit.
    CartStoreCreditSetInput, StoreCreditSet(StoreCreditSetStep {
        /// Whether to pay with the customer's store credit.
        #[graphql(name = "use")]
        uses: bool,
        /// How much of it at most, as a decimal string in the cart's currency, above zero; left out: as much as there is.
        max_amount: Option<String>
    })
}

/// Mutations of carts.
#[derive(Clone, Copy, Debug, Default)]
pub struct CartMutation;

/// What is wanted.
#[Object]
impl CartMutation {
    /// Makes a cart in the request's channel. A customer has one open cart a channel: if there is one, the
    /// lines go into it.
    #[graphql(
        directive = emits::apply("stock.low".to_owned())
    )]
    async fn cart_create(&self, ctx: &Context<'_>, input: CartCreateInput) -> async_graphql::Result<CartPayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async {
            let input = input.parse(ctx)?;
            cart::create(cx, cx.shopper(), input).await
        });
        payload(ctx, done.await?).await
    }

    /// Changes a cart by several steps at once: all of them, or none.
    #[graphql(
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned())
    )]
    async fn cart_update(&self, ctx: &Context<'_>, input: CartUpdateInput) -> async_graphql::Result<CartPayload> {
        let cx = ctx.cx();
        let done = outcome(cx, async {
            let names: Vec<_> = input.steps.iter().map(CartStep::name).collect();
            let apply = input.parse(ctx)?;
            cart::apply(cx, cx.shopper(), apply).await.map_err(|error| in_steps(error, &names))
        });
        payload(ctx, done.await?).await
    }

    /// Puts variants into a cart. How many of one are bought together, `ProductVariant.pricing.quantityRule` says; refuses,
    /// by line, with `QUANTITY_BELOW_MINIMUM`, `QUANTITY_ABOVE_MAXIMUM` or `QUANTITY_NOT_A_MULTIPLE` what is against it.
    #[graphql(
        directive = emits::apply("stock.low".to_owned())
    )]
    async fn cart_lines_add(&self, ctx: &Context<'_>, input: CartLinesAddInput) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartLinesAdd", &input, input.one()).await
    }

    /// Sets the quantities of lines of a cart. Refuses, by line, with `QUANTITY_BELOW_MINIMUM`, `QUANTITY_ABOVE_MAXIMUM` or
    /// `QUANTITY_NOT_A_MULTIPLE` what is against `ProductVariant.pricing.quantityRule`.
    #[graphql(
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned())
    )]
    async fn cart_lines_update(
        &self,
        ctx: &Context<'_>,
        input: CartLinesUpdateInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartLinesUpdate", &input, input.one()).await
    }

    /// Takes lines out of a cart.
    #[graphql(
        directive = emits::apply("stock.back".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned())
    )]
    async fn cart_lines_remove(
        &self,
        ctx: &Context<'_>,
        input: CartLinesRemoveInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartLinesRemove", &input, input.one()).await
    }

    /// Sets who hears of a cart's order.
    async fn cart_contact_set(
        &self,
        ctx: &Context<'_>,
        input: CartContactSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartContactSet", &input, input.one()).await
    }

    /// Sets where a cart is delivered to.
    async fn cart_shipping_address_set(
        &self,
        ctx: &Context<'_>,
        input: CartShippingAddressSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartShippingAddressSet", &input, input.one()).await
    }

    /// Sets how a cart is delivered. It needs an address first.
    async fn cart_delivery_method_set(
        &self,
        ctx: &Context<'_>,
        input: CartDeliveryMethodSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartDeliveryMethodSet", &input, input.one()).await
    }

    /// Sets how a cart is paid.
    async fn cart_payment_method_set(
        &self,
        ctx: &Context<'_>,
        input: CartPaymentMethodSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartPaymentMethodSet", &input, input.one()).await
    }

    /// Sets the language of a cart's order.
    async fn cart_language_set(
        &self,
        ctx: &Context<'_>,
        input: CartLanguageSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartLanguageSet", &input, input.one()).await
    }

    /// Puts a coupon into a cart, in the place of one for the same promotion. Whether it takes something off, and why it does
    /// not, the cart's `pricing` tells. Refuses with `COUPON_NOT_FOUND`, `COUPON_EXPIRED`, `COUPON_USED_UP` or
    /// `TOO_MANY_COUPONS`.
    async fn cart_coupon_add(
        &self,
        ctx: &Context<'_>,
        input: CartCouponAddInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartCouponAdd", &input, input.one()).await
    }

    /// Takes a coupon out of a cart. Refuses with `NOT_FOUND`.
    async fn cart_coupon_remove(
        &self,
        ctx: &Context<'_>,
        input: CartCouponRemoveInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartCouponRemove", &input, input.one()).await
    }

    /// Has a cart be paid with a gift card, as far as that goes: the cart's `due` is left for its payment method. Nothing is
    /// taken off the card before the order is placed. Refuses with `GIFT_CARD_NOT_FOUND`, `GIFT_CARD_EXPIRED`,
    /// `GIFT_CARD_BLOCKED`, `GIFT_CARD_EMPTY`, `GIFT_CARD_CURRENCY_MISMATCH` or `TOO_MANY_GIFT_CARDS`.
    async fn cart_gift_card_add(
        &self,
        ctx: &Context<'_>,
        input: CartGiftCardAddInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartGiftCardAdd", &input, input.one()).await
    }

    /// Has a cart not be paid with a gift card any more. Refuses with `NOT_FOUND`.
    async fn cart_gift_card_remove(
        &self,
        ctx: &Context<'_>,
        input: CartGiftCardRemoveInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartGiftCardRemove", &input, input.one()).await
    }

    /// Has a cart be paid with its customer's store credit, after gift cards and as far as that goes, or not any more. Nothing
    /// is taken before the order is placed. Refuses with `CUSTOMER_REQUIRED` or `INVALID_AMOUNT`.
    async fn cart_store_credit_set(
        &self,
        ctx: &Context<'_>,
        input: CartStoreCreditSetInput,
    ) -> async_graphql::Result<CartPayload> {
        step(ctx, "cartStoreCreditSet", &input, input.one()).await
    }
}

/// Takes one step.
async fn step(
    ctx: &Context<'_>,
    operation: &'static str,
    input: &impl InputType,
    asked: One<'_>,
) -> async_graphql::Result<CartPayload> {
    let cx = ctx.cx();
    let mut check = Check::default();
    let id = check.field("cart", input::id(asked.cart));
    let once = input::once(&mut check, operation, asked.key, input);
    let parsed = check.here(asked.step.parse(&offered(ctx)));
    let expected_version = asked.expected_version;
    let changes = id.zip(parsed).map(|(cart, step)| Apply { cart, steps: vec![step], expected_version, once });
    let changes = check.done(changes);
    let done = outcome(cx, async { cart::apply(cx, cx.shopper(), changes?).await });
    payload(ctx, done.await?).await
}

/// The payload of a changed cart.
pub async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::Cart>>) -> async_graphql::Result<CartPayload> {
    let (cart, user_errors) = split(done);
    let cart = match cart {
        Some(cart) => query::show(ctx, cart).await?,
        None => None,
    };
    let show = |warning| super::warning::show(ctx.cx().language(), warning);
    let warnings = cart.iter().flat_map(|cart| &cart.0.warnings).map(show).collect();
    Ok(CartPayload { cart, user_errors, warnings })
}

fn offered(ctx: &Context<'_>) -> Vec<Language> {
    ctx.cx().channel().map(|channel| channels::offered(channel)).unwrap_or_default()
}

/// Rejections with their paths from the list of steps with these names down.
pub(super) fn from_steps(mut rejected: Vec<Rejection>, names: &[&str]) -> Vec<Rejection> {
    for one in &mut rejected {
        let name = names.get(one.step).map(|name| (*name).to_owned());
        one.path.splice(0..0, ["steps".to_owned(), one.step.to_string()].into_iter().chain(name));
    }
    rejected
}

fn in_steps(error: CartError, names: &[&str]) -> CartError {
    match error {
        CartError::Rejected(rejected) => CartError::Rejected(from_steps(rejected, names)),
        CartError::NotFound
        | CartError::Completed
        | CartError::Stale
        | CartError::Invalid(_)
        | CartError::KeyReused(_)
        | CartError::Fault(_) => error,
    }
}

impl CartCreateInput {
    fn parse(self, ctx: &Context<'_>) -> Result<Create, CartError> {
        let channel = ctx.cx().channel()?;
        let mut check = Check::default();
        let once = input::once(&mut check, "cartCreate", self.idempotency_key.as_deref(), &self);
        let lines = if self.lines.is_empty() { Some(Vec::new()) } else { check.here(wishes(self.lines)) };
        let email = self.email.map(|email| check.field("email", Email::parse(&email)));
        let language = match &self.language {
            None => Some(ctx.cx().language()),
            Some(tag) => {
                let offered = channels::offered(channel);
                let language = Language::parse(tag).filter(|language| offered.contains(language));
                check.field("language", language.ok_or(Problem::UnsupportedLanguage))
            }
        };
        if self.currency.is_some_and(|code| code != channel.currency) {
            check.wrong("currency", Problem::UnsupportedCurrency);
        }
        let create = lines.zip(language);
        let create = create.map(|(lines, language)| Create { lines, email: email.flatten(), language, once });
        Ok(check.done(create)?)
    }
}

/// The most steps of one update.
const MAX_STEPS: usize = 50;

/// Steps, of which every wrong field is said by its place.
pub(super) fn parse_steps(ctx: &Context<'_>, check: &mut Check, asked: Vec<CartStep>) -> Vec<Step> {
    if MAX_STEPS < asked.len() {
        check.wrong("steps", Problem::TooLong { max: MAX_STEPS });
    }
    let offered = offered(ctx);
    let mut steps = Vec::with_capacity(asked.len());
    for (index, step) in asked.into_iter().take(MAX_STEPS).enumerate() {
        let name = step.name();
        let step = step.parse(&offered).map_err(|invalid| invalid.under(name).under(&index.to_string()));
        steps.extend(check.nested("steps", step));
    }
    steps
}

impl CartUpdateInput {
    fn parse(self, ctx: &Context<'_>) -> Result<Apply, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "cartUpdate", self.idempotency_key.as_deref(), &self);
        let cart = check.field("cart", input::id(&self.cart));
        if self.steps.is_empty() {
            check.wrong("steps", Problem::Required);
        }
        let steps = parse_steps(ctx, &mut check, self.steps);
        let expected_version = self.expected_version;
        check.done(cart.map(|cart| Apply { cart, steps, expected_version, once }))
    }
}
