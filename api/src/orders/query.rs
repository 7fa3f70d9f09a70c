//! Queries of orders.

use app::{
    channels,
    cx::Public,
    list::Listed,
    orders::{
        self,
        list::{self, List, Wanted},
    },
};
use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use domain::{
    id::{self, Id, Kind},
    identity::permission::{Proves, proof::ReadOrders},
    orders::state::State,
    text,
};

use super::{failed, order::Order, state::OrderState};
use crate::{
    catalog::query::OrderDirection,
    graphql::{
        code::ErrorCode,
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error, input,
        language::Reading,
        scalar::DateTime,
    },
};

/// How an order is named.
#[derive(OneofObject, Clone, Debug)]
pub enum OrderBy {
    /// By its id: customers see their own, staff with `ORDER_READ` see all.
    Id(ID),
    /// By its number and the token that checkout gave: whoever knows both sees it.
    Guest(OrderGuestInput),
}

/// What a guest knows of an order.
#[derive(InputObject, Clone, Debug)]
pub struct OrderGuestInput {
    /// Its number. Arabic digits will do.
    pub number: String,
    /// The `orderToken` of `checkoutComplete`.
    pub token: String,
}

/// Which orders are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct OrderFilter {
    /// In one of these states.
    pub states: Option<Vec<OrderState>>,
    /// Of this number, exactly: ours, in which Arabic digits will do, or that of the system it was imported from.
    pub number: Option<String>,
    /// Whose news goes to this e-mail address, whatever its case.
    pub email: Option<String>,
    /// Placed by this customer.
    pub customer: Option<ID>,
    /// Bought for this company.
    pub organisation: Option<ID>,
    /// Placed in the channel of this code.
    pub channel: Option<String>,
    /// Placed at this instant or later.
    pub placed_from: Option<DateTime>,
    /// Placed before this instant.
    pub placed_until: Option<DateTime>,
    /// With this tag, however it is spelled.
    pub tag: Option<String>,
    /// With a line of this SKU, exactly.
    pub sku: Option<String>,
    /// Of which goods left the place of this code.
    pub location: Option<String>,
    /// With all these words in number, e-mail address or telephone number.
    pub search: Option<String>,
}

/// What orders are sorted by.
#[derive(InputObject, Clone, Copy, Debug)]
pub struct OrderSort {
    /// The field.
    pub field: OrderSortField,
    /// Which way.
    pub direction: OrderDirection,
}

/// What orders can be sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "list::OrderSort")]
pub enum OrderSortField {
    /// When they were placed.
    PlacedAt,
    /// Their number, as text.
    Number,
    /// What is to be paid, in minor units whatever the currency.
    Total,
}

/// Queries of orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct OrdersQuery;

/// What was ordered.
#[Object]
impl OrdersQuery {
    /// An order; none if there is none, or it is not yours to see.
    async fn order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: OrderBy,
    ) -> async_graphql::Result<Option<Order>> {
        match by {
            OrderBy::Id(id) => find(ctx, one_id(ctx, &id)?, None).await,
            OrderBy::Guest(guest) => {
                let number = text::ascii_digits(guest.number.trim());
                let found = orders::get_by_token(ctx.cx(), Public, &number, &guest.token).await;
                Ok(found.map_err(|fault| failed(ctx, &fault))?.map(Order))
            }
        }
    }

    /// Orders of the shop, in all its channels.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which orders.", default)] filter: OrderFilter,
        #[graphql(desc = "In which order; the newest first if left out.")] sort_by: Option<OrderSort>,
    ) -> async_graphql::Result<Connection<Order>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let list = list(ctx, filter.parse(ctx).await?, page, sort_by)?;
        show(ctx, list::orders(cx, may, list).await.map_err(|fault| failed(ctx, &fault))?).await
    }

    /// The orders of the customer who is signed in, in all channels of the shop.
    async fn my_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Only orders in one of these states.")] states: Option<Vec<OrderState>>,
        #[graphql(desc = "In which order; the newest first if left out.")] sort_by: Option<OrderSort>,
    ) -> async_graphql::Result<Connection<Order>> {
        let cx = ctx.cx();
        let customer = cx.customer().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = Wanted { states: states.map(of_domain), ..Wanted::default() };
        let list = list(ctx, wanted, page, sort_by)?;
        show(ctx, list::own(cx, customer, list).await.map_err(|fault| failed(ctx, &fault))?).await
    }
}

/// An order that the caller may see by its id, or by its token if there is one.
pub async fn find(ctx: &Context<'_>, id: Id<id::Order>, token: Option<&str>) -> async_graphql::Result<Option<Order>> {
    let found = orders::visible_with_token(ctx.cx(), id, token).await;
    Ok(found.map_err(|fault| failed(ctx, &fault))?.map(Order))
}

fn list(ctx: &Context<'_>, wanted: Wanted, page: Paging, sort_by: Option<OrderSort>) -> async_graphql::Result<List> {
    let sort_by = sort_by.unwrap_or(OrderSort { field: OrderSortField::PlacedAt, direction: OrderDirection::Desc });
    let (sort, descending) = (list::OrderSort::from(sort_by.field), sort_by.direction == OrderDirection::Desc);
    Ok(List { wanted, sort, descending, slice: page.slice(ctx.cx(), sort.kind())?, with_total: wants_total(ctx) })
}

async fn show(ctx: &Context<'_>, listed: Listed) -> async_graphql::Result<Connection<Order>> {
    let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
    let mut found = orders::load::orders(ctx.cx(), &ids).await.map_err(|fault| failed(ctx, &fault))?;
    Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(Order)))
}

impl OrderFilter {
    async fn parse(self, ctx: &Context<'_>) -> async_graphql::Result<Wanted> {
        let channel = match self.channel {
            Some(code) => Some(channel(ctx, &code).await?),
            None => None,
        };
        Ok(Wanted {
            states: self.states.map(of_domain),
            number: self.number,
            email: self.email,
            customer: self.customer.map(|id| one_id(ctx, &id)).transpose()?,
            organisation: self.organisation.map(|id| one_id(ctx, &id)).transpose()?,
            channel,
            placed_from: self.placed_from.map(|at| at.0),
            placed_until: self.placed_until.map(|at| at.0),
            tag: self.tag,
            sku: self.sku,
            location: self.location,
            search: self.search,
        })
    }
}

async fn channel(ctx: &Context<'_>, code: &str) -> async_graphql::Result<Id<id::Channel>> {
    let found = channels::by_code(&ctx.cx().read(), code).await.map_err(|fault| failed(ctx, &fault))?;
    let unknown = || error::top(ctx.cx().language(), ErrorCode::ChannelUnknown, &[]);
    found.map(|row| row.id).ok_or_else(unknown)
}

fn of_domain(states: Vec<OrderState>) -> Vec<State> {
    states.into_iter().map(State::from).collect()
}

pub(super) fn one_id<K: Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}
