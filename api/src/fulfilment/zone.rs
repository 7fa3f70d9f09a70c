//! Zones, and the places that serve them.

use std::collections::HashMap;

use async_graphql::{Context, ID, SimpleObject};
use domain::{
    fulfilment::delivery::Area,
    id::{self, Id},
};
use entity::fulfilment::location_zone;

use super::failed;
use crate::graphql::{
    language,
    loader::{self, AreasOf},
};

/// A part of the world: what is delivered to at the same price, or served by the same places.
#[derive(SimpleObject, Clone, Debug)]
pub struct Zone {
    /// Its id.
    pub id: ID,
    /// Its name in imports, such as `sa-riyadh`.
    pub code: String,
    /// Its name, in the reader's language; its code if it has none.
    pub name: String,
    /// Whether delivery to it costs the surcharge of remote areas.
    pub is_remote: bool,
    /// What lies in it.
    pub areas: Vec<ZoneArea>,
    /// Counts its changes; 1 when it is new. See `expectedVersion`.
    pub version: i64,
}

/// What of a country lies in a zone.
#[derive(SimpleObject, Clone, Debug)]
pub struct ZoneArea {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The cities, in a form that compares every spelling alike; none: the whole country.
    pub cities: Vec<String>,
}

/// Zones by id, with what lies in them.
pub async fn zones(ctx: &Context<'_>, ids: Vec<Id<id::Zone>>) -> async_graphql::Result<HashMap<Id<id::Zone>, Zone>> {
    let mut areas = loader::many(ctx, ids.iter().map(|id| AreasOf(*id)).collect()).await?;
    let mut shown = HashMap::with_capacity(ids.len());
    for (id, row) in loader::many(ctx, ids).await? {
        let name = language::text(ctx, row.name_ar.as_deref(), row.name_en.as_deref(), None)?;
        let area = |of: Area| ZoneArea { country: of.country.as_str().to_owned(), cities: of.cities };
        let zone = Zone {
            id: ID(id.to_string()),
            name: if name.is_empty() { row.code.clone() } else { name },
            code: row.code,
            is_remote: row.is_remote,
            areas: areas.remove(&AreasOf(id)).unwrap_or_default().into_iter().map(area).collect(),
            version: row.version,
        };
        shown.insert(id, zone);
    }
    Ok(shown)
}

/// That a place serves a zone.
#[derive(SimpleObject, Clone, Debug)]
pub struct LocationZone {
    /// The zone.
    pub zone: Zone,
    /// How far it is: of the places of a channel that with the lowest is the nearest.
    pub rank: i64,
    /// What a parcel there costs the shop, in minor units of the currency in which it compares its places; none if
    /// nobody said.
    pub cost_minor: Option<i64>,
}

/// Zones as they are served, with what they are.
pub async fn served(ctx: &Context<'_>, rows: Vec<location_zone::Model>) -> async_graphql::Result<Vec<LocationZone>> {
    let ids: Vec<_> = rows.iter().map(|row| row.zone_id).collect();
    let found = zones(ctx, ids).await?;
    let zone = |row: location_zone::Model| {
        let zone = found.get(&row.zone_id).cloned();
        let zone = zone.ok_or_else(|| failed(ctx, &store::Fault::new("a place serves no zone")))?;
        Ok(LocationZone { zone, rank: row.rank, cost_minor: row.cost_minor })
    };
    rows.into_iter().map(zone).collect()
}
