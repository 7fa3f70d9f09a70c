//! What happens to zones, and to the rules of sourcing.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    events::{Aggregate, Event},
    id::{Channel, Id, Location, Zone},
    time::Instant,
};

/// What happened to a zone, or to the rules by which places are chosen.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum FulfilmentEvent {
    /// A zone was made or changed.
    Zone {
        /// The zone.
        zone: Id<Zone>,
        /// Its code.
        code: String,
        /// Its name in Arabic.
        name_ar: Option<String>,
        /// Its name in English.
        name_en: Option<String>,
        /// Whether it is far away.
        is_remote: bool,
        /// What lies in it: codes of countries, each with the cities, of which none are all.
        areas: BTreeMap<String, Vec<String>>,
        /// Counts its changes; 1 when it is new.
        version: i64,
        /// When.
        at: Instant,
    },
    /// It was set which zones a place serves.
    LocationZonesSet {
        /// The place.
        location: Id<Location>,
        /// The zones, and the rank at which it serves each.
        zones: Vec<(Id<Zone>, i64)>,
        /// When.
        at: Instant,
    },
    /// It was set by which rules a channel chooses places.
    SourcingSet {
        /// The channel.
        channel: Id<Channel>,
        /// Codes of the rules, the most important first.
        rules: Vec<&'static str>,
        /// Whether an order may ship from several places.
        allow_split: bool,
        /// When.
        at: Instant,
    },
}

impl Event for FulfilmentEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Zone { version: 1, .. } => "zone.created",
            Self::Zone { .. } => "zone.updated",
            Self::LocationZonesSet { .. } => "location.zones_set",
            Self::SourcingSet { .. } => "channel.sourcing_set",
        }
    }

    fn aggregate(&self) -> Aggregate {
        match self {
            Self::Zone { zone, .. } => (*zone).into(),
            Self::LocationZonesSet { location, .. } => (*location).into(),
            Self::SourcingSet { channel, .. } => (*channel).into(),
        }
    }
}
