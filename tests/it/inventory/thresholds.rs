//! What is kept back is not sold.

use serde_json::json;
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{available, change, changed, level, line, place};
use crate::cart::refusal::{try_it, wrong};

#[tokio::test(flavor = "multi_thread")]
async fn safety_stock_is_on_the_shelf_and_not_sold() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let lines = [
        line(&shop, "TEA", "riyadh", json!({ "safetyStock": 8 })).await,
        line(&shop, "TEA", "jeddah", json!({ "safetyStock": 9 })).await,
    ];
    changed(&staff, "stockThresholdsSet", json!({ "lines": lines })).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 2));
    assert_eq!(level(&shop, "TEA", "jeddah").await, (5, 0, 0), "nothing, and not less");
    assert_eq!(available(&shop.anonymous(), "TEA").await, 4, "2 of Riyadh, none of Jeddah, 2 of Dammam");
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 5)], "CASH_ON_DELIVERY").await;
    let warned = guest.run("query ($id: ID!) { cart(id: $id) { warnings { code } } }", json!({ "id": cart })).await;
    assert_eq!(warned["cart"]["warnings"], json!([{ "code": "SHORT_OF_STOCK" }]));
    let refused = try_it(&guest, "checkoutComplete", json!({ "cart": cart, "idempotencyKey": "k" })).await;
    assert_eq!(codes(&refused), ["OUT_OF_STOCK"]);
    assert_eq!(refused["userErrors"][0]["params"], json!([{ "name": "available", "value": "4" }]));
    shop.order(&[("TEA", 4)]).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 2, 0));
    assert_eq!(level(&shop, "TEA", "dammam").await, (2, 2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_leaves_its_buffer_to_the_others() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let riyadh = place(&shop, "riyadh").await;
    let set = "mutation ($input: ChannelLocationsSetInput!) { channelLocationsSet(input: $input) {
        locations { buffer location { code } } userErrors { code field } } }";
    let input = json!({ "channel": "web-kw", "locations": [{ "location": riyadh, "buffer": 7 }] });
    let done = staff.done(set, json!({ "input": input })).await;
    assert_eq!(done["locations"], json!([{ "buffer": 7, "location": { "code": "riyadh" } }]));
    let kuwait = shop.anonymous().in_channel("web-kw");
    assert_eq!((available(&kuwait, "TEA").await, available(&shop.anonymous(), "TEA").await), (3, 17));
    let carts = [
        kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await,
        kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await,
        kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await,
        kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await,
        kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await,
    ];
    let answers = at_once(5, async |n| {
        try_it(&kuwait, "checkoutComplete", json!({ "cart": carts[n], "idempotencyKey": n.to_string() })).await
    });
    let placed = answers.await.iter().filter(|answer| codes(answer).is_empty()).count();
    assert_eq!(placed, 3);
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 3, 7));
    shop.order(&[("TEA", 7)]).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 10, 0), "the other channel has none to leave");
}

#[tokio::test(flavor = "multi_thread")]
async fn thresholds_are_set_all_or_none_and_once() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let good = line(&shop, "TEA", "riyadh", json!({ "safetyStock": 8 })).await;
    let mut unknown = good.clone();
    unknown["variant"] = json!("variant_01h455vb4pex5vsknk084sn02q");
    let payload = change(&staff, "stockThresholdsSet", json!({ "lines": [good, unknown] })).await;
    assert_eq!(wrong(&payload), ["NOT_FOUND lines.1.variant"]);
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 10));
    let bad = line(&shop, "TEA", "riyadh", json!({ "safetyStock": -1, "lowStockThreshold": 1_000_001 })).await;
    let payload = change(&staff, "stockThresholdsSet", json!({ "lines": [bad] })).await;
    let wanted = ["QUANTITY_NEGATIVE lines.0.safetyStock", "QUANTITY_TOO_LARGE lines.0.lowStockThreshold"];
    assert_eq!(wrong(&payload), wanted);
}
