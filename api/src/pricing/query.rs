//! Queries of price lists.

use app::{
    cx::{Cx, Permit},
    pricing::load,
};
use async_graphql::{Context, ID, Object, OneofObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadPrices},
};

use super::{failed, list::PriceList};
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    loader,
};

/// How a price list is named.
#[derive(OneofObject, Clone, Debug)]
pub enum PriceListBy {
    /// By its id.
    Id(ID),
    /// By its code.
    Code(String),
}

/// Queries of price lists.
#[derive(Clone, Copy, Debug, Default)]
pub struct PricingQuery;

/// What things cost whom.
#[Object]
impl PricingQuery {
    /// A price list; none if there is none.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn price_list(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] by: PriceListBy,
    ) -> async_graphql::Result<Option<PriceList>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let found = match by {
            PriceListBy::Id(id) => {
                let wrong = |_| error::top(cx.language(), ErrorCode::InvalidId, &[]);
                loader::one(ctx, input::id::<id::PriceList>(&id).map_err(wrong)?).await?
            }
            PriceListBy::Code(code) => {
                load::list_by_code(cx, &may, &code).await.map_err(|fault| failed(ctx, &fault))?
            }
        };
        Ok(found.map(PriceList))
    }

    /// The price lists, by code.
    #[graphql(
        directive = requires::apply(ReadPrices::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_prices"
    )]
    async fn price_lists(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<PriceList>> {
        let cx = ctx.cx();
        let may = reads(cx)?;
        let slice = page.slice(cx, load::LISTS_SORTED_BY)?;
        let listed = load::page_of_lists(cx, &may, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids = listed.page.rows.iter().map(|row| Id::<id::PriceList>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::PriceList>::new(row.id)).map(PriceList)))
    }
}

fn reads(cx: &Cx) -> async_graphql::Result<Permit<ReadPrices>> {
    cx.permit().map_err(|denied| error::denied(cx.language(), denied))
}
