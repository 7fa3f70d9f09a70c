//! Places that refuse what an order was to have of them.

use app::{
    cx::Cx,
    orders::{self, ReSource, ReSourceError},
};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{Id, OrderLine},
    identity::permission::{Proves, proof::FulfilOrders},
    invalid::{Check, Invalid},
};

use super::{
    input::which,
    mutation::{OrderPayload, payload},
};
use crate::{
    graphql::{
        code::ErrorCode,
        directive::{emits, requires},
        explain::{Explain, Explained, Said, refused},
        input,
        language::Reading,
        payload::outcome,
    },
    i18n::Arg,
};

/// What a place refuses of an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderReSourceInput {
    /// The order.
    pub order: ID,
    /// The code of the place that refuses, such as `riyadh`.
    pub location: String,
    /// Why, at most 500 characters: broken, not found.
    pub reason: Option<String>,
    /// The lines that it does not give; all that it was to give if left out.
    pub lines: Option<Vec<ID>>,
    /// If no other place can give them: puts the order on hold for its stock instead of refusing. Nothing moves then.
    #[graphql(default)]
    pub hold_if_short: bool,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input does it once.
    pub idempotency_key: String,
}

impl OrderReSourceInput {
    /// Checks every field.
    pub fn parse(self) -> Result<ReSource, Invalid> {
        let which = which("orderReSource", &self.order, &self.idempotency_key, &self);
        let mut check = Check::default();
        let which = check.here(which);
        let lines = check.nested("lines", self.lines.as_deref().map(ids).transpose());
        let ((order, once), lines) = check.done(which.zip(lines))?;
        let Self { location, reason, hold_if_short, expected_version, .. } = self;
        Ok(ReSource { order, location, reason, lines, hold_if_short, expected_version, once: Some(once) })
    }
}

/// The lines, of which every wrong one is said by its place.
fn ids(lines: &[ID]) -> Result<Vec<Id<OrderLine>>, Invalid> {
    let lines = input::items(lines.to_vec()).map_err(Invalid::here)?;
    let (mut check, mut read) = (Check::default(), Vec::with_capacity(lines.len()));
    for (index, line) in lines.iter().enumerate() {
        read.extend(check.field(&index.to_string(), input::id(line)));
    }
    check.done(Some(read))
}

/// Mutations of where an order ships from.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReSourceMutation;

/// What becomes of an order that a place refuses.
#[Object]
impl ReSourceMutation {
    /// Moves what a place was to give of an order to other places, by the rules of its channel, and writes down why. The
    /// units are free at the place again: set its stock straight if they are broken or gone. Refuses with
    /// `OUT_OF_STOCK` if the others have too few, `SPLIT_NOT_ALLOWED`, `ORDER_NOTHING_TO_SHIP`, `CONFLICT` or
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(FulfilOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.re_sourced".to_owned()),
        directive = emits::apply("order.held".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        directive = emits::apply("stock.back".to_owned()),
        visible = "crate::graphql::directive::fulfils_orders"
    )]
    async fn order_re_source(
        &self,
        ctx: &Context<'_>,
        input: OrderReSourceInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::re_source(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}

impl Explain for ReSourceError {
    fn explain(self) -> Explained {
        match self {
            Self::Move(refused) => refused.explain(),
            Self::Hold(refused) => refused.explain(),
            Self::NoSuchLocation => refused(Said::code(ErrorCode::NotFound).at("location")),
            Self::NoSuchLine { index } => refused(Said::code(ErrorCode::NotFound).at("lines").at(&index.to_string())),
            Self::NothingThere => refused(Said::code(ErrorCode::OrderNothingToShip).at("location")),
            Self::Short(lines) => {
                let said = |(line, available): (Id<OrderLine>, i64)| {
                    let said = Said::code(ErrorCode::OutOfStock).with("available", Arg::Number(available));
                    said.path(vec!["order".to_owned(), "lines".to_owned(), line.to_string()])
                };
                Explained::Refused(lines.into_iter().map(said).collect())
            }
            Self::NoSinglePlace => refused(Said::code(ErrorCode::SplitNotAllowed).at("order")),
            Self::Invalid(invalid) => invalid.explain(),
            Self::KeyReused(reused) => reused.explain(),
            Self::Denied(denied) => denied.explain(),
            Self::Fault(fault) => fault.explain(),
        }
    }
}
