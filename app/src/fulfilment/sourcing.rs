//! By which rules a channel chooses the places that its orders ship from.

use std::collections::HashMap;

use domain::{
    fulfilment::{
        delivery::{Area, zone_for},
        events::FulfilmentEvent,
        source::{Policy, Reach, Rule},
    },
    id::{Channel, Id, Location},
    identity::{
        address::Address,
        permission::proof::{ManageStock, ReadStock},
    },
};
use entity::fulfilment::{channel_sourcing, location_zone};
use sea_orm::IntoActiveModel;
use store::{Fault, Once, Read};

use super::{SourcingError, rows};
use crate::{
    channels,
    cx::{Cx, Permit},
};

/// How a channel shall choose.
#[derive(Clone, Debug)]
pub struct SetSourcing {
    /// The channel's code.
    pub channel: String,
    /// By which rules.
    pub policy: Policy,
    /// The version that the caller saw: if it has another one, nothing is done.
    pub expected_version: Option<i64>,
    /// Whether it is only looked at, and nothing is written.
    pub is_dry: bool,
    /// Makes a second call with the same key change nothing.
    pub once: Option<Once>,
}

/// How a channel chooses.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Sourcing {
    /// By which rules, the most important first.
    pub rules: Vec<Rule>,
    /// Whether an order may ship from several places.
    pub allow_split: bool,
    /// Counts its changes; 0 if nobody said anything.
    pub version: i64,
}

/// Sets by which rules a channel chooses the places that its orders ship from, from the next order on. Emits
/// `channel.sourcing_set`.
pub async fn set_sourcing(cx: &Cx, _may: Permit<ManageStock>, input: SetSourcing) -> Result<Sourcing, SourcingError> {
    let SetSourcing { channel, policy, expected_version, is_dry, once } = input;
    cx.write_once(once.as_ref().filter(|_| !is_dry), async |tx| {
        let channel = channels::by_code(tx, &channel).await?.ok_or(SourcingError::NoChannel)?.id;
        let was = rows::sourcing(tx, channel).await?;
        let version = was.as_ref().map_or(0, |row| row.version);
        if expected_version.is_some_and(|expected| expected != version) {
            return Err(SourcingError::Stale);
        }
        let set = Sourcing { rules: policy.rules, allow_split: policy.allow_split, version: version.saturating_add(1) };
        if is_dry {
            return Ok(set);
        }
        let next = channel_sourcing::Model {
            tenant_id: tx.scope().tenant(),
            channel_id: channel,
            rules: codes(&set.rules).join(","),
            allow_split: set.allow_split,
            version: set.version,
        };
        let written = if was.is_some() {
            rows::replace_sourcing(tx, &next).await?
        } else {
            tx.insert_new(next.into_active_model()).await?
        };
        if !written {
            return Err(SourcingError::Stale);
        }
        let told = |rules: &[Rule], allow_split| {
            let (rules, at) = (codes(rules), tx.now());
            FulfilmentEvent::SourcingSet { channel, rules, allow_split, at }
        };
        let before = was.as_ref().map_or_else(Policy::default, said);
        tx.emit_change(&told(&before.rules, before.allow_split), &told(&set.rules, set.allow_split)).await?;
        Ok(set)
    })
    .await
}

fn codes(rules: &[Rule]) -> Vec<&'static str> {
    rules.iter().map(|rule| rule.code()).collect()
}

/// How a channel chooses; `None` if there is no such channel.
pub async fn sourcing(cx: &Cx, _may: &Permit<ReadStock>, channel: &str) -> Result<Option<Sourcing>, Fault> {
    let read = cx.read();
    let Some(channel) = channels::by_code(&read, channel).await? else { return Ok(None) };
    let row = rows::sourcing(&read, channel.id).await?;
    let version = row.as_ref().map_or(0, |row| row.version);
    let Policy { rules, allow_split } = row.as_ref().map_or_else(Policy::default, said);
    Ok(Some(Sourcing { rules, allow_split, version }))
}

/// By which rules a channel chooses.
pub(super) async fn policy(read: &Read, channel: Id<Channel>) -> Result<Policy, Fault> {
    Ok(rows::sourcing(read, channel).await?.as_ref().map_or_else(Policy::default, said))
}

fn said(row: &channel_sourcing::Model) -> Policy {
    let rules = row.rules.split(',').filter_map(Rule::parse).collect();
    Policy { rules, allow_split: row.allow_split }
}

/// How far places are from wherever it may be.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    served: Vec<location_zone::Model>,
    areas: Vec<Area>,
}

/// How far these places are, as far as the rules ask for it.
pub(super) async fn map(read: &Read, policy: &Policy, locations: &[Id<Location>]) -> Result<Map, Fault> {
    if !policy.rules.iter().any(|rule| matches!(rule, Rule::NearestZone | Rule::LowestCost)) {
        return Ok(Map::default());
    }
    let served = rows::served(read, locations).await?;
    let zones: Vec<_> = served.iter().map(|row| row.zone_id).collect();
    let areas = rows::areas(read, &zones).await?;
    Ok(Map { served, areas })
}

impl Map {
    /// How far the places are from an address: of the zones that a place serves, the most specific one that the
    /// address lies in counts.
    pub(super) fn to(&self, address: Option<&Address>) -> HashMap<Id<Location>, Reach> {
        let Some(address) = address else { return HashMap::new() };
        let mut of_place: HashMap<_, Vec<&location_zone::Model>> = HashMap::new();
        for row in &self.served {
            of_place.entry(row.location_id).or_default().push(row);
        }
        let reach = |(place, rows): (Id<Location>, Vec<&location_zone::Model>)| {
            let serves = |area: &&Area| rows.iter().any(|row| row.zone_id == area.zone);
            let areas: Vec<_> = self.areas.iter().filter(serves).cloned().collect();
            let zone = zone_for(&areas, address.country, address.city())?;
            let row = rows.iter().find(|row| row.zone_id == zone)?;
            Some((place, Reach { rank: Some(row.rank), cost: row.cost_minor }))
        };
        of_place.into_iter().filter_map(reach).collect()
    }
}
