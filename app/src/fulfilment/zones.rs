//! Parts of the world, and the places that serve them.

use std::collections::HashMap;

use domain::{
    fulfilment::{delivery::Area, events::FulfilmentEvent},
    id::{Id, Location, Zone},
    identity::{
        country::Country,
        permission::proof::{ManageStock, ReadStock},
    },
    invalid::{Invalid, Problem},
};
use entity::fulfilment::{location_zone, zone};
use sea_orm::{IntoActiveModel, sea_query::Expr};
use store::{Fault, Once, Read, Slice, Sort, SortKind, Tx};

use super::{SourcingError, rows};
use crate::{
    cx::{Cx, Permit},
    list::{Listed, grouped},
};

/// A zone to make.
#[derive(Clone, Debug)]
pub struct CreateZone {
    /// Its name in imports.
    pub code: String,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether the remote-area surcharge applies.
    pub is_remote: bool,
    /// Cities, folded, each with its country; an empty one is the whole country.
    pub areas: Vec<(Country, String)>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// What changes of a zone. What is not said stays as it is.
#[derive(Clone, Debug)]
pub struct UpdateZone {
    /// The zone.
    pub zone: Id<Zone>,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether the remote-area surcharge applies.
    pub is_remote: Option<bool>,
    /// Cities, folded, each with its country; an empty one is the whole country.
    pub areas: Option<Vec<(Country, String)>>,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// The zones that a place shall serve.
#[derive(Clone, Debug)]
pub struct SetLocationZones {
    /// The place.
    pub location: Id<Location>,
    /// The zones, each once, with the rank at which it serves them and what a parcel there costs.
    pub zones: Vec<(Id<Zone>, i64, Option<i64>)>,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// Makes a zone, which nothing is delivered to yet. Emits `zone.created`.
pub async fn create_zone(cx: &Cx, _may: Permit<ManageStock>, input: CreateZone) -> Result<Id<Zone>, SourcingError> {
    let CreateZone { code, name_ar, name_en, is_remote, areas, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        let (id, tenant_id) = (tx.new_id(), tx.scope().tenant());
        let row = zone::Model { tenant_id, id, code: code.clone(), is_remote, name_ar, name_en, version: 1 };
        if !tx.insert_new(row.clone().into_active_model()).await? {
            return Err(SourcingError::CodeTaken);
        }
        rows::set_areas(tx, id, &areas).await?;
        tx.emit(&told(tx, &row).await?).await?;
        Ok(id)
    })
    .await
}

/// A zone as its event tells it, with what lies in it now.
async fn told(tx: &Tx, zone: &zone::Model) -> Result<FulfilmentEvent, Fault> {
    let areas = rows::areas(tx, &[zone.id]).await?;
    Ok(FulfilmentEvent::Zone {
        zone: zone.id,
        code: zone.code.clone(),
        name_ar: zone.name_ar.clone(),
        name_en: zone.name_en.clone(),
        is_remote: zone.is_remote,
        areas: areas.into_iter().map(|area| (area.country.as_str().to_owned(), area.cities)).collect(),
        version: zone.version,
        at: tx.now(),
    })
}

/// Changes a zone: what is delivered to it, and what serves it, follows. Emits `zone.updated`.
pub async fn update_zone(cx: &Cx, _may: Permit<ManageStock>, input: UpdateZone) -> Result<Id<Zone>, SourcingError> {
    let once = input.once.clone();
    cx.write_once(once.as_ref(), async |tx| {
        let was = rows::zones(tx, &[input.zone]).await?.pop().ok_or(SourcingError::NoZone)?;
        if input.expected_version.is_some_and(|version| version != was.version) {
            return Err(SourcingError::Stale);
        }
        let before = told(tx, &was).await?;
        let next = zone::Model {
            name_ar: input.name_ar.or_else(|| was.name_ar.clone()),
            name_en: input.name_en.or_else(|| was.name_en.clone()),
            is_remote: input.is_remote.unwrap_or(was.is_remote),
            version: was.version.saturating_add(1),
            ..was.clone()
        };
        if next.name_ar.is_none() && next.name_en.is_none() {
            return Err(Invalid::at("nameEn", Problem::Required).into());
        }
        if !rows::replace_zone(tx, &was, &next).await? {
            return Err(SourcingError::Stale);
        }
        if let Some(areas) = &input.areas {
            rows::set_areas(tx, next.id, areas).await?;
        }
        tx.emit_change(&before, &told(tx, &next).await?).await?;
        Ok(next.id)
    })
    .await
}

/// Sets which zones a place serves, in place of those it did. Emits `location.zones_set`.
pub async fn set_location_zones(
    cx: &Cx,
    _may: Permit<ManageStock>,
    input: SetLocationZones,
) -> Result<Id<Location>, SourcingError> {
    let SetLocationZones { location, zones, once } = input;
    cx.write_once(once.as_ref(), async |tx| {
        if !rows::touch_location(tx, location).await? {
            return Err(SourcingError::NoLocation);
        }
        let ids: Vec<_> = zones.iter().map(|(zone, ..)| *zone).collect();
        let there: Vec<_> = rows::zones(tx, &ids).await?.into_iter().map(|row| row.id).collect();
        let missing: Vec<_> =
            ids.iter().enumerate().filter(|(_, id)| !there.contains(id)).map(|(index, _)| index).collect();
        if !missing.is_empty() {
            return Err(SourcingError::NoZones(missing));
        }
        let was = rows::served(tx, &[location]).await?;
        rows::set_served(tx, location, &zones).await?;
        let set = |zones| FulfilmentEvent::LocationZonesSet { location, zones, at: tx.now() };
        let before = was.iter().map(|row| (row.zone_id, row.rank)).collect();
        tx.emit_change(&set(before), &set(zones.iter().map(|(zone, rank, _)| (*zone, *rank)).collect())).await?;
        Ok(location)
    })
    .await
}

/// What zones are sorted by: their code.
pub const ZONES_SORTED_BY: SortKind = SortKind::Text("zone.code");

/// Zones, by code.
pub async fn zones(cx: &Cx, _may: &Permit<ReadStock>, slice: Slice, with_total: bool) -> Result<Listed, Fault> {
    let read = cx.read();
    let total = if with_total { Some(read.find::<zone::Entity>().count().await?) } else { None };
    let sort = Sort { by: Expr::col((zone::Entity, zone::Column::Code)), kind: ZONES_SORTED_BY, descending: false };
    Ok(Listed { page: read.find::<zone::Entity>().page(zone::Column::Id, sort, slice).await?, total })
}

/// Zones by id.
pub async fn zones_by_id(read: &Read, ids: &[Id<Zone>]) -> Result<HashMap<Id<Zone>, zone::Model>, Fault> {
    Ok(rows::zones(read, ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// What lies in each zone.
pub async fn areas_of(read: &Read, ids: &[Id<Zone>]) -> Result<HashMap<Id<Zone>, Vec<Area>>, Fault> {
    Ok(grouped(rows::areas(read, ids).await?.into_iter().map(|area| (area.zone, area))))
}

/// The zones that each place serves, the nearest first.
pub async fn served_by(
    read: &Read,
    ids: &[Id<Location>],
) -> Result<HashMap<Id<Location>, Vec<location_zone::Model>>, Fault> {
    Ok(grouped(rows::served(read, ids).await?.into_iter().map(|row| (row.location_id, row))))
}
