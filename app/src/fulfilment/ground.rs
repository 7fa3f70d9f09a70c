//! What a channel's orders may ship from.

use std::collections::HashMap;

use domain::{
    fulfilment::source::{Policy, Reach},
    id::{Channel, Id, Location},
    identity::address::Address,
};
use store::{Fault, Read};

use super::sourcing::{Map, map, policy};
use crate::{
    channels::Source,
    inventory::{self, Ground},
};

/// The places that a channel's orders may ship from, the rules by which it chooses among them, and how far they are.
#[derive(Debug)]
pub struct Grounds {
    channel: Id<Channel>,
    places: Vec<Source>,
    policy: Policy,
    map: Map,
}

/// What a channel's orders may ship from now.
pub async fn grounds(read: &Read, channel: Id<Channel>) -> Result<Grounds, Fault> {
    let places = inventory::sources(read, channel).await?;
    let policy = policy(read, channel).await?;
    let locations: Vec<_> = places.iter().map(|place| place.location).collect();
    let map = map(read, &policy, &locations).await?;
    Ok(Grounds { channel, places, policy, map })
}

impl Grounds {
    /// As stock is promised of them.
    pub fn ground(&self) -> Ground<'_> {
        Ground { channel: self.channel, places: &self.places, policy: &self.policy }
    }

    /// How far the places are from an address.
    pub fn to(&self, address: Option<&Address>) -> HashMap<Id<Location>, Reach> {
        self.map.to(address)
    }
}
