//! "Where is this order right now?"

use app::orders;
use async_graphql::{Context, Enum, Object, SimpleObject};
use domain::{
    id::{Id, Order},
    money::Currency,
    orders::whereabouts,
};
use futures_util::future::try_join_all;

use super::{
    state::{self, OrderState},
    timeline::{self, TimelineEntry},
};
use crate::{
    graphql::{
        language::Reading,
        loader::{self, EntriesOf, PaymentsOf},
        scalar::DateTime,
    },
    i18n,
};

/// Where an order is right now, how it got there and what comes next.
#[derive(Clone, Debug)]
pub struct Whereabouts {
    /// What the order itself knows.
    pub found: orders::Whereabouts,
    /// Of which order.
    pub order: Id<Order>,
    /// The currency of its amounts.
    pub currency: Currency,
}

/// Who has an order in their hands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "whereabouts::Holder")]
pub enum HolderCode {
    /// The customer: to pay it, or because it arrived.
    Customer,
    /// The shop's staff.
    Shop,
    /// The place that picks and packs it.
    Warehouse,
    /// The carrier.
    Carrier,
}

/// Who has an order in their hands.
#[derive(SimpleObject, Clone, Debug)]
pub struct Holder {
    /// What to switch on.
    pub code: HolderCode,
    /// What to show, in the reader's language.
    pub name: String,
}

/// Where an order is right now, how it got there and what comes next.
#[Object]
impl Whereabouts {
    /// Where it stands.
    async fn state(&self) -> OrderState {
        self.found.state.into()
    }

    /// Where it stands, in the reader's language.
    async fn state_label(&self, ctx: &Context<'_>) -> String {
        state::label(ctx, self.found.state)
    }

    /// Since when it stands there.
    async fn since(&self) -> DateTime {
        DateTime(self.found.since)
    }

    /// Who has it in their hands.
    async fn holder(&self, ctx: &Context<'_>) -> Holder {
        let holder = self.found.holder;
        Holder { code: holder.into(), name: i18n::label(ctx.cx().language(), "holder", holder.code()) }
    }

    /// Whether something keeps it from going on for now. Why, staff see in `order.holds`.
    async fn is_on_hold(&self) -> bool {
        self.found.is_on_hold
    }

    /// The state that normally comes next; none at the end of the way.
    async fn next(&self) -> Option<OrderState> {
        self.found.next.map(OrderState::from)
    }

    /// The state that normally comes next, in the reader's language; none at the end of the way.
    async fn next_label(&self, ctx: &Context<'_>) -> Option<String> {
        self.found.next.map(|next| state::label(ctx, next))
    }

    /// What happened to it and to its payment, the oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<TimelineEntry>> {
        let payments = loader::one(ctx, PaymentsOf(self.order)).await?.unwrap_or_default();
        let entries = try_join_all(payments.iter().map(|payment| loader::one(ctx, EntriesOf(payment.id)))).await?;
        let payments = entries.into_iter().flatten().flatten().collect();
        let told = timeline::tell(self.found.timeline.clone(), payments, self.currency);
        told.map_err(|fault| super::failed(ctx, &fault))
    }
}
