//! Queries of stock.

use app::inventory::{
    self,
    list::{self, LevelSort, LevelsWanted, MOVEMENTS_SORTED_BY, MovementsWanted, PLACES_SORTED_BY, PlacesWanted},
};
use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::{
    id::{self, Id, Kind},
    identity::permission::{Proves, proof::ReadStock},
};

use super::{
    failed,
    level::StockLevel,
    location::{ChannelLocation, Location, LocationKind},
    movement::{StockMovement, StockMovementCause},
};
use crate::graphql::{
    code::ErrorCode,
    connection::{Connection, Paging, connection, wants_total},
    directive::requires,
    error, input,
    language::Reading,
    loader,
    scalar::DateTime,
};

/// Which stock levels are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StockLevelFilter {
    /// Of one of these variants.
    pub variants: Option<Vec<ID>>,
    /// At one of these places.
    pub locations: Option<Vec<ID>>,
    /// Whether there is little: as much as the threshold of the level, or less.
    pub is_low: Option<bool>,
}

/// What stock levels are sorted by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Default)]
#[graphql(remote = "LevelSort")]
pub enum StockLevelSort {
    /// When something was first there, the oldest first: pages stay as they are while stock moves.
    #[default]
    Since,
    /// Units that are free, the fewest first.
    Available,
}

/// Which movements are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct StockMovementFilter {
    /// Of this variant.
    pub variant: Option<ID>,
    /// At this place.
    pub location: Option<ID>,
    /// Of this cause.
    pub cause: Option<StockMovementCause>,
    /// At this instant or later.
    pub since: Option<DateTime>,
    /// Before this instant.
    pub until: Option<DateTime>,
}

/// Which places are wanted. What is not said does not restrict; what is said restricts together.
#[derive(InputObject, Clone, Debug, Default)]
pub struct LocationFilter {
    /// Of one of these kinds.
    pub kinds: Option<Vec<LocationKind>>,
    /// Whether channels sell from it.
    pub is_active: Option<bool>,
}

/// Queries of stock.
#[derive(Clone, Copy, Debug, Default)]
pub struct InventoryQuery;

/// What there is, where.
#[Object]
impl InventoryQuery {
    /// What the places of the shop hold.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which levels.", default)] filter: StockLevelFilter,
        #[graphql(desc = "In which order.", default)] sort_by: StockLevelSort,
    ) -> async_graphql::Result<Connection<StockLevel>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let sort = LevelSort::from(sort_by);
        let wanted = LevelsWanted {
            variants: ids(ctx, filter.variants)?,
            locations: ids(ctx, filter.locations)?,
            is_low: filter.is_low,
        };
        let part = (page.slice(cx, sort.kind())?, wants_total(ctx));
        let listed = list::levels(cx, &may, &wanted, sort, part).await.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let found = inventory::load::levels_by_id(cx, &may, &ids).await;
        let mut found = found.map_err(|fault| failed(ctx, &fault))?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(StockLevel)))
    }

    /// What changed of stock, the newest first. Each level is the sum of its movements.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn stock_movements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which movements.", default)] filter: StockMovementFilter,
    ) -> async_graphql::Result<Connection<StockMovement>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let wanted = MovementsWanted {
            variant: filter.variant.map(|id| one_id(ctx, &id)).transpose()?,
            location: filter.location.map(|id| one_id(ctx, &id)).transpose()?,
            cause: filter.cause.map(Into::into),
            since: filter.since.map(|at| at.0),
            until: filter.until.map(|at| at.0),
        };
        let slice = page.slice(cx, MOVEMENTS_SORTED_BY)?;
        let listed = list::movements(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::new(row.id)).collect();
        let found = inventory::load::movements(cx, &may, &ids).await;
        let mut found = found.map_err(|fault| failed(ctx, &fault))?;
        Ok(connection(listed, |row| found.remove(&Id::new(row.id)).map(StockMovement)))
    }

    /// The places of the shop that hold stock, by code.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which part of the list.", default)] page: Paging,
        #[graphql(desc = "Which places.", default)] filter: LocationFilter,
    ) -> async_graphql::Result<Connection<Location>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let kinds = filter.kinds.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let wanted = PlacesWanted { kinds, is_active: filter.is_active };
        let slice = page.slice(cx, PLACES_SORTED_BY)?;
        let listed = list::places(cx, &may, &wanted, slice, wants_total(ctx)).await;
        let listed = listed.map_err(|fault| failed(ctx, &fault))?;
        let ids: Vec<_> = listed.page.rows.iter().map(|row| Id::<id::Location>::new(row.id)).collect();
        let mut found = loader::many(ctx, ids).await?;
        Ok(connection(listed, |row| found.remove(&Id::<id::Location>::new(row.id)).map(Location)))
    }

    /// From which places a channel sells, the preferred first; none if there is no such channel.
    #[graphql(
        directive = requires::apply(ReadStock::PERMISSION.code().to_owned()),
        visible = "crate::graphql::directive::reads_stock"
    )]
    async fn channel_locations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The channel's code.")] channel: String,
    ) -> async_graphql::Result<Option<Vec<ChannelLocation>>> {
        let cx = ctx.cx();
        let may = cx.permit::<ReadStock>().map_err(|denied| error::denied(cx.language(), denied))?;
        let sources = inventory::channel_locations(cx, &may, &channel).await.map_err(|fault| failed(ctx, &fault))?;
        Ok(sources.map(|sources| sources.into_iter().map(ChannelLocation).collect()))
    }
}

/// An id in a filter.
pub(super) fn one_id<K: Kind>(ctx: &Context<'_>, id: &ID) -> async_graphql::Result<Id<K>> {
    input::id(id).map_err(|_| error::top(ctx.cx().language(), ErrorCode::InvalidId, &[]))
}

/// The ids in a filter.
pub(super) fn ids<K: Kind>(ctx: &Context<'_>, ids: Option<Vec<ID>>) -> async_graphql::Result<Option<Vec<Id<K>>>> {
    let read = |ids: Vec<ID>| ids.iter().map(|id| one_id(ctx, id)).collect();
    ids.map(read).transpose()
}
