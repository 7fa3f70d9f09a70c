//! What one is told while one is connected.

use std::{collections::BTreeSet, sync::Arc};

use app::news::{Interest, News};
use async_graphql::{Context, ID, SimpleObject, Subscription};
use domain::{
    id::{Id, Kind, Variant},
    identity::permission::proof::{ReadOrders, ReadStock},
};
use futures_util::stream::{self, Iter};

use crate::{
    cart::cart::Cart,
    catalog::variant::ProductVariant,
    checkout::ticket::CheckoutTicket,
    graphql::{
        code::{ErrorCode, of_problem},
        error, input,
        language::Reading,
        loader,
        scalar::DateTime,
    },
    http::live::Hearing,
    orders::{order::Order, query::find},
};

/// The most variants of one subscription.
const MAX_VARIANTS: usize = 200;

/// The news of one moment.
type Told<T> = Iter<std::vec::IntoIter<T>>;

/// An order to which something happened.
#[derive(SimpleObject, Debug)]
pub struct OrderNews {
    /// The event's id: what to tell repetitions by.
    pub event: ID,
    /// What happened, such as `order.shipped`.
    #[graphql(name = "type")]
    pub name: String,
    /// When.
    pub at: DateTime,
    /// The order as it is now.
    pub order: Order,
}

/// A variant of which units came, went, or were promised.
#[derive(SimpleObject, Debug)]
pub struct StockNews {
    /// The event's id. One event can change several variants.
    pub event: ID,
    /// What happened, such as `stock.received` or `order.placed`.
    #[graphql(name = "type")]
    pub name: String,
    /// When.
    pub at: DateTime,
    /// The variant as it is now.
    pub variant: ProductVariant,
}

/// A cart that changed.
#[derive(SimpleObject, Debug)]
pub struct CartNews {
    /// The cart as it is now.
    pub cart: Cart,
}

/// A ticket that was decided.
#[derive(SimpleObject, Debug)]
pub struct CheckoutTicketNews {
    /// The ticket as it is now.
    pub ticket: CheckoutTicket,
}

/// What one is told while one is connected, by WebSocket (`graphql-transport-ws`) or as server-sent events
/// (`Accept: text/event-stream`). What happens while one is not connected is not told: read the object again once one is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Subscription;

