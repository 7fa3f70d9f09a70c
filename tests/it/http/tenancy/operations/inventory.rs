//! Ids of stock, of where it lies and of what moves it.

use serde_json::{Value, json};

use super::{
    NODE, Read, Write,
    id_of::{count, incense, location, supply, transfer, variant},
    none, null, read, write,
};

pub const READS: &[Read] = &[
    read("Query.node.id", location, NODE, null),
    read(
        "Query.stockAlerts.filter.variants",
        incense,
        "query ($id: ID!) { found: stockAlerts(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockLevels.filter.variants",
        variant,
        "query ($id: ID!) { found: stockLevels(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockLevels.filter.locations",
        location,
        "query ($id: ID!) { found: stockLevels(filter: { locations: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.ids",
        transfer,
        "query ($id: ID!) { found: stockTransfers(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.from",
        location,
        "query ($id: ID!) { found: stockTransfers(filter: { from: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockTransfers.filter.to",
        |things| &things.elsewhere,
        "query ($id: ID!) { found: stockTransfers(filter: { to: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockCounts.filter.ids",
        count,
        "query ($id: ID!) { found: stockCounts(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockCounts.filter.location",
        location,
        "query ($id: ID!) { found: stockCounts(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.ids",
        supply,
        "query ($id: ID!) { found: inboundSupplies(filter: { ids: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.variants",
        |things| &things.incense,
        "query ($id: ID!) { found: inboundSupplies(filter: { variants: [$id] }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.inboundSupplies.filter.location",
        location,
        "query ($id: ID!) { found: inboundSupplies(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockMovements.filter.variant",
        variant,
        "query ($id: ID!) { found: stockMovements(filter: { variant: $id }) { totalCount nodes { id } } }",
        none,
    ),
    read(
        "Query.stockMovements.filter.location",
        location,
        "query ($id: ID!) { found: stockMovements(filter: { location: $id }) { totalCount nodes { id } } }",
        none,
    ),
];

