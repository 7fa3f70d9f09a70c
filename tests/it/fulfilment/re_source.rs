//! A place refuses what an order was to have of it.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{rules, told};
use crate::{
    cart::refusal::wrong,
    inventory::ask::level,
    orders::ask::{act, audit, done, line_of, stock, text},
};

async fn refuses(shop: &Shop, order: &str, location: &str, more: Value) -> Value {
    let mut input = json!({ "location": location });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    act(&shop.staff("ORDER_FULFIL"), "orderReSource", order, input).await
}

#[tokio::test(flavor = "multi_thread")]
async fn other_places_give_what_one_refuses_and_it_is_said_why() {
    let shop = Shop::open().await;
    for state in ["PLACED", "ALLOCATED"] {
        let order = shop.order(&[("TEA", 3), ("CUP", 1)]).await;
        if state == "ALLOCATED" {
            shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
        }
        let moved = refuses(&shop, &order.id, "riyadh", json!({ "reason": "مكسورة" })).await;
        assert_eq!(moved["userErrors"], json!([]), "{state}");
        let wanted =
            ["TEA riyadh 3 PRIORITY", "TEA jeddah 3 PRIORITY", "CUP riyadh 1 PRIORITY", "CUP jeddah 1 PRIORITY"];
        let told = told(&shop, &order.id).await;
        assert!(told.len() == 4 && wanted[..1] == told[..1] && told[1].starts_with("TEA jeddah 3"), "{told:?}");
        assert_eq!((level(&shop, "TEA", "riyadh").await.1, level(&shop, "TEA", "jeddah").await.1), (0, 3));
        let staff = shop.staff("ORDER_READ").in_language("en");
        let query = "query ($id: ID!) { order(by: { id: $id }) { lines { sources { reason refusedBy { code } } } } }";
        let found = staff.run(query, json!({ "id": order.id })).await;
        let last = &found["order"]["lines"][0]["sources"][1];
        assert_eq!(last["refusedBy"]["code"], "riyadh");
        let reason = text(&last["reason"]).replace(['\u{2068}', '\u{2069}'], "");
        assert!(reason.starts_with("Riyadh warehouse could not supply the items (مكسورة). "), "{reason}");
        assert!(audit(&shop, &order.id).await.iter().any(|(action, _)| action == "order.re_sourced"));
        if state == "ALLOCATED" {
            shop.make(&["orderShip", "orderDeliver"], &order.id).await;
        } else {
            shop.make(&["orderCancel"], &order.id).await;
        }
        let left = stock(&shop, "TEA").await.iter().map(|(_, _, reserved)| *reserved).sum::<i64>();
        assert_eq!(left, 0, "{state}");
    }
    assert_eq!(level(&shop, "TEA", "jeddah").await.0, 2, "three left");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_for_its_payment_or_has_left_in_part_is_sourced_anew_too() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let waiting = guest.checkout(&cart).await;
    assert_eq!(codes(&refuses(&shop, &waiting.id, "riyadh", json!({})).await), Vec::<&str>::new());
    shop.make(&["orderMarkAsPaid", "orderConfirm", "orderAllocate", "orderShip"], &waiting.id).await;
    assert_eq!(level(&shop, "TEA", "jeddah").await, (3, 0, 3));
    let order = shop.order(&[("TEA", 3)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let line = line_of(&shop, &order.id, "TEA").await;
    let part = json!({ "lines": [{ "line": line, "quantity": 1 }] });
    done(&shop.staff_all(), "orderShip", &order.id, part).await;
    let moved = refuses(&shop, &order.id, "riyadh", json!({ "lines": [line] })).await;
    assert_eq!(codes(&moved), Vec::<&str>::new());
    assert_eq!(level(&shop, "TEA", "jeddah").await, (3, 2, 1), "the two that had not left");
    shop.make(&["orderShip"], &order.id).await;
    assert_eq!(codes(&refuses(&shop, &order.id, "jeddah", json!({})).await), ["ORDER_NOTHING_TO_SHIP"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_other_place_has_stays_or_holds_the_order() {
    let shop = Shop::open().await;
    let order = shop.order(&[("DATES", 3), ("TEA", 1)]).await;
    let dates = line_of(&shop, &order.id, "DATES").await;
    let before = (stock(&shop, "DATES").await, stock(&shop, "TEA").await);
    let refused = refuses(&shop, &order.id, "riyadh", json!({})).await;
    assert_eq!(wrong(&refused), [format!("OUT_OF_STOCK order.lines.{dates}")]);
    assert_eq!(refused["userErrors"][0]["params"], json!([{ "name": "available", "value": "1" }]));
    assert_eq!((stock(&shop, "DATES").await, stock(&shop, "TEA").await), before, "nothing moved, not even the tea");
    for _ in 0..2 {
        let held = refuses(&shop, &order.id, "riyadh", json!({ "holdIfShort": true, "reason": "broken" })).await;
        assert_eq!(codes(&held), Vec::<&str>::new(), "the second time it is held already");
    }
    let query = "query ($id: ID!) { order(by: { id: $id }) { holds { kind reason } } }";
    let found = shop.staff("ORDER_READ").run(query, json!({ "id": order.id })).await;
    assert_eq!(found["order"]["holds"], json!([{ "kind": "STOCK", "reason": "broken" }]));
    assert_eq!((stock(&shop, "DATES").await, stock(&shop, "TEA").await), before);
    let confirm = act(&shop.staff_all(), "orderConfirm", &order.id, json!({})).await;
    assert_eq!(codes(&confirm), ["ORDER_ON_HOLD"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_does_not_split_moves_to_one_place_only() {
    let shop = Shop::open().await;
    rules(&shop, &["PRIORITY"], false).await;
    let order = shop.order(&[("TEA", 6)]).await;
    let refused = refuses(&shop, &order.id, "riyadh", json!({})).await;
    assert_eq!(wrong(&refused), ["SPLIT_NOT_ALLOWED order"], "Jeddah has five and Dammam two");
    assert_eq!(level(&shop, "TEA", "riyadh").await.1, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_and_nothing_changes() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2)]).await;
    let nobodys = "orderline_01h455vb4pex5vsknk084sn02q";
    for (location, more, refusal) in [
        ("nowhere", json!({}), "NOT_FOUND location"),
        ("jeddah", json!({}), "ORDER_NOTHING_TO_SHIP location"),
        ("riyadh", json!({ "lines": [nobodys] }), "NOT_FOUND lines.0"),
        ("riyadh", json!({ "lines": ["x"] }), "INVALID_ID lines.0"),
        ("riyadh", json!({ "lines": [] }), "REQUIRED lines"),
        ("riyadh", json!({ "expectedVersion": 7 }), "CONFLICT expectedVersion"),
        ("riyadh", json!({ "reason": "a\0b" }), "CONTROL_CHARACTER reason"),
    ] {
        assert_eq!(wrong(&refuses(&shop, &order.id, location, more).await), [refusal], "{location}");
    }
    shop.make(&["orderCancel"], &order.id).await;
    assert_eq!(wrong(&refuses(&shop, &order.id, "riyadh", json!({})).await), ["ORDER_NOTHING_TO_SHIP location"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_refusal_twice_is_one() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2)]).await;
    for _ in 0..2 {
        let moved = refuses(&shop, &order.id, "riyadh", json!({ "idempotencyKey": "gone" })).await;
        assert_eq!(codes(&moved), Vec::<&str>::new());
    }
    assert_eq!(told(&shop, &order.id).await, ["TEA riyadh 2 PRIORITY", "TEA jeddah 2 PRIORITY"]);
    let other = refuses(&shop, &order.id, "jeddah", json!({ "idempotencyKey": "gone" })).await;
    assert_eq!(wrong(&other), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
}

/// A place refuses an order twice at once while others do something with it.
async fn meets(shop: &Shop, against: &str) {
    let order = shop.order(&[("COFFEE-250-LIGHT", 2)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let id = &order.id;
    let answers = at_once(4, async |n| match n % 2 {
        0 => refuses(shop, id, "riyadh", json!({})).await,
        _ => act(&shop.staff_all(), against, id, json!({})).await,
    });
    for answer in answers.await {
        let known = ["CONFLICT", "ORDER_NOTHING_TO_SHIP", "ORDER_TRANSITION_NOT_ALLOWED"];
        assert!(codes(&answer).iter().all(|code| known.contains(code)), "{against}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_meets_a_shipment_or_a_cancellation_leaves_the_books_straight() {
    let shop = Shop::open().await;
    for against in ["orderShip", "orderCancel", "orderShip", "orderCancel", "orderShip", "orderCancel"] {
        meets(&shop, against).await;
    }
    shop.verify().await;
}
