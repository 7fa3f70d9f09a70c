//! Staff say how many there are.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{change, changed, level, line, told};
use crate::cart::refusal::wrong;

fn input(line: &Value) -> Value {
    json!({ "lines": [line], "reason": "جرد سريع" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_set_if_it_is_what_was_seen_and_else_the_caller_is_told_what_it_is() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let seen = line(&shop, "TEA", "riyadh", json!({ "quantity": 12, "expectedQuantity": 10 })).await;
    let done = changed(&staff, "stockSet", input(&seen)).await;
    assert_eq!((&done["results"][0]["units"], &done["results"][0]["level"]["onHand"]), (&json!(2), &json!(12)));
    let payload = change(&staff, "stockSet", input(&seen)).await;
    assert_eq!(wrong(&payload), ["CONFLICT lines.0.expectedQuantity"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "quantity", "value": "12" }]));
    assert_eq!(level(&shop, "TEA", "riyadh").await, (12, 0, 12));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_set_however_many_there_are_if_nothing_was_expected() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let all = line(&shop, "TEA", "riyadh", json!({ "quantity": 0 })).await;
    let done = changed(&staff, "stockSet", input(&all)).await;
    assert_eq!(done["results"][0]["units"], -10);
    let done = changed(&staff, "stockSet", input(&all)).await;
    assert_eq!(done["results"][0]["units"], 0, "it is so already");
    assert_eq!(told(&shop, "stock.adjusted").await.len(), 1, "and nothing happened");
    assert_eq!(level(&shop, "TEA", "riyadh").await, (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_is_not_set_below_what_is_promised() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 8)]).await;
    let staff = shop.staff("STOCK_MANAGE");
    for expected in [json!(10), Value::Null] {
        let wanted = json!({ "quantity": 7, "expectedQuantity": expected });
        let payload = change(&staff, "stockSet", input(&line(&shop, "TEA", "riyadh", wanted).await)).await;
        assert_eq!(wrong(&payload), ["STOCK_RESERVED lines.0.quantity"]);
        assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "reserved", "value": "8" }]));
    }
    changed(&staff, "stockSet", input(&line(&shop, "TEA", "riyadh", json!({ "quantity": 8 })).await)).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (8, 8, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_that_is_not_there_yet_is_made() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let create = "mutation ($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code } } }";
    let new = json!({ "code": "abha", "nameAr": "أبها", "kind": "WAREHOUSE", "city": "أبها" });
    staff.done(create, json!({ "input": new })).await;
    let wrong_guess = line(&shop, "TEA", "abha", json!({ "quantity": 4, "expectedQuantity": 1 })).await;
    let payload = change(&staff, "stockSet", input(&wrong_guess)).await;
    assert_eq!(wrong(&payload), ["CONFLICT lines.0.expectedQuantity"]);
    assert_eq!(payload["userErrors"][0]["params"], json!([{ "name": "quantity", "value": "0" }]));
    let right = line(&shop, "TEA", "abha", json!({ "quantity": 4, "expectedQuantity": 0 })).await;
    changed(&staff, "stockSet", input(&right)).await;
    assert_eq!(level(&shop, "TEA", "abha").await, (4, 0, 4));
    let unseen = line(&shop, "CUP", "abha", json!({ "quantity": 9 })).await;
    changed(&staff, "stockSet", input(&unseen)).await;
    assert_eq!(level(&shop, "CUP", "abha").await, (9, 0, 9));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let bad = line(&shop, "TEA", "riyadh", json!({ "quantity": -1, "expectedQuantity": -1 })).await;
    let payload = change(&staff, "stockSet", json!({ "lines": [bad], "reason": "", "idempotencyKey": "" })).await;
    let mut refused = wrong(&payload);
    refused.sort();
    let wanted = [
        "QUANTITY_NEGATIVE lines.0.expectedQuantity",
        "QUANTITY_NEGATIVE lines.0.quantity",
        "REQUIRED idempotencyKey",
        "REQUIRED reason",
    ];
    assert_eq!(refused, wanted);
}
