//! Ids of zones and of who serves them.

use serde_json::json;

use super::{
    Write,
    id_of::{location, zone},
    write,
};

pub const WRITES: &[Write] = &[
    write("Mutation.zoneUpdate.input.zone", zone, |_, id| json!({ "zone": id, "nameEn": "Mine" })).at(&["zone"]),
    write(
        "Mutation.locationZonesSet.input.zones.zone",
        zone,
        |ours, id| json!({ "location": ours.location, "zones": [{ "zone": id, "rank": 1 }] }),
    )
    .at(&["zones", "0", "zone"]),
    write("Mutation.locationZonesSet.input.location", location, |_, id| json!({ "location": id, "zones": [] }))
        .at(&["location"]),
];
