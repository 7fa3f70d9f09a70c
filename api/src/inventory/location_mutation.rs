//! Mutations of places.

use app::{cx::Cx, inventory};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageStock},
};

use super::{
    failed,
    location::{ChannelLocation, Location},
    location_input::{ChannelLocationsSetInput, LocationCreateInput, LocationUpdateInput},
};
use crate::graphql::{
    directive::{emits, requires},
    error::{self, UserError},
    language::Reading,
    loader,
    payload::{Outcome, outcome, split},
};

/// A place, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct LocationPayload {
    /// The place; none if the change was refused.
    pub location: Option<Location>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// From which places a channel sells, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelLocationsPayload {
    /// The places, the preferred first; none if the change was refused.
    pub locations: Option<Vec<ChannelLocation>>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of places.
#[derive(Clone, Copy, Debug, Default)]
pub struct LocationMutation;

/// What staff do with places.
#[Object]
impl LocationMutation {
    /// Makes a place, which no channel sells from yet. Refuses with `LOCATION_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("location.created".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn location_create(
        &self,
        ctx: &Context<'_>,
        input: LocationCreateInput,
    ) -> async_graphql::Result<LocationPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::create_location(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Changes a place, or closes it: one that is not active sells nothing, and what it has promised stays promised.
    /// Its code stays. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("location.updated".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn location_update(
        &self,
        ctx: &Context<'_>,
        input: LocationUpdateInput,
    ) -> async_graphql::Result<LocationPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::update_location(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Says from which places a channel sells, in which order they are asked, and what it leaves there. Refuses with
    /// `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.locations_set".to_owned()),
        directive = emits::apply("order.backorder_served".to_owned()),
        directive = emits::apply("stock.low".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn channel_locations_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelLocationsSetInput,
    ) -> async_graphql::Result<ChannelLocationsPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { inventory::set_channel_locations(cx, cx.permit()?, input.parse()?).await });
        let (channel, user_errors) = split(done.await?);
        let Some(channel) = channel else { return Ok(ChannelLocationsPayload { locations: None, user_errors }) };
        let may = cx.permit().map_err(|denied| error::denied(cx.language(), denied))?;
        let sources = inventory::channel_locations_by_id(cx, &may, channel).await;
        let sources = sources.map_err(|fault| failed(ctx, &fault))?;
        let locations = Some(sources.into_iter().map(ChannelLocation).collect());
        Ok(ChannelLocationsPayload { locations, user_errors })
    }
}

/// The place that was changed.
pub async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::Location>>) -> async_graphql::Result<LocationPayload> {
    let (location, user_errors) = split(done);
    let location = match location {
        Some(location) => loader::one(ctx, location).await?.map(Location),
        None => None,
    };
    Ok(LocationPayload { location, user_errors })
}
