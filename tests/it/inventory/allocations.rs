//! Units of a place that are one channel's.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop, tenant::Tenant};

use super::{
    ask::{available, change, changed, line, text, told},
    backorder::{sell, waits},
};
use crate::orders::ask::refusal;

/// What makes units of the tea in Riyadh a channel's.
async fn of(tenant: &Tenant, channel: &str, quantity: i64) -> Value {
    json!({ "lines": [line(tenant, "TEA", "riyadh", json!({ "channel": channel, "quantity": quantity })).await] })
}

/// A shop with so many teas, all of them in Riyadh, where both channels sell from.
async fn with_teas(quantity: i64) -> Shop {
    let shop = Shop::open().await;
    for (place, quantity) in [("riyadh", quantity), ("jeddah", 0), ("dammam", 0)] {
        let lines = [line(&shop, "TEA", place, json!({ "quantity": quantity })).await];
        changed(&shop.staff("STOCK_MANAGE"), "stockSet", json!({ "lines": lines, "reason": "x" })).await;
    }
    shop
}

async fn try_buy(client: &Client, n: u32) -> Value {
    let cart = client.cart_ready(&[("TEA", n)], "CASH_ON_DELIVERY").await;
    let query = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
        order { id } userErrors { code field } } }";
    client.run(query, json!({ "input": { "cart": cart, "idempotencyKey": client.key() } })).await["checkoutComplete"]
        .take()
}

async fn buy(client: &Client, n: u32) -> String {
    let payload = try_buy(client, n).await;
    assert_eq!(payload["userErrors"], json!([]));
    text(&payload["order"]["id"])
}

