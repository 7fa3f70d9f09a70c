//! What the tests of sourcing ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

pub use crate::orders::ask::text;

/// Tries a mutation of zones or sourcing, and gives its payload.
pub async fn try_set(client: &Client, name: &str, select: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query =
        format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {select} userErrors {{ code field }} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

/// Sets by which rules `web-sa` chooses, as staff.
pub async fn rules(tenant: &Tenant, rules: &[&str], allow_split: bool) {
    let input = json!({ "channel": "web-sa", "rules": rules, "allowSplit": allow_split });
    let set = try_set(&tenant.staff("STOCK_MANAGE"), "channelSourcingSet", "sourcing { rules }", input).await;
    assert_eq!(set["sourcing"], json!({ "rules": rules }), "{set}");
}

/// The id of a zone.
pub async fn zone(tenant: &Tenant, code: &str) -> String {
    let found = tenant.staff("STOCK_READ").run("{ zones { nodes { id code } } }", json!({})).await;
    let zones = found["zones"]["nodes"].as_array().unwrap();
    text(&zones.iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("no zone {code}"))["id"])
}

/// Sets which zones a place serves: their codes, ranks and costs.
pub async fn serves(tenant: &Tenant, location: &str, zones: &[(&str, i64, Option<i64>)]) {
    let mut served = Vec::new();
    for (code, rank, cost) in zones {
        served.push(json!({ "zone": zone(tenant, code).await, "rank": rank, "costMinor": cost }));
    }
    let location = crate::inventory::ask::place(tenant, location).await;
    let input = json!({ "location": location, "zones": served });
    let set = try_set(&tenant.staff("STOCK_MANAGE"), "locationZonesSet", "location { id }", input).await;
    assert_eq!(set["userErrors"], json!([]));
}

/// From where each line of an order ships: SKU, place, units, what decided.
pub async fn sources(tenant: &Tenant, order: &str) -> Vec<(String, String, i64, String)> {
    let query = "query ($id: ID!) { order(by: { id: $id }) {
        lines { sku sources { location { code } quantity code } } } }";
    let found = tenant.staff("ORDER_READ").run(query, json!({ "id": order })).await;
    let mut told = Vec::new();
    for line in found["order"]["lines"].as_array().unwrap() {
        for source in line["sources"].as_array().unwrap() {
            let units = source["quantity"].as_i64().unwrap();
            told.push((text(&line["sku"]), text(&source["location"]["code"]), units, text(&source["code"])));
        }
    }
    told
}

/// The same as one text a source, such as `TEA riyadh 2 PRIORITY`.
pub async fn told(tenant: &Tenant, order: &str) -> Vec<String> {
    let sources = sources(tenant, order).await.into_iter();
    sources.map(|(sku, place, units, code)| format!("{sku} {place} {units} {code}")).collect()
}
