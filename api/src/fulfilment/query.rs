//! Queries of zones and sourcing.

use app::fulfilment::{self, zones};
use async_graphql::{Context, Object};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ReadStock},
};

use super::{
    failed,
    source::ChannelSourcing,
    zone::{self, Zone},
};
use crate::graphql::{
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error,
    language::Reading,
};

/// Queries of zones and sourcing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourcingQuery;

/// Where orders ship from.
#[Object]
impl SourcingQuery {
    /// The zones of the shop, by code.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn zones(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
    ) -> async_graphql::Result<Connection<Zone>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let slice = page.slice(cx, zones::ZONES_SORTED_BY)?;
        let listed = zones::zones(cx, &may, slice, wants_total(ctx)).await.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::Zone>::new(row.id)).collect();
        let mut found = zone::zones(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Zone>::new(row.id))))
    }

    /// By which rules a channel chooses the places that its orders ship from; none if there is no such channel.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn channel_sourcing(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The channel's code.")] channel: String,
    ) -> async_graphql::Result<Option<ChannelSourcing>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let sourcing = fulfilment::sourcing(cx, &may, &channel).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(sourcing.map(Into::into))
    }
}
