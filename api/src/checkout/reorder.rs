//! The same once more.

use app::{
    checkout::{self, LeftOut, Reorder, ReorderError},
    cx::Cx,
    orders::returns::By,
};
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::{
    invalid::{Check, Invalid},
    text,
};

use crate::{
    cart::{
        cart::Cart,
        mutation::payload,
        warning::{self, CartWarning},
    },
    graphql::{
        code::ErrorCode,
        error::UserError,
        explain::{Explain, Explained, Said, refused},
        input,
        language::Reading,
        payload::outcome,
    },
    orders::query::OrderBy,
};

/// An order to order again.
#[derive(InputObject, Clone, Debug)]
pub struct OrderReorderInput {
    /// Which: by its id customers name their own, and staff with `ORDER_READ` all.
    pub by: OrderBy,
    /// Any text of yours: the same key with the same input fills one cart once.
    pub idempotency_key: String,
}

/// A cart with what was ordered, or why there is none.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderReorderPayload {
    /// The cart; none if it was refused.
    pub cart: Option<Cart>,
    /// What of the order is left out, by its `orderLine`: it is not sold any more (`NOT_SOLD`), or only so many units are
    /// `available`, which are in the cart (`SHORT_OF_STOCK`). Then what is to be known of the cart: `cart.warnings`.
    pub warnings: Vec<CartWarning>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

impl Explain for ReorderError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => refused(Said::code(ErrorCode::NotFound).at("by")),
            Self::Cart(error) => match error.explain() {
                // Which of the cart's lines it is says nothing to who named an order.
                Explained::Refused(said) => {
                    let at_order = |said: Said| said.path(vec!["by".to_owned()]);
                    Explained::Refused(said.into_iter().map(at_order).collect())
                }
                other @ (Explained::Denied(_) | Explained::Fault(_)) => other,
            },
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}

impl OrderReorderInput {
    fn parse(self) -> Result<Reorder, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "orderReorder", Some(&self.idempotency_key), &self);
        let by = match self.by {
            OrderBy::Id(id) => check.field("by", input::id(&id)).map(By::Id),
            OrderBy::Guest(guest) => {
                Some(By::Guest { number: text::ascii_digits(guest.number.trim()), token: guest.token })
            }
        };
        let (by, once) = check.done(by.zip(once))?;
        Ok(Reorder { by, once })
    }
}

/// Mutations of orders that are ordered again.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReorderMutation;

/// The same once more.
#[Object]
impl ReorderMutation {
    /// Puts what was ordered into a cart of the request's channel, at today's prices: a new one, or the open one of the
    /// customer who is signed in. What is not sold there any more and what is not there is left out, and told as
    /// warnings. It places no order and holds no stock. Refuses with `NOT_FOUND`, and with `CART_TOO_MANY_LINES` or
    /// `QUANTITY_TOO_LARGE` if the open cart cannot take it.
    async fn order_reorder(
        &self,
        ctx: &Context<'_>,
        input: OrderReorderInput,
    ) -> async_graphql::Result<OrderReorderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { Box::pin(checkout::reorder(cx, cx.shopper(), input.parse()?)).await });
        let (done, left_out) = match done.await? {
            Ok(done) => (Ok(done.cart), done.left_out),
            Err(refused) => (Err(refused), Vec::new()),
        };
        let shown = payload(ctx, done).await?;
        let told = |left: LeftOut| warning::left_out(cx.language(), left);
        let warnings = left_out.into_iter().map(told).chain(shown.warnings).collect();
        Ok(OrderReorderPayload { cart: shown.cart, warnings, user_errors: shown.user_errors })
    }
}
