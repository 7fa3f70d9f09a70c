//! How much all promotions together take off a cart.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{off_order, plain, promote};
use crate::{cart::read::read, fulfilment::ask::try_set};

const CAP: &str = "channel { code discountCap { percent amount { amount } version } }";

/// Limits discounts in the Saudi shop, as staff who may, and gives the payload.
async fn limit(shop: &Shop, more: Value) -> Value {
    let mut input = json!({ "channel": "web-sa" });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    try_set(&shop.staff("PROMOTION_MANAGE"), "channelDiscountCapSet", CAP, input).await
}

/// The limit of the Saudi shop, as anybody sees it: percent, amount, version.
async fn limited(shop: &Shop) -> Value {
    let query = "{ channels { code discountCap { percent amount { amount } version } } }";
    let channels = shop.anonymous().run(query, json!({})).await["channels"].take();
    channels.as_array().unwrap().iter().find(|channel| channel["code"] == "web-sa").unwrap()["discountCap"].clone()
}

/// What each promotion does to a cart: what it took off, whether it was kept from more, and how that is told.
async fn told(client: &Client, cart: &str) -> Vec<(String, bool, String)> {
    let query = "query ($id: ID!) { cart(id: $id) { pricing { explanation { kind name amount { amount } isCapped message } } } }";
    let found = client.clone().in_language("en").run(query, json!({ "id": cart })).await;
    let step = |step: &Value| {
        let amount = step["amount"]["amount"].as_str().unwrap_or("nothing").to_owned();
        let message = step["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        (amount, step["isCapped"].as_bool().unwrap(), message)
    };
    found["cart"]["pricing"]["explanation"].as_array().unwrap().iter().map(step).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn all_promotions_together_take_off_no_more_than_the_channel_allows() {
    let shop = plain().await;
    let guest = shop.anonymous();
    for (code, percent) in [("first", "20"), ("second", "20"), ("third", "20")] {
        promote(&shop, code, off_order(percent), json!({})).await;
    }
    promote(&shop, "delivered", json!({ "effect": { "delivery": { "percent": "100" } } }), json!({})).await;
    // Four cups are 92.00: 18.40, then 14.72, then 11.78.
    let cart = guest.cart_ready(&[("CUP", 4)], "CARD").await;
    let off = async || read(&guest, &cart).await["totals"]["discount"]["amount"].as_str().unwrap().to_owned();
    assert_eq!(off().await, "44.90");
    for (cap, expected) in [
        (json!({ "percent": "30" }), "27.60"),
        (json!({ "amount": "20.00" }), "20.00"),
        (json!({ "percent": "30", "amount": "20.00" }), "20.00"),
        (json!({ "percent": "12.5", "amount": "20.00" }), "11.50"),
        (json!({ "amount": "44.90" }), "44.90"),
        (json!({}), "44.90"),
        (json!({ "percent": "30" }), "27.60"),
    ] {
        assert_eq!(limit(&shop, cap.clone()).await["userErrors"], json!([]), "{cap}");
        assert_eq!(off().await, expected, "{cap}");
    }
    let steps = told(&guest, &cart).await;
    let amounts: Vec<_> = steps.iter().map(|(amount, is_capped, _)| (amount.as_str(), *is_capped)).collect();
    assert_eq!(amounts, [("18.40", false), ("9.20", true), ("18.00", false), ("nothing", true)]);
    assert!(steps[1].2.ends_with("the discounts have reached the most that can be taken off"), "{}", steps[1].2);
    assert_eq!(steps[3].2, "The discounts have reached the most that can be taken off; “third” adds nothing.");
    let there = guest.in_channel("app-sa").cart_ready(&[("TEA", 8)], "CARD").await;
    let elsewhere = read(&shop.anonymous().in_channel("app-sa"), &there).await;
    assert_eq!(elsewhere["totals"]["discount"]["amount"], "44.90", "another channel has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_that_its_discounts_were_limited() {
    let shop = plain().await;
    promote(&shop, "half", off_order("50"), json!({})).await;
    limit(&shop, json!({ "amount": "5.00" })).await;
    let placed = shop.order(&[("CUP", 1)]).await;
    limit(&shop, json!({})).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { totals { discount { amount } }
        pricing { explanation { amount { amount } isCapped } } } }";
    let order = shop.staff_all().run(query, json!({ "id": placed.id })).await["order"].take();
    assert_eq!(order["totals"]["discount"]["amount"], "5.00");
    assert_eq!(order["pricing"]["explanation"], json!([{ "amount": { "amount": "5.00" }, "isCapped": true }]));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_checked_tried_and_changed_once() {
    let shop = Shop::open().await;
    assert_eq!(limited(&shop).await, json!({ "percent": null, "amount": null, "version": 1 }));
    for (more, code, field) in [
        (json!({ "channel": "nowhere" }), "NOT_FOUND", "channel"),
        (json!({ "percent": "0" }), "INVALID_PERCENT", "percent"),
        (json!({ "percent": "100.01" }), "INVALID_PERCENT", "percent"),
        (json!({ "amount": "0.00" }), "AMOUNT_NOT_POSITIVE", "amount"),
        (json!({ "amount": "1.234" }), "INVALID_AMOUNT", "amount"),
        (json!({ "percent": "5", "expectedVersion": 2 }), "CONFLICT", "expectedVersion"),
    ] {
        let refused = limit(&shop, more.clone()).await;
        assert_eq!(refused, json!({ "channel": null, "userErrors": [{ "code": code, "field": [field] }] }), "{more}");
    }
    let tried = limit(&shop, json!({ "percent": "5", "dryRun": true })).await;
    assert_eq!(tried, json!({ "channel": null, "userErrors": [] }));
    assert_eq!(limited(&shop).await["version"], 1);
    let set = json!({ "percent": "5.50", "amount": "10.00", "expectedVersion": 1, "idempotencyKey": "once" });
    let expected = json!({ "percent": "5.5", "amount": { "amount": "10.00" }, "version": 2 });
    for _time in 0..2 {
        let done = limit(&shop, set.clone()).await;
        assert_eq!(done["channel"], json!({ "code": "web-sa", "discountCap": expected }));
    }
    assert_eq!(limited(&shop).await, expected);
    let audit = "{ auditEntries(filter: { action: \"channel.discount_cap_set\" }) { nodes { before after } } }";
    let entries = shop.staff("AUDIT_READ").run(audit, json!({})).await["auditEntries"]["nodes"].take();
    assert_eq!(entries.as_array().unwrap().len(), 1);
    assert_eq!(
        (&entries[0]["before"]["percent_bps"], &entries[0]["after"]["percent_bps"]),
        (&Value::Null, &json!(550))
    );
}
