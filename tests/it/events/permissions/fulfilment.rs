//! Zones, and where an order is taken from.

use serde_json::json;
use tests::shop::Shop;

use super::{Example, by_token, mutation, query};
use crate::{fulfilment::ask::zone, inventory::ask::place};

pub async fn example(shop: &Shop, field: &str) -> Option<Example> {
    let example = match field {
        "Query.zones" => query("{ zones { nodes { id } } }", "/zones/nodes/0/id"),
        "Query.channelSourcing" => {
            query(r#"{ channelSourcing(channel: "web-sa") { version } }"#, "/channelSourcing/version")
        }
        "OrderLine.sources" => {
            by_token(shop, "lines { sources { quantity } }", "/order/lines/0/sources/0/quantity").await
        }
        "Mutation.zoneCreate" => {
            let input =
                json!({ "code": "south", "nameEn": "The south", "areas": [{ "country": "SA", "cities": ["Abha"] }] });
            mutation("zoneCreate", "zone { id }", input, "/zoneCreate/zone/id")
        }
        "Mutation.zoneUpdate" => {
            let input = json!({ "zone": zone(shop, "kw").await, "nameEn": "Kuwait" });
            mutation("zoneUpdate", "zone { id }", input, "/zoneUpdate/zone/id")
        }
        "Mutation.locationZonesSet" => {
            let input = json!({ "location": place(shop, "riyadh").await, "zones": [] });
            mutation("locationZonesSet", "location { id }", input, "/locationZonesSet/location/id")
        }
        "Mutation.channelSourcingSet" => {
            let input = json!({ "channel": "web-kw", "rules": ["PRIORITY"] });
            mutation("channelSourcingSet", "sourcing { version }", input, "/channelSourcingSet/sourcing/version")
        }
        _ => return None,
    };
    Some(example)
}