/// What one is told while one is connected, by WebSocket (`graphql-transport-ws`) or as server-sent events
/// (`Accept: text/event-stream`). What happens while one is not connected is not told: read the object again once one is.
#[Subscription]
impl Subscription {
    /// What happens to an order, or to all of them: staff with `ORDER_READ` are told of any, customers of their own, and
    /// a guest of the one of which they know the token. Refuses with `NOT_FOUND`, `UNAUTHENTICATED` or `FORBIDDEN`.
    async fn order_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which; all that the caller may see if left out.")] order: Option<ID>,
        #[graphql(desc = "The `orderToken` of `checkoutComplete`, for guests.")] order_token: Option<String>,
    ) -> async_graphql::Result<Told<OrderNews>> {
        let cx = ctx.cx();
        let interest = if let Some(order) = order {
            let id = one_id(ctx, &order)?;
            find(ctx, id, order_token.as_deref()).await?.ok_or_else(|| none(ctx))?;
            Interest::Order(id)
        } else if let Ok(customer) = cx.customer() {
            Interest::OrdersOf(customer.account)
        } else {
            cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
            Interest::Orders
        };
        let Some(news) = news(ctx, interest) else { return Ok(stream::iter(Vec::new())) };
        let (Some(event), Some(order)) = (news.event(), news.order()) else { return Ok(stream::iter(Vec::new())) };
        let (event, name, at) = (ID(event.id.to_string()), event.name.clone(), DateTime(event.at));
        let found = find(ctx, order, order_token.as_deref()).await?;
        Ok(stream::iter(found.map(|order| OrderNews { event, name, at, order }).into_iter().collect::<Vec<_>>()))
    }

    /// Whenever units of variants came, went, or were promised: also by orders. Of all variants only staff with
    /// `STOCK_READ` are told. Refuses with `NOT_FOUND`, `TOO_LONG`, `UNAUTHENTICATED` or `FORBIDDEN`.
    async fn stock_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of these, 200 at most; of all if left out.")] variants: Option<Vec<ID>>,
    ) -> async_graphql::Result<Told<StockNews>> {
        let cx = ctx.cx();
        let wanted = if let Some(ids) = variants {
            Some(shown(ctx, &ids).await?)
        } else {
            cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
            None
        };
        let Some(news) = news(ctx, Interest::Stock(wanted.clone())) else { return Ok(stream::iter(Vec::new())) };
        let Some(event) = news.event() else { return Ok(stream::iter(Vec::new())) };
        let changed = news.variants(cx.app()).await;
        let changed = changed.map_err(|fault| error::fault(cx.language(), cx.request_id(), &fault))?;
        let is_wanted = |variant: &&Id<Variant>| wanted.as_ref().is_none_or(|wanted| wanted.contains(*variant));
        let keys: Vec<_> = changed.iter().filter(is_wanted).copied().collect();
        let mut found = loader::many(ctx, keys.clone()).await?;
        let rows = keys.iter().filter_map(|id| found.remove(id));
        let told = rows.map(|row| StockNews {
            event: ID(event.id.to_string()),
            name: event.name.clone(),
            at: DateTime(event.at),
            variant: ProductVariant(row),
        });
        Ok(stream::iter(told.collect::<Vec<_>>()))
    }

    /// Whenever a cart changes: a guest's by whoever knows its id, a customer's by the customer alone. Several changes in
    /// a quarter of a second can be told as one. Refuses with `NOT_FOUND`.
    async fn cart_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] cart: ID,
    ) -> async_graphql::Result<Told<CartNews>> {
        let id = one_id(ctx, &cart)?;
        let cart = crate::cart::query::show(ctx, id).await?.ok_or_else(|| none(ctx))?;
        let told = news(ctx, Interest::Cart(id)).map(|_| CartNews { cart });
        Ok(stream::iter(told.into_iter().collect::<Vec<_>>()))
    }

    /// Once a ticket is decided, also if it was before: a guest's by whoever knows its id, a customer's by the customer
    /// alone. Refuses with `NOT_FOUND`.
    async fn checkout_ticket_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] ticket: ID,
    ) -> async_graphql::Result<Told<CheckoutTicketNews>> {
        let id = one_id(ctx, &ticket)?;
        let ticket = crate::checkout::query::show(ctx, id).await?.ok_or_else(|| none(ctx))?;
        let told = news(ctx, Interest::Ticket(id)).map(|_| CheckoutTicketNews { ticket });
        Ok(stream::iter(told.into_iter().collect::<Vec<_>>()))
    }
}

/// The news that are told now; none when the subscription begins, which says what is of interest.
fn news(ctx: &Context<'_>, interest: Interest) -> Option<Arc<News>> {
    ctx.data_opt::<Arc<Hearing>>()?.news_of(interest).cloned()
}

fn none(ctx: &Context<'_>) -> async_graphql::Error {
    error::top(ctx.cx().language(), ErrorCode::NotFound, &[])
}

fn one_id<K: Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}

/// The variants, if the channel shows all of them.
async fn shown(ctx: &Context<'_>, ids: &[ID]) -> async_graphql::Result<BTreeSet<Id<Variant>>> {
    input::at_most(ids.to_vec(), MAX_VARIANTS).map_err(|problem| {
        let (code, args) = of_problem(&problem);
        error::top(ctx.cx().language(), code, &args)
    })?;
    let ids: BTreeSet<_> = ids.iter().map(|id| one_id(ctx, id)).collect::<Result<_, _>>()?;
    let found = loader::many(ctx, ids.iter().copied().collect::<Vec<Id<Variant>>>()).await?;
    if ids.iter().all(|id| found.contains_key(id)) { Ok(ids) } else { Err(none(ctx)) }
}
