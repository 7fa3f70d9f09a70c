//! The shop as a request sees it.

use app::channels;
use async_graphql::{Context, Object, SimpleObject};
use store::Fault;

use super::{
    error,
    language::{self, Language, Reading},
    loader,
};
use crate::{
    organisations::organisation::Organisation,
    pricing::discount_cap::{self, DiscountCap},
};

/// What a request is answered in: told by host and headers, visible here and in `extensions.context`.
#[derive(SimpleObject, Clone, Debug)]
pub struct RequestContext {
    /// The channel (`Qafila-Channel`); the shop's first if none is named.
    pub channel: Channel,
    /// The language (`Qafila-Language`, else `Accept-Language`, else the channel's first).
    pub language: Language,
    /// The company that the customer buys for (`Qafila-Organisation`); none: for themselves.
    pub organisation: Option<Organisation>,
}

/// A way to sell.
#[derive(SimpleObject, Clone, Debug)]
pub struct Channel {
    /// How clients name it in `Qafila-Channel`.
    pub code: String,
    /// Its name, in the reader's language.
    pub name: String,
    /// ISO 4217.
    pub currency_code: String,
    /// The languages offered, the default first. Content falls back along this list.
    pub languages: Vec<Language>,
    /// ISO 3166-1 alpha-2: whose tax applies until there is an address.
    pub country: String,
    /// How long after its delivery an order can be sent back, in days: `returnRequest`.
    pub return_days: i64,
    /// What suppliers are to deliver in so many days can be bought today; 0: only what is there.
    pub promise_days: i64,
    /// Whether its prices include tax; where they do not, it comes on top of them in the cart's total.
    pub prices_include_tax: bool,
    /// For how many minutes units that are put into a cart are held for it; none where they are held from the order on.
    pub cart_reservation_minutes: Option<i64>,
    /// How much promotions may take off a cart.
    pub discount_cap: DiscountCap,
}

/// Queries of the shop itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShopQuery;

/// The shop itself.
#[Object]
impl ShopQuery {
    /// What this request is answered in.
    async fn context(&self, ctx: &Context<'_>) -> async_graphql::Result<RequestContext> {
        let channel = ctx.cx().channel().map_err(|fault| failed(ctx, &fault))?;
        let organisation = match ctx.cx().buys_for() {
            Some(id) => loader::one(ctx, id).await?.map(Organisation),
            None => None,
        };
        Ok(RequestContext { channel: show(ctx, channel)?, language: ctx.cx().language().into(), organisation })
    }

    /// The ways to sell, the default first.
    async fn channels(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<Channel>> {
        let rows = channels::all(&ctx.cx().read()).await.map_err(|fault| failed(ctx, &fault))?;
        rows.iter().map(|row| show(ctx, row)).collect()
    }
}

/// A channel, in the reader's language.
pub fn show(ctx: &Context<'_>, row: &entity::channels::channel::Model) -> async_graphql::Result<Channel> {
    Ok(Channel {
        code: row.code.clone(),
        name: language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?,
        currency_code: row.currency.clone(),
        languages: channels::offered(row).into_iter().map(Language::from).collect(),
        country: row.country.clone(),
        return_days: row.return_days,
        promise_days: row.promise_days,
        prices_include_tax: row.prices_include_tax,
        cart_reservation_minutes: row.cart_hold_minutes,
        discount_cap: discount_cap::discount_cap(ctx, row)?,
    })
}

fn failed(ctx: &Context<'_>, fault: &Fault) -> async_graphql::Error {
    error::fault(ctx.cx().language(), ctx.cx().request_id(), fault)
}
