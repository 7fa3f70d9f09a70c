//! What the tests of stock ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

pub use crate::orders::ask::text;

/// The id of a place.
pub async fn place(tenant: &Tenant, code: &str) -> String {
    let found = tenant.staff("STOCK_READ").run("{ locations { nodes { id code } } }", json!({})).await;
    let places = found["locations"]["nodes"].as_array().unwrap();
    text(&places.iter().find(|one| one["code"] == code).unwrap_or_else(|| panic!("no place {code}"))["id"])
}

/// A line about a variant at a place, with what else it says.
pub async fn line(tenant: &Tenant, sku: &str, code: &str, more: Value) -> Value {
    let mut line = json!({ "variant": tenant.variant(sku).await, "location": place(tenant, code).await });
    let Value::Object(more) = more else { panic!("fields of a line, not {more}") };
    line.as_object_mut().unwrap().extend(more);
    line
}

/// Tries a mutation of stock, and gives its payload. A key is filled in if there is none.
pub async fn change(client: &Client, name: &str, mut input: Value) -> Value {
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{
            results {{ line units level {{ location onHand reserved available }} }}
            userErrors {{ code field message params {{ name value }} }} }} }}"
    );
    client.run(&query, json!({ "input": input })).await[name].take()
}

/// The same, which must be done.
pub async fn changed(client: &Client, name: &str, input: Value) -> Value {
    let payload = change(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// What a place holds of a variant: on hand, reserved, available.
pub async fn level(tenant: &Tenant, sku: &str, code: &str) -> (i64, i64, i64) {
    let query =
        "query ($sku: String!) { productVariant(by: { sku: $sku }) { stock { location onHand reserved available } } }";
    let found = tenant.staff("STOCK_READ").run(query, json!({ "sku": sku })).await;
    let levels = found["productVariant"]["stock"].as_array().unwrap();
    let level = levels.iter().find(|level| level["location"] == code).unwrap_or_else(|| panic!("no level at {code}"));
    let of = |field: &str| level[field].as_i64().unwrap();
    (of("onHand"), of("reserved"), of("available"))
}

/// Units of a variant that a shopper is told of.
pub async fn available(client: &Client, sku: &str) -> i64 {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { availability { quantity } } }";
    let found = client.run(query, json!({ "sku": sku })).await;
    found["productVariant"]["availability"]["quantity"].as_i64().unwrap()
}

/// The events of stock that the audit trail has, the oldest first: what happened, and what was told of it.
pub async fn told(tenant: &Tenant, action: &str) -> Vec<Value> {
    let query = "query ($action: String!) {
        auditEntries(filter: { action: $action }, page: { first: 100 }) { nodes { after } } }";
    let found = tenant.staff("AUDIT_READ").run(query, json!({ "action": action })).await;
    found["auditEntries"]["nodes"].as_array().unwrap().iter().rev().map(|entry| entry["after"].clone()).collect()
}
