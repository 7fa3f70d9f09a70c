//! Carts that staff make for customers.

use std::{collections::HashMap, sync::Arc};

use app::{
    cart::{
        draft::{
            self, Draft,
            list::{self, SORTED_BY, Wanted},
        },
        view::View,
    },
    channels,
    cx::{Cx, Public},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use domain::{
    cart::draft::DraftState,
    id::{self, Id},
    identity::permission::{Proves, proof::ReadOrders},
    money,
};
use entity::cart::draft_order;
use store::Fault;

use super::cart::Cart;
use crate::{
    graphql::{
        code::ErrorCode,
        connection::{Connection, Paging, connection, wants_total},
        directive::requires,
        error, input,
        language::Reading,
        loader,
        money::Money,
        scalar::DateTime,
    },
    identity::customer::Customer,
    orders::{order::Order, query::find},
};

/// Where a draft stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "DraftState")]
pub enum DraftOrderState {
    /// It can be changed and completed.
    Open,
    /// It became an order.
    Completed,
    /// It was given up.
    Deleted,
}

/// A cart that staff make for a customer. It is priced as any cart is and becomes an order the same way. It holds no stock
/// before that, and no shopper sees it but who has its token.
#[derive(Clone, Debug)]
pub struct DraftOrder {
    row: draft_order::Model,
    view: Arc<View>,
}

/// A price that was agreed on instead of the list's.
#[derive(SimpleObject, Clone, Debug)]
pub struct AgreedPrice {
    /// The line of the cart.
    pub line: ID,
    /// The price of a unit, tax included.
    pub price: Money,
    /// Why.
    pub reason: Option<String>,
}

impl From<Draft> for DraftOrder {
    fn from(draft: Draft) -> Self {
        Self { row: draft.row, view: Arc::new(draft.view) }
    }
}

/// A cart that staff make for a customer. It is priced as any cart is and becomes an order the same way. It holds no stock
/// before that, and no shopper sees it but who has its token.
#[Object]
impl DraftOrder {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.row.id.to_string())
    }

    /// Where it stands.
    async fn state(&self, ctx: &Context<'_>) -> async_graphql::Result<DraftOrderState> {
        let state = DraftState::parse(&self.view.cart.state).map(DraftOrderState::from);
        state.ok_or_else(|| failed(ctx, &Fault::new("a draft in an unknown state")))
    }

    /// What is in it, where it goes and what it costs. Its `version` grows with every change of the draft: pass it as
    /// `expectedVersion`.
    async fn cart(&self) -> Cart {
        Cart(Arc::clone(&self.view))
    }

    /// For whom, for staff with `CUSTOMER_READ`; none for somebody who is known by an e-mail address alone.
    async fn customer(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Customer>> {
        let Some(id) = self.view.cart.customer_id else { return Ok(None) };
        Ok(loader::one(ctx, id).await?.map(Customer))
    }

    /// What is remarked: the first note of its order, which staff alone read.
    async fn note(&self) -> Option<&str> {
        self.row.note.as_deref()
    }

    /// The prices that were agreed on instead of those of the lists.
    async fn agreed_prices(&self) -> Vec<AgreedPrice> {
        let currency = self.view.quote.total.currency;
        let agreed = |line: &app::cart::view::Line| {
            let price = Money(money::Money::new(line.row.agreed_minor?, currency));
            Some(AgreedPrice { line: ID(line.row.id.to_string()), price, reason: line.row.agreed_reason.clone() })
        };
        self.view.lines.iter().filter_map(agreed).collect()
    }

    /// Who made it: an account's id.
    async fn created_by(&self) -> &str {
        &self.row.actor
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// When its token was first asked for; none before.
    async fn sent_at(&self) -> Option<DateTime> {
        self.row.sent_at.map(DateTime)
    }

    /// The order that it became, for staff with `ORDER_READ`.
    async fn order(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<Order>> {
        match self.view.cart.order_id {
            Some(order) => find(ctx, order, None).await,
            None => Ok(None),
        }
    }
}

/// Which drafts are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct DraftOrderFilter {
    /// In one of these states.
    pub states: Option<Vec<DraftOrderState>>,
    /// For this customer.
    pub customer: Option<ID>,
    /// Whose news goes to this e-mail address, whatever its case.
    pub email: Option<String>,
    /// Of the channel of this code.
    pub channel: Option<String>,
}

/// Queries of drafts.
#[derive(Clone, Copy, Debug, Default)]
pub struct DraftQuery;

/// What staff make for customers.
#[Object]
impl DraftQuery {
    /// A draft, of any channel; none if there is none.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn draft_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] id: ID,
    ) -> async_graphql::Result<Option<DraftOrder>> {
        ctx.cx().permit::<ReadOrders>().map_err(|denied| error::denied(ctx.cx().language(), denied))?;
        show(ctx, one_id(ctx, &id)?).await
    }

    /// Drafts of all channels, the newest first.
    #[graphql(
        directive = requires::apply(ReadOrders::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_orders"
    )]
    async fn draft_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which drafts.", default)] filter: DraftOrderFilter,
    ) -> async_graphql::Result<Connection<DraftOrder>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadOrders>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = filter.parse(ctx).await?;
        let listed = list::drafts(cx, may, &wanted, page.slice(cx, SORTED_BY)?, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::DraftOrder>::new(row.id)).collect();
        let mut found = drafts(ctx, &ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(DraftOrder::from)))
    }

    /// The cart of a draft that was sent to the customer, for whoever has its token: complete it with
    /// `draftOrderAccept`. Of a wrong token there is none, nor of a draft that became an order or was given up.
    async fn draft_order_offer(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What `draftOrderSend` gave.")] token: String,
    ) -> async_graphql::Result<Option<Cart>> {
        let found = draft::offered(ctx.cx(), Public, &token).await;
        Ok(found.map_err(|fault| failed(ctx, &fault))?.map(|view| Cart(Arc::new(view))))
    }
}

impl DraftOrderFilter {
    async fn parse(self, ctx: &Context<'_>) -> async_graphql::Result<Wanted> {
        let channel = match self.channel {
            None => None,
            Some(code) => {
                let found = channels::by_code(&ctx.cx().read(), &code).await.map_err(|fault| failed(ctx, &fault))?;
                let unknown = || error::top(ctx.cx().language(), ErrorCode::ChannelUnknown, &[]);
                Some(found.ok_or_else(unknown)?.id)
            }
        };
        Ok(Wanted {
            states: self.states.map(|states| states.into_iter().map(DraftState::from).collect()),
            customer: self.customer.map(|id| one_id(ctx, &id)).transpose()?,
            email: self.email,
            channel,
        })
    }
}

/// A draft that the caller may see, priced now.
pub(super) async fn show(ctx: &Context<'_>, id: Id<id::DraftOrder>) -> async_graphql::Result<Option<DraftOrder>> {
    Ok(drafts(ctx, &[id]).await?.remove(&id).map(DraftOrder::from))
}

async fn drafts(
    ctx: &Context<'_>,
    ids: &[Id<id::DraftOrder>],
) -> async_graphql::Result<HashMap<Id<id::DraftOrder>, Draft>> {
    draft::load::drafts(ctx.cx(), ids).await.map_err(|fault| failed(ctx, &fault))
}

fn one_id<K: id::Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    let cx: &Cx = ctx.cx();
    error::fault(cx.language(), cx.request_id(), fault)
}
