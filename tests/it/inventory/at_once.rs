//! Many who move the same stock in the same moment.

use serde_json::json;
use tests::{at_once::at_once, shop::Shop};

use super::ask::{change, level, line};
use crate::cart::refusal::{try_it, wrong};

#[tokio::test(flavor = "multi_thread")]
async fn twenty_four_adjustments_of_one_level_all_count() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    staff.token().await;
    let up = line(&shop, "TEA", "riyadh", json!({ "delta": 3, "reason": "x" })).await;
    let down = line(&shop, "TEA", "riyadh", json!({ "delta": -2, "reason": "x" })).await;
    let answers = at_once(24, async |n| {
        let line = if n % 2 == 0 { &up } else { &down };
        change(&staff, "stockAdjust", json!({ "lines": [line], "idempotencyKey": n.to_string() })).await
    });
    let answers = answers.await;
    let n_refused = answers.iter().filter(|answer| !wrong(answer).is_empty()).count();
    assert_eq!(n_refused, 0, "there are always enough: {answers:#?}");
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10 + 12 * 3 - 12 * 2, 0, 22));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_sixteen_who_saw_the_same_quantity_one_sets_it() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    staff.token().await;
    let base = line(&shop, "TEA", "riyadh", json!({ "expectedQuantity": 10 })).await;
    let answers = at_once(16, async |n| {
        let mut line = base.clone();
        line["quantity"] = json!(100 + n);
        change(&staff, "stockSet", json!({ "lines": [line], "reason": "x", "idempotencyKey": n.to_string() })).await
    });
    let answers = answers.await;
    let done: Vec<_> = answers.iter().filter(|answer| wrong(answer).is_empty()).collect();
    assert_eq!(done.len(), 1, "{answers:#?}");
    let refused = answers.iter().filter(|answer| wrong(answer) == ["CONFLICT lines.0.expectedQuantity"]).count();
    assert_eq!(refused, 15);
    assert_eq!(level(&shop, "TEA", "riyadh").await.0, done[0]["results"][0]["level"]["onHand"].as_i64().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_units_at_a_new_place_come_from_many_at_once() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let create = "mutation ($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code } } }";
    let new = json!({ "code": "abha", "nameAr": "أبها", "kind": "WAREHOUSE", "city": "أبها" });
    staff.done(create, json!({ "input": new })).await;
    let line = line(&shop, "TEA", "abha", json!({ "quantity": 2 })).await;
    let answers = at_once(12, async |n| {
        change(&staff, "stockReceive", json!({ "lines": [line], "idempotencyKey": n.to_string() })).await
    });
    assert!(answers.await.iter().all(|answer| wrong(answer).is_empty()));
    assert_eq!(level(&shop, "TEA", "abha").await, (24, 0, 24));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_away_while_others_buy_is_not_sold() {
    let shop = Shop::open().await;
    let (buyer, staff) = (shop.anonymous(), shop.staff("STOCK_MANAGE"));
    staff.token().await;
    let buyer = buyer.in_channel("web-kw");
    let mut carts = Vec::new();
    for _ in 0..12 {
        carts.push(buyer.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await);
    }
    let gone = line(&shop, "TEA", "riyadh", json!({ "delta": -1, "reason": "كُسرت" })).await;
    // Ten units, twelve who buy one and twelve who find one broken.
    let answers = at_once(24, async |n| {
        if n % 2 == 0 {
            let input = json!({ "cart": carts[n / 2], "idempotencyKey": n.to_string() });
            wrong(&try_it(&buyer, "checkoutComplete", input).await)
        } else {
            wrong(&change(&staff, "stockAdjust", json!({ "lines": [gone], "idempotencyKey": n.to_string() })).await)
        }
    });
    let answers = answers.await;
    let done = |odd: usize| answers.iter().skip(odd).step_by(2).filter(|answer| answer.is_empty()).count();
    let (sold, broken) = (done(0), done(1));
    assert_eq!(sold + broken, 10, "{answers:#?}");
    let (on_hand, reserved, free) = level(&shop, "TEA", "riyadh").await;
    let units = |n: usize| i64::try_from(n).unwrap();
    assert_eq!((on_hand, reserved, free), (10 - units(broken), units(sold), 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_in_another_order_do_not_wait_for_each_other_for_ever() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    staff.token().await;
    let mut lines = Vec::new();
    for (sku, place) in [("TEA", "riyadh"), ("CUP", "jeddah"), ("DATES", "dammam"), ("TEA", "dammam")] {
        lines.push(line(&shop, sku, place, json!({ "quantity": 1 })).await);
    }
    let answers = at_once(16, async |n| {
        let mut lines = lines.clone();
        lines.rotate_left(n % 4);
        change(&staff, "stockReceive", json!({ "lines": lines, "idempotencyKey": n.to_string() })).await
    });
    assert!(answers.await.iter().all(|answer| wrong(answer).is_empty()));
    assert_eq!(level(&shop, "TEA", "dammam").await, (18, 0, 18));
}
