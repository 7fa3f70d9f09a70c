//! The statements of zones and sourcing.

use std::collections::BTreeMap;

use domain::{
    fulfilment::delivery::Area,
    id::{Channel, Id, Location, Order, Zone},
    identity::country::Country,
};
use entity::{
    fulfilment::{channel_sourcing, location_zone, sourcing_decision, zone, zone_area},
    inventory::location,
};
use sea_orm::{ColumnTrait, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use store::{Fault, Read, Tx};

/// Zones by id.
pub(super) async fn zones(read: &Read, ids: &[Id<Zone>]) -> Result<Vec<zone::Model>, Fault> {
    read.find::<zone::Entity>().filter(zone::Column::Id.is_in(ids.iter().copied())).all().await
}

/// What lies in zones.
pub(super) async fn areas(read: &Read, zones: &[Id<Zone>]) -> Result<Vec<Area>, Fault> {
    let mut cities: BTreeMap<(Id<Zone>, Country), Vec<String>> = BTreeMap::new();
    for row in rows_of(read, zones).await? {
        let Ok(country) = Country::parse(&row.country) else { continue };
        let named = cities.entry((row.zone_id, country)).or_default();
        named.extend(Some(row.city).filter(|city| !city.is_empty()));
    }
    Ok(cities.into_iter().map(|((zone, country), cities)| Area { zone, country, cities }).collect())
}

async fn rows_of(read: &Read, zones: &[Id<Zone>]) -> Result<Vec<zone_area::Model>, Fault> {
    let find = read.find::<zone_area::Entity>().by_any(zones.iter().copied());
    find.order_by_asc(zone_area::Column::City).all().await
}

/// Writes what lies in a zone, in place of what did.
pub(super) async fn set_areas(tx: &Tx, zone: Id<Zone>, areas: &[(Country, String)]) -> Result<(), Fault> {
    tx.delete::<zone_area::Entity>().by(zone).run().await?;
    let row = |(country, city): &(Country, String)| zone_area::ActiveModel {
        zone_id: Set(zone),
        country: Set(country.as_str().to_owned()),
        city: Set(city.clone()),
        ..Default::default()
    };
    tx.insert_many(areas.iter().map(row)).await
}

/// Changes a zone, if it still is as it was. Says whether it did.
pub(super) async fn replace_zone(tx: &Tx, was: &zone::Model, next: &zone::Model) -> Result<bool, Fault> {
    let changed = tx
        .update::<zone::Entity>()
        .by(was.id)
        .filter(zone::Column::Version.eq(was.version))
        .set(zone::Column::NameAr, next.name_ar.clone())
        .set(zone::Column::NameEn, next.name_en.clone())
        .set(zone::Column::IsRemote, next.is_remote)
        .set(zone::Column::Version, next.version)
        .run()
        .await?;
    Ok(changed == 1)
}

/// The zones that places serve, the nearest first.
pub(super) async fn served(read: &Read, locations: &[Id<Location>]) -> Result<Vec<location_zone::Model>, Fault> {
    let find = read.find::<location_zone::Entity>().by_any(locations.iter().copied());
    find.order_by_asc(location_zone::Column::Rank).order_by_asc(location_zone::Column::ZoneId).all().await
}

/// Counts a change of a place: of two who set its zones at once, one waits. Says whether there is such a place.
pub(super) async fn touch_location(tx: &Tx, id: Id<Location>) -> Result<bool, Fault> {
    let next = Expr::col(location::Column::Version).add(1_i64);
    Ok(tx.update::<location::Entity>().by(id).set(location::Column::Version, next).run().await? == 1)
}

/// Sets the zones that a place serves, in place of those it did.
pub(super) async fn set_served(
    tx: &Tx,
    location: Id<Location>,
    zones: &[(Id<Zone>, i64, Option<i64>)],
) -> Result<(), Fault> {
    tx.delete::<location_zone::Entity>().by(location).run().await?;
    let row = |(zone, rank, cost): &(Id<Zone>, i64, Option<i64>)| location_zone::ActiveModel {
        location_id: Set(location),
        zone_id: Set(*zone),
        rank: Set(*rank),
        cost_minor: Set(*cost),
        ..Default::default()
    };
    tx.insert_many(zones.iter().map(row)).await
}

/// What a channel said of its sourcing.
pub(super) async fn sourcing(read: &Read, channel: Id<Channel>) -> Result<Option<channel_sourcing::Model>, Fault> {
    read.find::<channel_sourcing::Entity>().by(channel).one().await
}

/// Changes what a channel said, if it still is as it was. Says whether it did.
pub(super) async fn replace_sourcing(tx: &Tx, next: &channel_sourcing::Model) -> Result<bool, Fault> {
    let changed = tx
        .update::<channel_sourcing::Entity>()
        .by(next.channel_id)
        .filter(channel_sourcing::Column::Version.eq(next.version.saturating_sub(1)))
        .set(channel_sourcing::Column::Rules, next.rules.clone())
        .set(channel_sourcing::Column::AllowSplit, next.allow_split)
        .set(channel_sourcing::Column::Version, next.version)
        .run()
        .await?;
    Ok(changed == 1)
}

/// What was decided of orders, the oldest first.
pub(super) async fn decisions(read: &Read, orders: &[Id<Order>]) -> Result<Vec<sourcing_decision::Model>, Fault> {
    let find = read.find::<sourcing_decision::Entity>().by_any(orders.iter().copied());
    find.order_by_asc(sourcing_decision::Column::At).order_by_asc(sourcing_decision::Column::Id).all().await
}
