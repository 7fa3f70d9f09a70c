//! Queries of what staff do with stock: transfers and counts.

use app::inventory::list::{self, COUNTS_SORTED_BY, CountsWanted, TRANSFERS_SORTED_BY, TransfersWanted};
use async_graphql::{Context, ID, InputObject, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadStock},
};

use super::{
    count::StockCount,
    failed,
    query::{ids, one_id},
    transfer::{StockTransfer, StockTransferState},
};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
    loader,
};

/// Which transfers are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StockTransferFilter {
    /// One of these.
    pub ids: Option<Vec<ID>>,
    /// In one of these states.
    pub states: Option<Vec<StockTransferState>>,
    /// From this place.
    pub from: Option<ID>,
    /// To this place.
    pub to: Option<ID>,
}

/// Which counts are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StockCountFilter {
    /// One of these.
    pub ids: Option<Vec<ID>>,
    /// At this place.
    pub location: Option<ID>,
    /// Whether they go on.
    pub is_open: Option<bool>,
}

/// Queries of what staff do with stock.
#[derive(Clone, Copy, Debug, Default)]
pub struct StockWorkQuery;

/// What staff do with stock.
#[Object]
impl StockWorkQuery {
    /// Goods that go from one place of the shop to another, the newest first.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_transfers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which transfers.", default)] filter: StockTransferFilter,
    ) -> async_graphql::Result<Connection<StockTransfer>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = TransfersWanted {
            ids: ids(ctx, filter.ids)?,
            states: filter.states.map(|states| states.into_iter().map(Into::into).collect()),
            from: filter.from.map(|id| one_id(ctx, &id)).transpose()?,
            to: filter.to.map(|id| one_id(ctx, &id)).transpose()?,
        };
        let slice = page.slice(cx, TRANSFERS_SORTED_BY)?;
        let listed = list::transfers(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::Transfer>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Transfer>::new(row.id)).map(StockTransfer)))
    }

    /// Counts of what places hold, the newest first.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which counts.", default)] filter: StockCountFilter,
    ) -> async_graphql::Result<Connection<StockCount>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = CountsWanted {
            ids: ids(ctx, filter.ids)?,
            location: filter.location.map(|id| one_id(ctx, &id)).transpose()?,
            is_open: filter.is_open,
        };
        let slice = page.slice(cx, COUNTS_SORTED_BY)?;
        let listed = list::counts(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::StockCount>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::StockCount>::new(row.id)).map(StockCount)))
    }
}
