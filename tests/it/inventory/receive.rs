//! Goods come in.

use serde_json::json;
use tests::shop::Shop;

use super::ask::{available, change, changed, level, line, told};
use crate::cart::refusal::wrong;

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_came_in_can_be_sold_and_bear_the_suppliers_paper() {
    let shop = Shop::open().await;
    assert_eq!(available(&shop.anonymous(), "INCENSE").await, 0);
    let staff = shop.staff("STOCK_MANAGE");
    let lines = [
        line(&shop, "INCENSE", "riyadh", json!({ "quantity": 6 })).await,
        line(&shop, "TEA", "dammam", json!({ "quantity": 1 })).await,
    ];
    let input = json!({ "lines": lines, "reference": "DN-2044", "idempotencyKey": "DN-2044" });
    for _again in 0..2 {
        changed(&staff, "stockReceive", input.clone()).await;
    }
    assert_eq!(available(&shop.anonymous(), "INCENSE").await, 6);
    assert_eq!(level(&shop, "TEA", "dammam").await, (3, 0, 3));
    let query = "query ($variant: ID!) { stockMovements(filter: { variant: $variant, cause: RECEIPT }) { nodes { onHandDelta reason } } }";
    let variant = shop.variant("INCENSE").await;
    let moved = shop.staff("STOCK_READ").run(query, json!({ "variant": variant })).await;
    assert_eq!(moved["stockMovements"]["nodes"], json!([{ "onHandDelta": 6, "reason": "DN-2044" }]));
    let events = told(&shop, "stock.received").await;
    assert_eq!(events.iter().map(|event| event["on_hand_delta"].as_i64().unwrap()).sum::<i64>(), 7);
    assert_eq!(told(&shop, "stock.back").await.len(), 1, "of the incense there was none");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    for (quantity, refusal) in [
        (0, "QUANTITY_NOT_POSITIVE lines.0.quantity"),
        (-5, "QUANTITY_NOT_POSITIVE lines.0.quantity"),
        (1_000_001, "QUANTITY_TOO_LARGE lines.0.quantity"),
    ] {
        let lines = [line(&shop, "TEA", "riyadh", json!({ "quantity": quantity })).await];
        assert_eq!(wrong(&change(&staff, "stockReceive", json!({ "lines": lines })).await), [refusal]);
    }
    let lines = [line(&shop, "TEA", "riyadh", json!({ "quantity": 1 })).await];
    let input = json!({ "lines": lines, "reference": "x".repeat(201) });
    assert_eq!(wrong(&change(&staff, "stockReceive", input).await), ["TOO_LONG reference"]);
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 10));
}
