//! Why orders must not go on.

use app::{cx::Cx, orders};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    identity::permission::{Proves, proof::ManageOrders},
    invalid::{Check, Invalid},
    orders::hold,
};

use super::{
    input::which,
    mutation::{OrderPayload, payload},
};
use crate::{
    graphql::{
        directive::{emits, requires},
        input,
        language::Reading,
        payload::outcome,
        scalar::DateTime,
    },
    i18n,
};

/// Why an order must not go on.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "hold::HoldKind")]
pub enum HoldKind {
    /// Somebody may be cheating.
    Fraud,
    /// The buyer's credit must be looked at.
    Credit,
    /// The goods must be looked for.
    Stock,
    /// The address may be wrong.
    Address,
    /// What came in with an edit is still to be paid. The shop's own, and its own release once it is paid.
    Payment,
}

/// Why an order must not go on: while one of its holds is open, it is not confirmed, allocated or shipped.
#[derive(Clone, Debug)]
pub struct OrderHold {
    /// The hold and its end.
    pub held: orders::load::Held,
    /// Its kind.
    pub kind: hold::HoldKind,
}

/// The end of a hold.
#[derive(SimpleObject, Clone, Debug)]
pub struct OrderHoldRelease {
    /// Why, in the words of staff.
    pub reason: Option<String>,
    /// Who ended it: an account's id.
    pub actor: String,
    /// When.
    pub at: DateTime,
}

/// Why an order must not go on: while one of its holds is open, it is not confirmed, allocated or shipped.
#[Object]
impl OrderHold {
    /// Its id: pass it to `orderHoldRelease`.
    async fn id(&self) -> ID {
        ID(self.held.hold.id.to_string())
    }

    /// Why.
    async fn kind(&self) -> HoldKind {
        self.kind.into()
    }

    /// Why, in the reader's language.
    async fn kind_label(&self, ctx: &Context<'_>) -> String {
        i18n::label(ctx.cx().language(), "order-hold", self.kind.code())
    }

    /// Why, in the words of staff. The customer does not see it.
    async fn reason(&self) -> Option<&str> {
        self.held.hold.reason.as_deref()
    }

    /// Who holds it: an account's id.
    async fn actor(&self) -> &str {
        &self.held.hold.actor
    }

    /// Since when.
    async fn at(&self) -> DateTime {
        DateTime(self.held.hold.at)
    }

    /// Its end; none while it is open.
    async fn release(&self) -> Option<OrderHoldRelease> {
        let release = self.held.release.clone()?;
        Some(OrderHoldRelease { reason: release.reason, actor: release.actor, at: DateTime(release.at) })
    }
}

/// An order to hold.
#[derive(InputObject, Clone, Debug)]
pub struct OrderHoldInput {
    /// The order.
    pub order: ID,
    /// Why it must not go on.
    pub kind: HoldKind,
    /// Why, at most 500 characters. The customer does not see it.
    pub reason: Option<String>,
    /// The order's version that you saw last; refused if it was moved since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input holds the order once.
    pub idempotency_key: String,
}

/// A hold to release.
#[derive(InputObject, Clone, Debug)]
pub struct OrderHoldReleaseInput {
    /// The hold.
    pub hold: ID,
    /// Why, at most 500 characters. The customer does not see it.
    pub reason: Option<String>,
    /// Any text of yours: the same key with the same input releases the hold once.
    pub idempotency_key: String,
}

impl OrderHoldInput {
    /// Checks the order and the key.
    pub fn parse(self) -> Result<orders::Hold, Invalid> {
        let (order, once) = which("orderHold", &self.order, &self.idempotency_key, &self)?;
        let Self { kind, reason, expected_version, .. } = self;
        Ok(orders::Hold { order, kind: kind.into(), reason, expected_version, once: Some(once) })
    }
}

impl OrderHoldReleaseInput {
    /// Checks the hold and the key.
    pub fn parse(self) -> Result<orders::ReleaseHold, Invalid> {
        let mut check = Check::default();
        let hold = check.field("hold", input::id(&self.hold));
        let once = input::once(&mut check, "orderHoldRelease", Some(&self.idempotency_key), &self);
        let (hold, once) = check.done(hold.zip(once))?;
        Ok(orders::ReleaseHold { hold, reason: self.reason, once: Some(once) })
    }
}

/// Mutations of holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct HoldsMutation;

/// How staff keep orders from going on.
#[Object]
impl HoldsMutation {
    /// Holds an order of which not everything was shipped: it is not confirmed, allocated or shipped until all its
    /// holds are released; it can be paid and cancelled. One of each kind can be open. Refuses with
    /// `ORDER_HOLD_EXISTS`, `ORDER_HOLD_TOO_LATE`, `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.held".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_hold(&self, ctx: &Context<'_>, input: OrderHoldInput) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::hold(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Releases a hold: the order goes on if no other holds it. Refuses with `ORDER_HOLD_RELEASED` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageOrders::PERMISSION.code().to_owned()),
        directive = emits::apply("order.hold_released".to_owned()),
        visible = "crate::graphql::directive::manages_orders"
    )]
    async fn order_hold_release(
        &self,
        ctx: &Context<'_>,
        input: OrderHoldReleaseInput,
    ) -> async_graphql::Result<OrderPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { orders::release_hold(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }
}