/// What of the level in Riyadh is whose.
async fn allocations(tenant: &Tenant) -> Value {
    let query =
        "{ productVariant(by: { sku: \"TEA\" }) { stock { location allocations { channel quantity promised } } } }";
    let mut found = tenant.staff("STOCK_READ").run(query, json!({})).await;
    let levels = found["productVariant"]["stock"].as_array_mut().unwrap();
    levels.iter_mut().find(|level| level["location"] == "riyadh").unwrap()["allocations"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_one_channels_is_left_by_the_others() {
    let shop = with_teas(10).await;
    let staff = shop.staff("STOCK_MANAGE");
    let (saudi, kuwait) = (shop.anonymous(), shop.anonymous().in_channel("web-kw"));
    changed(&staff, "stockAllocationsSet", of(&shop, "web-kw", 4).await).await;
    assert_eq!((available(&saudi, "TEA").await, available(&kuwait, "TEA").await), (6, 10));
    buy(&saudi, 6).await;
    let refused = try_buy(&saudi, 1).await;
    assert_eq!(codes(&refused), ["OUT_OF_STOCK"]);
    let order = buy(&kuwait, 3).await;
    assert_eq!((available(&saudi, "TEA").await, available(&kuwait, "TEA").await), (0, 1));
    assert_eq!(allocations(&shop).await, json!([{ "channel": "web-kw", "quantity": 4, "promised": 3 }]));

    // What it gives back is its own again.
    shop.make(&["orderCancel"], &order).await;
    assert_eq!((available(&saudi, "TEA").await, available(&kuwait, "TEA").await), (0, 4));
    changed(&staff, "stockAllocationsSet", of(&shop, "web-kw", 1).await).await;
    assert_eq!((available(&saudi, "TEA").await, available(&kuwait, "TEA").await), (3, 4));
    changed(&staff, "stockAllocationsSet", of(&shop, "web-kw", 0).await).await;
    assert_eq!((available(&saudi, "TEA").await, allocations(&shop).await), (4, json!([])));
    let told = told(&shop, "stock.allocation_set").await;
    assert_eq!(told.iter().map(|one| one["quantity"].as_i64().unwrap()).collect::<Vec<_>>(), [4, 1, 0]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_gets_what_is_anybodys_again_and_not_what_is_anothers() {
    let shop = with_teas(2).await;
    let staff = shop.staff("STOCK_MANAGE");
    changed(&staff, "stockAllocationsSet", of(&shop, "web-kw", 2).await).await;
    sell(&shop, "TEA", "BACKORDER", 9, None).await;
    let first = buy(&shop.anonymous(), 1).await;
    let second = buy(&shop.anonymous(), 2).await;
    assert_eq!((waits(&shop, &first).await, waits(&shop, &second).await), (1, 2));
    shop.verify().await;
    let come = [line(&shop, "TEA", "riyadh", json!({ "quantity": 1 })).await];
    changed(&staff, "stockReceive", json!({ "lines": come })).await;
    assert_eq!((waits(&shop, &first).await, waits(&shop, &second).await), (0, 2));
    changed(&staff, "stockAllocationsSet", of(&shop, "web-kw", 1).await).await;
    assert_eq!(waits(&shop, &second).await, 1);
    // Who buys there has the last one, and who waits here goes on waiting.
    buy(&shop.anonymous().in_channel("web-kw"), 1).await;
    assert_eq!(waits(&shop, &second).await, 1);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn however_many_buy_at_once_nobody_has_what_is_anothers() {
    let shop = with_teas(10).await;
    let (saudi, kuwait) = (shop.anonymous(), shop.anonymous().in_channel("web-kw"));
    changed(&shop.staff("STOCK_MANAGE"), "stockAllocationsSet", of(&shop, "web-kw", 4).await).await;
    let answers = at_once(16, async |_| try_buy(&saudi, 1).await).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 6);
    let answers = at_once(8, async |_| try_buy(&kuwait, 1).await).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 4);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_allocations_cost_as_many_statements_as_one() {
    let shop = with_teas(10).await;
    let staff = shop.staff("STOCK_MANAGE");
    let mut lines = Vec::new();
    for (place, channel) in [("riyadh", "web-kw"), ("riyadh", "web-sa"), ("jeddah", "web-kw"), ("dammam", "web-kw")] {
        lines.push(line(&shop, "TEA", place, json!({ "channel": channel, "quantity": 2 })).await);
    }
    let mut costs = Vec::new();
    for n in [1, 1, 2, 4] {
        let set = changed(&staff, "stockAllocationsSet", json!({ "lines": lines[..n] }));
        costs.push(shop.counted(set).await.1);
    }
    // They sign in at their first.
    assert_eq!(costs[1..], [costs[1]; 3]);
    assert_eq!(told(&shop, "stock.allocation_set").await.len(), 8);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_by_its_line_and_nothing_is_set() {
    let shop = with_teas(10).await;
    let staff = shop.staff("STOCK_MANAGE");
    let good = line(&shop, "TEA", "riyadh", json!({ "channel": "web-kw", "quantity": 2 })).await;
    let with = |field: &str, value: Value| {
        let mut line = good.clone();
        line[field] = value;
        line
    };
    for (bad, code, field) in [
        (with("channel", json!("nowhere")), "NOT_FOUND", "channel"),
        (with("variant", json!("variant_00000000000000000000000001")), "NOT_FOUND", "variant"),
        (with("quantity", json!(-1)), "QUANTITY_NEGATIVE", "quantity"),
        (with("quantity", json!(1_000_001)), "QUANTITY_TOO_LARGE", "quantity"),
        (good.clone(), "DUPLICATE", "variant"),
    ] {
        let refused = change(&staff, "stockAllocationsSet", json!({ "lines": [good, bad] })).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &json!(["lines", "1", field])));
    }
    assert_eq!(allocations(&shop).await, json!([]));
    let both = json!([good, with("channel", json!("web-sa"))]);
    let input = json!({ "lines": both, "idempotencyKey": "once" });
    for _again in 0..3 {
        changed(&staff, "stockAllocationsSet", input.clone()).await;
    }
    let two = |channel: &str| json!({ "channel": channel, "quantity": 2, "promised": 0 });
    assert_eq!(allocations(&shop).await, json!([two("web-kw"), two("web-sa")]));
    assert_eq!(told(&shop, "stock.allocation_set").await.len(), 2);
}
