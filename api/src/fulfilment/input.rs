//! The inputs of changes of zones and sourcing.

use std::collections::{BTreeSet, HashSet};

use app::fulfilment::{
    SetSourcing,
    zones::{CreateZone, SetLocationZones, UpdateZone},
};
use async_graphql::{ID, InputObject};
use domain::{
    catalog::slug::Slug,
    fulfilment::source::Policy,
    identity::country::Country,
    invalid::{Check, Invalid, Problem},
    inventory::units,
    text,
};

use super::source::SourcingRule;
use crate::graphql::input;

/// The most characters of a city.
const CITY_MAX: usize = 60;

/// A zone to make.
#[derive(InputObject, Clone, Debug)]
pub struct ZoneCreateInput {
    /// Its name in imports: a-z, 0-9 and -; no other zone has it.
    pub code: String,
    /// Arabic name; one of the two names is needed.
    pub name_ar: Option<String>,
    /// English name; one of the two names is needed.
    pub name_en: Option<String>,
    /// Whether delivery to it costs the surcharge of remote areas.
    #[graphql(default)]
    pub is_remote: bool,
    /// What lies in it.
    pub areas: Vec<ZoneAreaInput>,
    /// Any text of yours: the same key with the same input makes it once.
    pub idempotency_key: Option<String>,
}

/// What changes of a zone. What is left out stays as it is.
#[derive(InputObject, Clone, Debug)]
pub struct ZoneUpdateInput {
    /// The zone.
    pub zone: ID,
    /// Arabic name.
    pub name_ar: Option<String>,
    /// English name.
    pub name_en: Option<String>,
    /// Whether delivery to it costs the surcharge of remote areas.
    pub is_remote: Option<bool>,
    /// What lies in it, in place of what did.
    pub areas: Option<Vec<ZoneAreaInput>>,
    /// The zone's version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input changes it once.
    pub idempotency_key: Option<String>,
}

/// What of a country lies in a zone. An address lies in the zone that names its city, else in that of its country.
#[derive(InputObject, Clone, Debug)]
pub struct ZoneAreaInput {
    /// ISO 3166-1 alpha-2, such as `SA`.
    pub country: String,
    /// Names of the cities, in each language that addresses are written in; none: the whole country.
    #[graphql(default)]
    pub cities: Vec<String>,
}

/// The zones that a place shall serve, in place of those it did.
#[derive(InputObject, Clone, Debug)]
pub struct LocationZonesSetInput {
    /// The place.
    pub location: ID,
    /// The zones; none: it is far from everybody.
    pub zones: Vec<LocationZoneInput>,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

/// A zone that a place shall serve.
#[derive(InputObject, Clone, Debug)]
pub struct LocationZoneInput {
    /// The zone.
    pub zone: ID,
    /// How far it is: of the places of a channel that with the lowest is the nearest; 1,000,000 at most.
    pub rank: i64,
    /// What a parcel there costs the shop, in minor units of the currency in which it compares its places; 1,000,000 at
    /// most.
    pub cost_minor: Option<i64>,
}

/// By which rules a channel shall choose the places that its orders ship from.
#[derive(InputObject, Clone, Debug)]
pub struct ChannelSourcingSetInput {
    /// The channel's code.
    pub channel: String,
    /// The rules, each once, the most important first; each breaks the ties of those before it. None: the channel's
    /// order of places decides alone.
    pub rules: Vec<SourcingRule>,
    /// Whether an order may ship from several places. If not, what no place has all of is refused with
    /// `SPLIT_NOT_ALLOWED`.
    #[graphql(default = true)]
    pub allow_split: bool,
    /// Only shows what would be set, and writes nothing.
    #[graphql(default)]
    pub dry_run: bool,
    /// The version that you saw last; refused if it was changed since.
    pub expected_version: Option<i64>,
    /// Any text of yours: the same key with the same input sets it once.
    pub idempotency_key: Option<String>,
}

impl ZoneCreateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<CreateZone, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "zoneCreate", self.idempotency_key.as_deref(), &self);
        let code = check.field("code", Slug::parse(&self.code));
        let names = input::names(&mut check, self.name_ar, self.name_en);
        let areas = check.nested("areas", areas(&self.areas));
        let is_remote = self.is_remote;
        let built = code.zip(areas).zip(names).map(|((code, areas), (name_ar, name_en))| CreateZone {
            code: code.as_str().to_owned(),
            name_ar,
            name_en,
            is_remote,
            areas,
            once,
        });
        check.done(built)
    }
}

