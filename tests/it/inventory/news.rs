//! What is told of stock: when there is little, and when there is some again.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{changed, line, told};

async fn few_at(shop: &Shop, sku: &str, place: &str, low_at: i64) {
    let lines = [line(shop, sku, place, json!({ "lowStockThreshold": low_at })).await];
    changed(&shop.staff("STOCK_MANAGE"), "stockThresholdsSet", json!({ "lines": lines })).await;
}

fn available(events: &[Value]) -> Vec<i64> {
    events.iter().map(|event| event["available"].as_i64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn little_stock_is_told_once_when_the_line_is_crossed_also_by_an_order() {
    let shop = Shop::open().await;
    few_at(&shop, "TEA", "riyadh", 5).await;
    shop.order(&[("TEA", 4)]).await;
    assert!(told(&shop, "stock.low").await.is_empty(), "six are more than five");
    let order = shop.order(&[("TEA", 2)]).await;
    shop.order(&[("TEA", 1)]).await;
    assert_eq!(available(&told(&shop, "stock.low").await), [4]);
    shop.make(&["orderCancel"], &order.id).await;
    let staff = shop.staff("STOCK_MANAGE");
    for (delta, low) in [(-1, vec![4]), (2, vec![4]), (-3, vec![4, 3])] {
        let lines = [line(&shop, "TEA", "riyadh", json!({ "delta": delta, "reason": "x" })).await];
        changed(&staff, "stockAdjust", json!({ "lines": lines })).await;
        assert_eq!(available(&told(&shop, "stock.low").await), low, "told again once there were more than five");
    }
    let events = told(&shop, "stock.low").await;
    assert_eq!(events[1]["low_at"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn stock_that_is_back_is_told_when_it_comes_in_is_found_or_is_given_back() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let order = shop.order(&[("DALLAH", 1)]).await;
    assert!(told(&shop, "stock.back").await.is_empty());
    shop.make(&["orderCancel"], &order.id).await;
    assert_eq!(available(&told(&shop, "stock.back").await), [1]);
    let lines = [line(&shop, "INCENSE", "jeddah", json!({ "quantity": 3 })).await];
    changed(&staff, "stockReceive", json!({ "lines": lines })).await;
    let lines = [line(&shop, "INCENSE", "jeddah", json!({ "quantity": 3 })).await];
    changed(&staff, "stockReceive", json!({ "lines": lines })).await;
    assert_eq!(available(&told(&shop, "stock.back").await), [1, 3], "the second three are nothing new");
    let lines = [line(&shop, "INCENSE", "jeddah", json!({ "safetyStock": 6 })).await];
    changed(&staff, "stockThresholdsSet", json!({ "lines": lines })).await;
    let lines = [line(&shop, "INCENSE", "jeddah", json!({ "safetyStock": 4 })).await];
    changed(&staff, "stockThresholdsSet", json!({ "lines": lines })).await;
    assert_eq!(available(&told(&shop, "stock.back").await), [1, 3, 2], "what is not kept back any more");
}
