//! Where it is delivered to, how, and for how much.

use std::collections::HashSet;

use domain::{id::DeliveryMethod, id::Id, text};
use entity::fulfilment::{delivery_method, delivery_rate, zone, zone_area};
use sea_orm::Set;

use super::{
    desk::{At, position, shop},
    error::What,
    format_shop::{DeliveryRate, Shop, Zone},
    names::Names,
    plan::{Sells, Work},
};

const CITY_MAX: usize = 60;

pub(super) fn plan(work: &mut Work, of: &Shop) {
    let mut zones = Names::of("zone");
    let mut cities = Names::of("city");
    for zone in &of.zone {
        self::zone(work, zone, &mut zones, &mut cities);
    }
    let mut methods = Names::of("delivery method");
    for (index, method) in of.delivery_method.iter().enumerate() {
        let at = shop("delivery_method", &method.code);
        let (id, code) = (work.desk.id(), work.desk.code(at, &method.code));
        let (name_ar, name_en) = work.desk.name(at, "name", &method.name);
        methods.add(&mut work.desk, at, &method.code, id);
        work.rows.delivery_methods.push(delivery_method::ActiveModel {
            id: Set(id),
            code: Set(code),
            position: Set(position(index)),
            name_ar: Set(name_ar),
            name_en: Set(name_en),
            ..Default::default()
        });
    }
    let mut named = Names::of("rate");
    for rate in &of.delivery_rate {
        let at = shop("delivery_rate", &rate.method);
        if let Some(method) = methods.find(&mut work.desk, at, &rate.method) {
            rates(work, at, (method, rate), &zones, &mut named);
        }
    }
}

fn zone(work: &mut Work, zone: &Zone, zones: &mut Names<Id<domain::id::Zone>>, cities: &mut Names<()>) {
    let at = shop("zone", &zone.code);
    let (id, code) = (work.desk.id(), work.desk.code(at, &zone.code));
    let country = work.desk.country(at, &zone.country);
    zones.add(&mut work.desk, at, &zone.code, id);
    // Spellings of one city often fold alike; a city of two zones, or two rests of a country, are wrong.
    let mut folded = HashSet::new();
    for city in zone.cities.iter().flatten() {
        let city = work.desk.field(at, "cities", text::line(city, CITY_MAX));
        folded.extend(city.map(|city| text::fold(&city)));
    }
    if zone.cities.is_empty() {
        cities.add(&mut work.desk, at, &format!("{country}: the rest"), ());
        work.rows.zone_areas.push(area(id, &country, String::new()));
    }
    for city in folded {
        cities.add(&mut work.desk, at, &format!("{country}: {city}"), ());
        work.rows.zone_areas.push(area(id, &country, city));
    }
    work.rows.zones.push(zone::ActiveModel {
        id: Set(id),
        code: Set(code),
        is_remote: Set(zone.is_remote),
        version: Set(1),
        ..Default::default()
    });
}

fn area(zone: Id<domain::id::Zone>, country: &str, city: String) -> zone_area::ActiveModel {
    zone_area::ActiveModel {
        zone_id: Set(zone),
        country: Set(country.to_owned()),
        city: Set(city),
        ..Default::default()
    }
}

/// What a method costs: a row for each channel and zone.
fn rates(
    work: &mut Work,
    at: At<'_>,
    (method, rate): (Id<DeliveryMethod>, &DeliveryRate),
    zones: &Names<Id<domain::id::Zone>>,
    named: &mut Names<()>,
) {
    let [first, last] = rate.days;
    if last < first {
        work.desk.wrong(at, What::Bounds { key: "days".to_owned(), wanted: "the first day, then the last" });
    }
    for channel in &rate.channels {
        let Some(sells) = work.known.channels.find(&mut work.desk, at, channel) else { continue };
        let Some((price, surcharge)) = amounts(work, at, rate, sells) else { continue };
        for zone in &rate.zones {
            let Some(zone_id) = zones.find(&mut work.desk, at, zone) else { continue };
            named.add(&mut work.desk, at, &format!("{} in {channel} to {zone}", rate.method), ());
            work.rows.delivery_rates.push(delivery_rate::ActiveModel {
                channel_id: Set(sells.id),
                method_id: Set(method),
                zone_id: Set(zone_id),
                price_minor: Set(price),
                surcharge_minor: Set(surcharge),
                days_min: Set(first.into()),
                days_max: Set(last.into()),
                ..Default::default()
            });
        }
    }
}

fn amounts(work: &mut Work, at: At<'_>, rate: &DeliveryRate, sells: Sells) -> Option<(i64, i64)> {
    let price = work.desk.amount(at, "price", &rate.price, sells.list.currency);
    let surcharge = rate.surcharge.as_deref().unwrap_or("0");
    let surcharge = work.desk.amount(at, "surcharge", surcharge, sells.list.currency);
    price.zip(surcharge)
}