pub const WRITES: &[Write] = &[
    write("Mutation.stockAdjust.input.lines.variant", variant, |ours, id| adjusted(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockAdjust.input.lines.location", location, |ours, id| adjusted(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockSet.input.lines.variant", variant, |ours, id| set(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockSet.input.lines.location", location, |ours, id| set(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockReceive.input.lines.variant", variant, |ours, id| received(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockReceive.input.lines.location", location, |ours, id| received(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockAllocationsSet.input.lines.variant", variant, |ours, id| allocated(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockAllocationsSet.input.lines.location", location, |ours, id| allocated(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockThresholdsSet.input.lines.variant", variant, |ours, id| kept(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockThresholdsSet.input.lines.location", location, |ours, id| kept(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockQuarantineSettle.input.lines.variant", variant, |ours, id| settled(id, &ours.location))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockQuarantineSettle.input.lines.location", location, |ours, id| settled(&ours.variant, id))
        .at(&["lines", "0", "location"]),
    write("Mutation.stockTransferShip.input.lines.variant", variant, |ours, id| {
        shipped(id, &ours.location, &ours.elsewhere)
    })
    .at(&["lines", "0", "variant"]),
    write("Mutation.stockTransferShip.input.from", location, |ours, id| shipped(&ours.variant, id, &ours.elsewhere))
        .at(&["from"]),
    write(
        "Mutation.stockTransferShip.input.to",
        |things| &things.elsewhere,
        |ours, id| shipped(&ours.variant, &ours.location, id),
    )
    .at(&["to"]),
    write("Mutation.stockTransferReceive.input.lines.variant", variant, |ours, id| came(&ours.transfer, id))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockTransferReceive.input.transfer", transfer, |ours, id| came(id, &ours.variant))
        .at(&["transfer"]),
    write(
        "Mutation.stockTransferCancel.input.transfer",
        transfer,
        |_, id| json!({ "transfer": id, "idempotencyKey": format!("cancel {id}") }),
    )
    .at(&["transfer"]),
    write("Mutation.stockCountOpen.input.location", location, |ours, id| opened(id, &ours.variant)).at(&["location"]),
    write("Mutation.stockCountOpen.input.variants", variant, |ours, id| opened(&ours.location, id))
        .at(&["variants", "0"]),
    write("Mutation.stockCountRecord.input.lines.variant", variant, |ours, id| found(&ours.count, id))
        .at(&["lines", "0", "variant"]),
    write("Mutation.stockCountRecord.input.count", count, |ours, id| found(id, &ours.variant)).at(&["count"]),
    write(
        "Mutation.stockCountClose.input.count",
        count,
        |_, id| json!({ "count": id, "idempotencyKey": format!("close {id}") }),
    )
    .at(&["count"]),
    write(
        "Mutation.variantSellingSet.input.lines.variant",
        variant,
        |_, id| json!({ "lines": [{ "variant": id, "policy": "DENY", "limit": 0 }], "idempotencyKey": id }),
    )
    .at(&["lines", "0", "variant"]),
    write("Mutation.inboundSupplyCreate.input.variant", variant, |ours, id| expected(id, &ours.location))
        .at(&["variant"]),
    write("Mutation.inboundSupplyCreate.input.location", location, |ours, id| expected(&ours.variant, id))
        .at(&["location"]),
    write("Mutation.inboundSupplyUpdate.input.supply", supply, |_, id| of_supply(id, &json!({ "quantity": 8 })))
        .at(&["supply"]),
    write("Mutation.inboundSupplyReceive.input.supply", supply, |_, id| of_supply(id, &json!({ "quantity": 1 })))
        .at(&["supply"]),
    write("Mutation.inboundSupplyCancel.input.supply", supply, |_, id| of_supply(id, &json!({}))).at(&["supply"]),
    write("Mutation.locationUpdate.input.location", location, |_, id| json!({ "location": id, "city": "الخرج" }))
        .at(&["location"]),
    write(
        "Mutation.channelLocationsSet.input.locations.location",
        location,
        |_, id| json!({ "channel": "web-kw", "locations": [{ "location": id }] }),
    )
    .at(&["locations", "0", "location"]),
    write(
        "Mutation.stockAlertCreate.input.variant",
        incense,
        |_, id| json!({ "variant": id, "email": "other@customer.example" }),
    )
    .at(&["variant"]),
    write("Mutation.stockAlertDelete.input.by.id", |things| &things.alert, |_, id| json!({ "by": { "id": id } }))
        .at(&["by"]),
];

/// A change of one level. What a mutation does not take of it is left out.
fn of_level(variant: &str, location: &str, more: &Value) -> Value {
    let mut line = json!({ "variant": variant, "location": location });
    line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({ "lines": [line], "idempotencyKey": format!("{variant} {location}") })
}

fn adjusted(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "delta": 1, "reason": "x" }))
}

fn set(variant: &str, location: &str) -> Value {
    let mut input = of_level(variant, location, &json!({ "quantity": 9 }));
    input["reason"] = json!("x");
    input
}

fn received(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "quantity": 1 }))
}

fn allocated(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "channel": "web-kw", "quantity": 1 }))
}

fn kept(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "safetyStock": 1 }))
}

fn settled(variant: &str, location: &str) -> Value {
    of_level(variant, location, &json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" }))
}

fn shipped(variant: &str, from: &str, to: &str) -> Value {
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    // Three whole ids are too long for a key.
    let key = [variant, from, to].map(|id| &id[id.len() - 26..]);
    json!({ "from": from, "to": to, "lines": lines, "idempotencyKey": key.join(" ") })
}

fn came(transfer: &str, variant: &str) -> Value {
    let lines = json!([{ "variant": variant, "quantity": 1 }]);
    json!({ "transfer": transfer, "lines": lines, "idempotencyKey": format!("{transfer} {variant}") })
}

fn opened(location: &str, variant: &str) -> Value {
    json!({ "location": location, "variants": [variant], "idempotencyKey": format!("{location} {variant}") })
}

fn found(count: &str, variant: &str) -> Value {
    let lines = json!([{ "variant": variant, "counted": 3 }]);
    json!({ "count": count, "lines": lines, "idempotencyKey": format!("{count} {variant}") })
}

fn expected(variant: &str, location: &str) -> Value {
    let key = [variant, location].map(|id| &id[id.len() - 26..]).join(" ");
    json!({ "variant": variant, "location": location, "quantity": 1, "expectedAt": "2026-04-01", "idempotencyKey": key })
}

fn of_supply(supply: &str, more: &Value) -> Value {
    let mut input = json!({ "supply": supply, "idempotencyKey": supply });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}