impl ZoneUpdateInput {
    /// Checks every field.
    pub fn parse(self) -> Result<UpdateZone, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "zoneUpdate", self.idempotency_key.as_deref(), &self);
        let zone = check.field("zone", input::id(&self.zone));
        let name_ar = check.field("nameAr", input::name(self.name_ar));
        let name_en = check.field("nameEn", input::name(self.name_en));
        let areas = self.areas.map(|of| check.nested("areas", areas(&of)));
        let areas = areas.map_or(Some(None), |of| of.map(Some));
        let (is_remote, expected_version) = (self.is_remote, self.expected_version);
        let built = zone.zip(areas).zip(name_ar.zip(name_en)).map(|((zone, areas), (name_ar, name_en))| UpdateZone {
            zone,
            name_ar,
            name_en,
            is_remote,
            areas,
            expected_version,
            once,
        });
        check.done(built)
    }
}

impl LocationZonesSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetLocationZones, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "locationZonesSet", self.idempotency_key.as_deref(), &self);
        let location = check.field("location", input::id(&self.location));
        if self.zones.len() > input::MAX_ITEMS {
            check.wrong("zones", Problem::TooLong { max: input::MAX_ITEMS });
        }
        let (mut zones, mut seen) = (Vec::new(), HashSet::new());
        for (index, of) in self.zones.iter().enumerate() {
            let mut of_zone = Check::default();
            let zone = of_zone.field("zone", input::id(&of.zone));
            if zone.is_some_and(|zone| !seen.insert(zone)) {
                of_zone.wrong("zone", Problem::Duplicate);
            }
            let rank = of_zone.field("rank", units::any(of.rank));
            let cost = of_zone.field("costMinor", of.cost_minor.map(units::any).transpose());
            let built = zone.zip(rank).zip(cost).map(|((zone, rank), cost)| (zone, rank, cost));
            zones.extend(check.nested("zones", of_zone.done(built).map_err(|wrong| wrong.under(&index.to_string()))));
        }
        check.done(location.map(|location| SetLocationZones { location, zones, once }))
    }
}

impl ChannelSourcingSetInput {
    /// Checks every field.
    pub fn parse(self) -> Result<SetSourcing, Invalid> {
        let mut check = Check::default();
        let once = input::once(&mut check, "channelSourcingSet", self.idempotency_key.as_deref(), &self);
        let rules: Vec<_> = self.rules.iter().map(|rule| (*rule).into()).collect();
        if rules.iter().collect::<BTreeSet<_>>().len() < rules.len() {
            check.wrong("rules", Problem::Duplicate);
        }
        let policy = Policy { rules, allow_split: self.allow_split };
        let (is_dry, expected_version) = (self.dry_run, self.expected_version);
        check.done(Some(SetSourcing { channel: self.channel, policy, expected_version, is_dry, once }))
    }
}

/// What lies in a zone: cities, folded, each with its country; an empty one is the whole country.
fn areas(given: &[ZoneAreaInput]) -> Result<Vec<(Country, String)>, Invalid> {
    let mut check = Check::default();
    let mut areas = BTreeSet::new();
    if given.is_empty() {
        return Err(Invalid::here(Problem::Required));
    }
    if given.iter().map(|of| of.cities.len().max(1)).sum::<usize>() > input::MAX_ITEMS {
        return Err(Invalid::here(Problem::TooLong { max: input::MAX_ITEMS }));
    }
    for (index, of) in given.iter().enumerate() {
        let mut of_area = Check::default();
        let country = of_area.field("country", Country::parse(&of.country));
        let cities: Vec<_> =
            of.cities.iter().filter_map(|city| of_area.field("cities", text::line(city, CITY_MAX))).collect();
        let cities = if of.cities.is_empty() { vec![String::new()] } else { cities };
        let built = country.map(|country| cities.into_iter().map(move |city| (country, text::fold(&city))));
        let built = of_area.done(built).map_err(|wrong| wrong.under(&index.to_string()));
        areas.extend(built.map_err(|wrong| check.here(Err::<(), _>(wrong))).into_iter().flatten());
    }
    check.done(Some(areas.into_iter().collect()))
}
