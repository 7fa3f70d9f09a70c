//! Places that hold stock.

use app::channels::Source;
use async_graphql::{Context, Enum, ID, Object};
use domain::inventory::place;
use entity::inventory::location;

use super::found;
use crate::{
    fulfilment::zone::{self, LocationZone},
    graphql::{
        language,
        loader::{self, ZonesOf},
    },
};

/// A place that holds stock.
#[derive(Clone, Debug)]
pub struct Location(pub location::Model);

/// What a place is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "place::PlaceKind")]
pub enum LocationKind {
    /// It ships.
    Warehouse,
    /// People come to it.
    Shop,
    /// A supplier holds what is the shop's.
    Supplier,
    /// On the way.
    Transit,
}

/// A place that holds stock.
#[Object]
impl Location {
    /// Its id.
    pub async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Its name in imports, such as `riyadh`.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Its name, in the reader's language.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        self.named(ctx)
    }

    /// Its Arabic name; none if it has none.
    async fn name_ar(&self) -> Option<&str> {
        self.0.name_ar.as_deref()
    }

    /// Its English name; none if it has none.
    async fn name_en(&self) -> Option<&str> {
        self.0.name_en.as_deref()
    }

    /// What it is.
    async fn kind(&self, ctx: &Context<'_>) -> async_graphql::Result<LocationKind> {
        Ok(found(ctx, place::PlaceKind::parse(&self.0.kind), "a place of no kind")?.into())
    }

    /// The city it is in.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// Where in the city, in its own words.
    async fn address(&self) -> Option<&str> {
        self.0.address.as_deref()
    }

    /// Whether channels sell from it. One that is not active sells nothing, whatever it holds.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }

    /// The zones that it serves, the nearest first.
    async fn zones(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<LocationZone>> {
        let rows = loader::one(ctx, ZonesOf(self.0.id)).await?.unwrap_or_default();
        zone::served(ctx, rows).await
    }

    /// Counts its changes; 1 when it is new. See `expectedVersion`.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

impl Location {
    /// Its name, in the reader's language.
    pub fn named(&self, ctx: &Context<'_>) -> async_graphql::Result<String> {
        language::text(ctx, self.0.name_ar.as_deref(), self.0.name_en.as_deref(), None)
    }
}

/// A place that a channel sells from.
#[derive(Clone, Copy, Debug)]
pub struct ChannelLocation(pub Source);

/// A place that a channel sells from.
#[Object]
impl ChannelLocation {
    /// The place.
    async fn location(&self, ctx: &Context<'_>) -> async_graphql::Result<Location> {
        let row = loader::one(ctx, self.0.location).await?;
        Ok(Location(found(ctx, row, "a channel that sells from no place")?))
    }

    /// Units of each variant there that the channel does not sell.
    async fn buffer(&self) -> i64 {
        self.0.buffer
    }
}
