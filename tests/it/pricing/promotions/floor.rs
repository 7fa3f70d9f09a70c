//! Promotions take nothing off below the lowest price.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{off_order, plain, promote};
use crate::{
    cart::read::read,
    pricing::{floors::limit, promotions::ask::promotion},
};

/// What each promotion does to a cart: what it took off, whether the lowest price kept it from more, and how that is told.
async fn told(client: &Client, cart: &str) -> Vec<(String, bool, String)> {
    let query = "query ($id: ID!) { cart(id: $id) { pricing { explanation { amount { amount } isAtFloor isCapped message } } } }";
    let found = client.clone().in_language("en").run(query, json!({ "id": cart })).await;
    let step = |step: &Value| {
        let amount = step["amount"]["amount"].as_str().unwrap_or("nothing").to_owned();
        let message = step["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert_eq!(step["isCapped"], json!(false));
        (amount, step["isAtFloor"].as_bool().unwrap(), message)
    };
    found["cart"]["pricing"]["explanation"].as_array().unwrap().iter().map(step).collect()
}

/// What tea costs while browsing: the price, and what is taken off.
async fn browsing(shop: &Shop) -> Value {
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { price { amount } discounted { price { amount } off { amount } } } } }";
    shop.anonymous().run(query, json!({})).await["productVariant"]["pricing"]["discounted"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_comes_below_its_lowest_price_and_it_is_told() {
    let shop = plain().await;
    let guest = shop.anonymous();
    promote(&shop, "half", off_order("50"), json!({})).await;
    promote(&shop, "more", off_order("10"), json!({})).await;
    let cart = guest.cart_ready(&[("TEA", 2)], "CARD").await;
    assert_eq!(read(&guest, &cart).await["totals"]["discount"]["amount"], "12.65");
    limit(&shop, "TEA", json!({ "floor": "9.00" })).await;
    // 2 × (11.50 − 9.00).
    assert_eq!(read(&guest, &cart).await["totals"]["discount"]["amount"], "5.00");
    let steps = told(&guest, &cart).await;
    assert_eq!(
        steps.iter().map(|(amount, at_floor, _)| (amount.as_str(), *at_floor)).collect::<Vec<_>>(),
        [("5.00", true), ("nothing", true)]
    );
    assert!(steps[0].2.ends_with("a price has reached the lowest it is sold at"), "{}", steps[0].2);
    assert_eq!(steps[1].2, "The prices are already the lowest the items are sold at; “more” adds nothing.");
    // Half of 23.00, and of 11.50 what there is room for.
    let both = guest.cart_ready(&[("TEA", 1), ("CUP", 1)], "CARD").await;
    assert_eq!(told(&guest, &both).await[0].0, "14.00");
    limit(&shop, "TEA", json!({ "floor": "0" })).await;
    assert_eq!(
        read(&guest, &cart).await["totals"]["discount"]["amount"],
        "12.65",
        "a lowest price of nothing limits nothing"
    );
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_while_browsing_and_what_would_have_been_obey_too() {
    let shop = plain().await;
    limit(&shop, "TEA", json!({ "floor": "9.00" })).await;
    let sale = json!({ "effect": { "catalogue": { "off": { "percent": "40" } } } });
    promote(&shop, "sale", sale, json!({})).await;
    assert_eq!(browsing(&shop).await, json!({ "price": { "amount": "9.00" }, "off": { "amount": "2.50" } }));
    limit(&shop, "TEA", json!({ "floor": "12.00" })).await;
    assert_eq!(browsing(&shop).await, Value::Null, "the price is the lowest already");
    limit(&shop, "TEA", json!({ "floor": "9.00" })).await;
    shop.order(&[("TEA", 2)]).await;
    let off = promote_later(&shop).await;
    let query = "query ($input: PromotionSimulateInput!) { promotionSimulate(input: $input) {
        simulation { sums { difference { amount } } } userErrors { code } } }";
    let input = json!({ "promotion": { "id": off }, "on": { "orders": { "channel": "web-sa" } } });
    let simulated =
        shop.staff("PROMOTION_MANAGE").run(query, json!({ "input": input })).await["promotionSimulate"].take();
    assert_eq!(simulated["simulation"]["sums"]["difference"]["amount"], "0.00", "{simulated}");
}

/// A promotion that has not begun.
async fn promote_later(shop: &Shop) -> String {
    promote(shop, "later", off_order("50"), json!({ "startsAt": shop.in_hours(5) })).await;
    promotion(shop, "later").await
}
