//! What the tests of pricing ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

use crate::fulfilment::ask::{text, try_set};

pub const LIST: &str = "priceList { id code version }";

/// Changes price lists as staff who may, and gives the payload.
pub async fn try_price(tenant: &Tenant, name: &str, input: Value) -> Value {
    try_set(&tenant.staff("PRICE_MANAGE"), name, LIST, input).await
}

/// The same, and it is done.
pub async fn price(tenant: &Tenant, name: &str, input: Value) -> Value {
    let done = try_price(tenant, name, input).await;
    assert_eq!(done["userErrors"], json!([]), "{name}");
    done["priceList"].clone()
}

/// The id of a list.
pub async fn list(tenant: &Tenant, code: &str) -> String {
    let query = "query ($code: String!) { priceList(by: { code: $code }) { id } }";
    text(&tenant.staff("PRICE_READ").run(query, json!({ "code": code })).await["priceList"]["id"])
}

/// Makes a list of Saudi riyals, and gives its id.
pub async fn make(tenant: &Tenant, code: &str, rule: Value) -> String {
    let input = json!({ "code": code, "nameEn": code, "currencyCode": "SAR", "rule": rule });
    text(&price(tenant, "priceListCreate", input).await["id"])
}

/// A line that sets the price of a SKU.
pub async fn line(tenant: &Tenant, sku: &str, amount: &str, more: Value) -> Value {
    let mut line = json!({ "variant": tenant.variant(sku).await, "price": amount });
    let Value::Object(more) = more else { panic!("fields of a line, not {more}") };
    line.as_object_mut().unwrap().extend(more);
    line
}

/// Sets the price of a SKU in a list.
pub async fn set(tenant: &Tenant, list: &str, sku: &str, amount: &str, more: Value) {
    let lines = [line(tenant, sku, amount, more).await];
    price(tenant, "priceListPricesSet", json!({ "priceList": list, "lines": lines })).await;
}

/// Has somebody buy by a list.
pub async fn assign(tenant: &Tenant, list: &str, more: Value) {
    let mut input = json!({ "priceList": list });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    price(tenant, "priceListAssign", input).await;
}

/// What each of so many pieces of a SKU costs somebody, `none` if it is not sold.
pub async fn cost(client: &Client, sku: &str, quantity: u32) -> String {
    let query = "query ($sku: String!, $n: Int!) { productVariant(by: { sku: $sku }) { pricing(quantity: $n) { price { amount } } } }";
    let found = client.run(query, json!({ "sku": sku, "n": quantity })).await["productVariant"]["pricing"].take();
    found["price"]["amount"].as_str().unwrap_or("none").to_owned()
}

/// The pricing of a piece of a SKU, as somebody sees it.
pub async fn pricing(client: &Client, sku: &str) -> Value {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { price { amount } compareAtPrice { amount }
        pricing { price { amount } compareAtPrice { amount } lowestPriceBefore { amount }
            tiers { fromQuantity price { amount } } explanation { kind message priceList amount { amount } } } } }";
    client.run(query, json!({ "sku": sku })).await["productVariant"].take()
}

/// Has a group buy by a list that follows that of riyals at no other price, and gives the id of the assignment.
pub async fn assigned(tenant: &Tenant, group: &str) -> String {
    let follows = make(tenant, "follows", json!({ "parent": list(tenant, "sar").await })).await;
    assign(tenant, &follows, json!({ "customerGroup": group })).await;
    let query = "{ priceList(by: { code: \"follows\" }) { assignments { id } } }";
    text(&tenant.staff("PRICE_READ").run(query, json!({})).await["priceList"]["assignments"][0]["id"])
}
