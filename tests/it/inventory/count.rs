//! Staff count what a place holds, while it goes on selling.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{level, place, text, told};
use crate::cart::refusal::wrong;

const COUNT: &str =
    "count { id isOpen note location { code } closedAt lines { variant { sku } counted expected variance actor } }";

/// Tries a mutation of counts, and gives its payload. A key is filled in if there is none.
pub async fn count(client: &Client, name: &str, mut input: Value) -> Value {
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    let kind = format!("S{}Input", &name[1..]);
    let errors = "userErrors { code field params { name value } }";
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {COUNT} {errors} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

async fn counted(client: &Client, name: &str, input: Value) -> Value {
    let payload = count(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload["count"].clone()
}

async fn opened(shop: &Shop, skus: &[&str]) -> String {
    let mut variants = Vec::new();
    for sku in skus {
        variants.push(shop.variant(sku).await);
    }
    let variants = if variants.is_empty() { Value::Null } else { json!(variants) };
    let input = json!({ "location": place(shop, "riyadh").await, "variants": variants, "note": "جرد الربع الأول" });
    text(&counted(&shop.staff("STOCK_MANAGE"), "stockCountOpen", input).await["id"])
}

async fn found(shop: &Shop, id: &str, sku: &str, n: i64) -> Value {
    json!({ "count": id, "lines": [{ "variant": shop.variant(sku).await, "counted": n }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_while_others_count_stays_sold() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = opened(&shop, &["TEA", "CUP", "DATES"]).await;
    shop.order(&[("TEA", 2)]).await;
    let recorded = counted(&staff, "stockCountRecord", found(&shop, &id, "TEA", 9).await).await;
    let teas = recorded["lines"].as_array().unwrap().iter().find(|line| line["variant"]["sku"] == "TEA").unwrap();
    assert_eq!((&teas["counted"], &teas["expected"], &teas["variance"]), (&json!(9), &json!(10), &json!(-1)));
    counted(&staff, "stockCountRecord", found(&shop, &id, "CUP", 2).await).await;
    let order = shop.order(&[("TEA", 3)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (7, 2, 5));
    let closed = counted(&staff, "stockCountClose", json!({ "count": id })).await;
    assert_eq!((&closed["isOpen"], &closed["note"]), (&json!(false), &json!("جرد الربع الأول")));
    assert_eq!(level(&shop, "TEA", "riyadh").await, (6, 2, 4), "one was missing, and three were sold");
    assert_eq!(level(&shop, "CUP", "riyadh").await, (2, 0, 2), "as expected");
    assert_eq!(level(&shop, "DATES", "riyadh").await, (3, 0, 3), "nobody counted");
    let events = told(&shop, "stock.counted").await;
    assert_eq!((events.len(), &events[0]["on_hand_delta"]), (1, &json!(-1)));
    for (name, input) in
        [("stockCountClose", json!({ "count": id })), ("stockCountRecord", found(&shop, &id, "TEA", 1).await)]
    {
        assert_eq!(wrong(&count(&staff, name, input).await), ["COUNT_CLOSED count"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_counts_again_replaces_what_was_counted_and_what_was_not_expected_is_found() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = opened(&shop, &[]).await;
    counted(&staff, "stockCountRecord", found(&shop, &id, "TEA", 3).await).await;
    counted(&staff, "stockCountRecord", found(&shop, &id, "TEA", 12).await).await;
    let recorded = counted(&staff, "stockCountRecord", found(&shop, &id, "INCENSE", 1).await).await;
    assert_eq!(recorded["lines"].as_array().unwrap().len(), 2);
    let key = json!({ "count": id, "idempotencyKey": "close" });
    for _again in 0..2 {
        counted(&staff, "stockCountClose", key.clone()).await;
    }
    assert_eq!(level(&shop, "TEA", "riyadh").await, (12, 0, 12));
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (1, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_found_less_than_is_promised_is_not_closed() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    shop.order(&[("TEA", 8)]).await;
    let id = opened(&shop, &["TEA"]).await;
    counted(&staff, "stockCountRecord", found(&shop, &id, "TEA", 7).await).await;
    let payload = count(&staff, "stockCountClose", json!({ "count": id })).await;
    assert_eq!(wrong(&payload), ["STOCK_RESERVED count"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "reserved", "value": "8" }]));
    counted(&staff, "stockCountRecord", found(&shop, &id, "TEA", 8).await).await;
    counted(&staff, "stockCountClose", json!({ "count": id })).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (8, 8, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_counted_is_refused_by_field_and_counts_are_listed() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let (riyadh, tea) = (place(&shop, "riyadh").await, shop.variant("TEA").await);
    let nobodys = "variant_01h455vb4pex5vsknk084sn02q";
    for (input, refusal) in [
        (json!({ "location": "location_01h455vb4pex5vsknk084sn02q" }), "NOT_FOUND location"),
        (json!({ "location": riyadh, "variants": [tea, nobodys] }), "NOT_FOUND variants.1"),
        (json!({ "location": riyadh, "variants": [tea, tea] }), "DUPLICATE variants.1"),
        (json!({ "location": riyadh, "variants": ["TEA"] }), "INVALID_ID variants.0"),
        (json!({ "location": riyadh, "variants": [] }), "REQUIRED variants"),
    ] {
        assert_eq!(wrong(&count(&staff, "stockCountOpen", input).await), [refusal]);
    }
    let id = opened(&shop, &["TEA"]).await;
    for (variant, n, refusal) in
        [(tea.as_str(), -1, "QUANTITY_NEGATIVE lines.0.counted"), (nobodys, 1, "NOT_FOUND lines.0.variant")]
    {
        let input = json!({ "count": id, "lines": [{ "variant": variant, "counted": n }] });
        assert_eq!(wrong(&count(&staff, "stockCountRecord", input).await), [refusal]);
    }
    let query = "query ($filter: StockCountFilter! = {}) { stockCounts(filter: $filter) { totalCount nodes {
        id isOpen lines { counted variance variant { sku } } } } }";
    for (filter, n_found) in [
        (json!({ "ids": [id], "isOpen": true }), 1),
        (json!({ "isOpen": false }), 0),
        (json!({ "location": riyadh }), 1),
        (json!({ "location": place(&shop, "jeddah").await }), 0),
    ] {
        let found = shop.staff("STOCK_READ").run(query, json!({ "filter": filter })).await;
        assert_eq!(found["stockCounts"]["totalCount"], n_found, "{filter}");
    }
}
