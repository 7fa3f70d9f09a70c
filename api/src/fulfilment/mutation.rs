//! Mutations of zones and sourcing.

use app::{
    cx::Cx,
    fulfilment::{self, zones},
};
use async_graphql::{Context, Object, SimpleObject};
use domain::{
    id::{self, Id},
    identity::permission::{Proves, proof::ManageStock},
};

use super::{
    input::{ChannelSourcingSetInput, LocationZonesSetInput, ZoneCreateInput, ZoneUpdateInput},
    source::ChannelSourcing,
    zone::{self, Zone},
};
use crate::{
    graphql::{
        directive::{emits, requires},
        error::UserError,
        language::Reading,
        payload::{Outcome, outcome, split},
    },
    inventory::location_mutation::{LocationPayload, payload as location_payload},
};

/// A zone, or why it was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ZonePayload {
    /// The zone; none if the change was refused.
    pub zone: Option<Zone>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// By which rules a channel chooses, or why that was not changed.
#[derive(SimpleObject, Clone, Debug)]
pub struct ChannelSourcingPayload {
    /// The rules as they are now, or as they would be; none if the change was refused.
    pub sourcing: Option<ChannelSourcing>,
    /// What is wrong. Nothing was changed.
    pub user_errors: Vec<UserError>,
}

/// Mutations of zones and sourcing.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourcingMutation;

/// What staff say of where orders ship from.
#[Object]
impl SourcingMutation {
    /// Makes a zone, which nothing is delivered to and no place serves yet. Refuses with `ZONE_CODE_TAKEN`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("zone.created".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn zone_create(&self, ctx: &Context<'_>, input: ZoneCreateInput) -> async_graphql::Result<ZonePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { zones::create_zone(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Changes a zone: what is delivered to it and what serves it follows from the next cart and order on. Its code
    /// stays. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("zone.updated".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn zone_update(&self, ctx: &Context<'_>, input: ZoneUpdateInput) -> async_graphql::Result<ZonePayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { zones::update_zone(cx, cx.permit()?, input.parse()?).await });
        payload(ctx, done.await?).await
    }

    /// Says which zones a place serves, how far each is and what a parcel there costs. Of the zones that a place
    /// serves, the most specific one that an address lies in counts. Refuses with `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("location.zones_set".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn location_zones_set(
        &self,
        ctx: &Context<'_>,
        input: LocationZonesSetInput,
    ) -> async_graphql::Result<LocationPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { zones::set_location_zones(cx, cx.permit()?, input.parse()?).await });
        location_payload(ctx, done.await?).await
    }

    /// Says by which rules a channel chooses the places that its orders ship from, from the next order on. With
    /// `dryRun` nothing is written. Refuses with `CONFLICT` or `NOT_FOUND`.
    #[graphql(
        directive = requires::apply(ManageStock::PERMISSION.code().to_owned()),
        directive = emits::apply("channel.sourcing_set".to_owned()),
        visible = "crate::graphql::directive::manages_stock"
    )]
    async fn channel_sourcing_set(
        &self,
        ctx: &Context<'_>,
        input: ChannelSourcingSetInput,
    ) -> async_graphql::Result<ChannelSourcingPayload> {
        let cx: &Cx = ctx.cx();
        let done = outcome(cx, async { fulfilment::set_sourcing(cx, cx.permit()?, input.parse()?).await });
        let (sourcing, user_errors) = split(done.await?);
        Ok(ChannelSourcingPayload { sourcing: sourcing.map(Into::into), user_errors })
    }
}

async fn payload(ctx: &Context<'_>, done: Outcome<Id<id::Zone>>) -> async_graphql::Result<ZonePayload> {
    let (zone, user_errors) = split(done);
    let zone = match zone {
        Some(zone) => zone::zones(ctx, vec![zone]).await?.remove(&zone),
        None => None,
    };
    Ok(ZonePayload { zone, user_errors })
}
