//! Orders that leave in parts.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop, tenant::Tenant, world::Placed};

use super::ask::{act, audit, done, facts, line_of, param, refusal, stock};

const PARTS: &str = "query ($id: ID!) { order(by: { id: $id }) { state fulfilmentStatus paymentStatus
    lines { sku quantity quantityShipped } whereabouts { holder { code } }
    shipments { location { code } tracking lines { line { sku } quantity } } } }";

async fn parts(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().run(PARTS, json!({ "id": order })).await["order"].take()
}

/// An order of twelve teas, ten of Riyadh and two of Jeddah, and one of dates, set aside.
async fn allocated(shop: &Tenant) -> Placed {
    let order = shop.order(&[("TEA", 12), ("DATES", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    order
}

fn level(location: &str, on_hand: i64, reserved: i64) -> (String, i64, i64) {
    (location.to_owned(), on_hand, reserved)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_leaves_in_parts_until_nothing_is_left() {
    let shop = Shop::open().await;
    let order = allocated(&shop).await;
    let staff = shop.staff_all();
    let tea = line_of(&shop, &order.id, "TEA").await;
    let before = parts(&shop, &order.id).await;
    assert_eq!((&before["fulfilmentStatus"], &before["paymentStatus"]), (&json!("UNFULFILLED"), &json!("UNPAID")));

    let some = json!({ "lines": [{ "line": tea, "quantity": 4 }], "tracking": "first" });
    let moved = done(&staff, "orderShip", &order.id, some).await;
    assert_eq!((&moved["order"]["state"], &moved["order"]["version"]), (&json!("PARTLY_SHIPPED"), &json!(4)));
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2, 0), level("jeddah", 5, 2), level("riyadh", 6, 6)]);
    let now = parts(&shop, &order.id).await;
    assert_eq!(now["fulfilmentStatus"], "PARTIALLY_FULFILLED");
    assert_eq!(now["whereabouts"]["holder"]["code"], "WAREHOUSE");
    let lines = json!([{ "sku": "TEA", "quantity": 12, "quantityShipped": 4 },
        { "sku": "DATES", "quantity": 1, "quantityShipped": 0 }]);
    assert_eq!(now["lines"], lines);
    let first = json!({ "location": { "code": "riyadh" }, "tracking": "first",
        "lines": [{ "line": { "sku": "TEA" }, "quantity": 4 }] });
    assert_eq!(now["shipments"], json!([first]));

    // Seven more teas come of both places.
    shop.later(std::time::Duration::from_mins(1));
    let more = json!({ "lines": [{ "line": tea, "quantity": 7 }], "tracking": "second" });
    done(&staff, "orderShip", &order.id, more).await;
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2, 0), level("jeddah", 4, 1), level("riyadh", 0, 0)]);
    shop.later(std::time::Duration::from_mins(1));
    let moved = done(&staff, "orderShip", &order.id, json!({ "tracking": "third" })).await;
    assert_eq!(moved["order"]["state"], "SHIPPED");
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2, 0), level("jeddah", 3, 0), level("riyadh", 0, 0)]);
    let all = parts(&shop, &order.id).await;
    assert_eq!(all["fulfilmentStatus"], "FULFILLED");
    assert_eq!(all["lines"][0]["quantityShipped"], 12);
    let trackings: Vec<_> = all["shipments"].as_array().unwrap().iter().map(|one| one["tracking"].clone()).collect();
    assert_eq!(trackings[..3], ["first", "second", "second"]);
    assert!(trackings[3..].iter().all(|tracking| tracking == "third"), "{trackings:?}");
    let events: Vec<_> = audit(&shop, &order.id).await.into_iter().map(|(name, _)| name).collect();
    let dispatched = "order.shipment_dispatched";
    assert_eq!(events[3..5], ["order.shipped_in_part", dispatched]);
    assert_eq!(events[5..8], ["order.shipped_in_part", dispatched, dispatched]);
    assert_eq!(events[8..10], ["order.shipped", dispatched]);
    done(&staff, "orderDeliver", &order.id, json!({})).await;
    assert_eq!(parts(&shop, &order.id).await["paymentStatus"], "PAID");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_at_one_place_leaves_by_itself() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 12)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let staff = shop.staff_all();
    let moved = done(&staff, "orderShip", &order.id, json!({ "location": "jeddah" })).await;
    assert_eq!(moved["order"]["state"], "PARTLY_SHIPPED");
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2, 0), level("jeddah", 3, 0), level("riyadh", 10, 10)]);
    let refused = act(&staff.clone().in_language("en"), "orderShip", &order.id, json!({ "location": "jeddah" })).await;
    let error = refusal(&refused);
    assert_eq!((&error["code"], &error["field"]), (&json!("ORDER_NOTHING_TO_SHIP"), &json!(["location"])));
    assert_eq!(error["message"], "Nothing of this order is left to ship from this place.");
    let tea = line_of(&shop, &order.id, "TEA").await;
    let rest = json!({ "location": "riyadh", "lines": [{ "line": tea, "quantity": 10 }] });
    assert_eq!(done(&staff, "orderShip", &order.id, rest).await["order"]["state"], "SHIPPED");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_leave_is_said_by_its_line_and_nothing_leaves() {
    let shop = Shop::open().await;
    let order = allocated(&shop).await;
    let (staff, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    let (tea, dates) = (line_of(&shop, &order.id, "TEA").await, line_of(&shop, &order.id, "DATES").await);
    let other = shop.order(&[("CUP", 1)]).await;
    let cup = line_of(&shop, &other.id, "CUP").await;
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    let theirs = line_of(shop.neighbour(), &theirs.id, "TEA").await;
    let before = (facts(&shop, &order.id).await, facts(&shop, &other.id).await);
    let line = |line: &str, quantity: u32| json!({ "line": line, "quantity": quantity });
    for (more, code, field) in [
        (json!({ "lines": [line(&tea, 13)] }), "ORDER_UNITS_EXCEEDED", json!(["lines", "0", "quantity"])),
        (
            json!({ "lines": [line(&dates, 1), line(&tea, 13)] }),
            "ORDER_UNITS_EXCEEDED",
            json!(["lines", "1", "quantity"]),
        ),
        (
            json!({ "lines": [line(&tea, 3)], "location": "jeddah" }),
            "ORDER_UNITS_EXCEEDED",
            json!(["lines", "0", "quantity"]),
        ),
        (json!({ "lines": [line(&cup, 1)] }), "NOT_FOUND", json!(["lines", "0", "line"])),
        (json!({ "lines": [line(&tea, 1), line(&theirs, 1)] }), "NOT_FOUND", json!(["lines", "1", "line"])),
        (json!({ "lines": [line(&order.id, 1)] }), "INVALID_ID", json!(["lines", "0", "line"])),
        (json!({ "lines": [line(&tea, 1), line(&tea, 1)] }), "DUPLICATE", json!(["lines", "1", "line"])),
        (json!({ "lines": [line(&tea, 0)] }), "QUANTITY_NOT_POSITIVE", json!(["lines", "0", "quantity"])),
        (json!({ "lines": [] }), "REQUIRED", json!(["lines"])),
        (json!({ "location": "nowhere" }), "NOT_FOUND", json!(["location"])),
        (json!({ "location": "dammam" }), "ORDER_NOTHING_TO_SHIP", json!(["location"])),
    ] {
        let refused = act(&staff, "orderShip", &order.id, more.clone()).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{more}");
    }
    let refused = act(&english, "orderShip", &order.id, json!({ "lines": [line(&tea, 13)] })).await;
    assert_eq!(param(refusal(&refused), "max"), "12");
    let said = "Only \u{2068}12\u{2069} units of this line are left.";
    assert_eq!(refusal(&refused)["message"], said);
    assert_eq!((facts(&shop, &order.id).await, facts(&shop, &other.id).await), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_sent_again_with_its_key_leaves_once() {
    let shop = Shop::open().await;
    let order = allocated(&shop).await;
    let tea = line_of(&shop, &order.id, "TEA").await;
    let staff = shop.staff_all();
    let input = json!({ "lines": [{ "line": tea, "quantity": 1 }], "idempotencyKey": "one" });
    for _again in 0..3 {
        done(&staff, "orderShip", &order.id, input.clone()).await;
    }
    assert_eq!(parts(&shop, &order.id).await["lines"][0]["quantityShipped"], 1);
    let other = json!({ "lines": [{ "line": tea, "quantity": 2 }], "idempotencyKey": "one" });
    assert_eq!(codes(&act(&staff, "orderShip", &order.id, other).await), ["IDEMPOTENCY_KEY_REUSED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_are_shipped_many_times_at_once_leave_once() {
    let shop = Shop::open().await;
    let order = allocated(&shop).await;
    let tea = line_of(&shop, &order.id, "TEA").await;
    let staff = shop.staff_all();
    staff.token().await;
    let input = json!({ "lines": [{ "line": tea, "quantity": 7 }] });
    let answers = at_once(6, |_| act(&staff, "orderShip", &order.id, input.clone())).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
    for payload in answers.iter().filter(|payload| !codes(payload).is_empty()) {
        assert!(matches!(codes(payload)[..], ["CONFLICT" | "ORDER_UNITS_EXCEEDED"]), "{payload}");
    }
    let now = parts(&shop, &order.id).await;
    assert_eq!((&now["state"], &now["lines"][0]["quantityShipped"]), (&json!("PARTLY_SHIPPED"), &json!(7)));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_cancellation_and_a_part_that_leaves_at_once_one_is_made() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    for _ in 0..3 {
        let order = shop.order(&[("CUP", 2)]).await;
        shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
        let cup = line_of(&shop, &order.id, "CUP").await;
        let input = json!({ "lines": [{ "line": cup, "quantity": 1 }] });
        let answers = at_once(2, async |n| match n {
            0 => act(&staff, "orderCancel", &order.id, json!({})).await,
            _ => act(&staff, "orderShip", &order.id, input.clone()).await,
        })
        .await;
        let said: Vec<_> = answers.iter().map(codes).collect();
        let state = parts(&shop, &order.id).await["state"].take();
        match (&said[0][..], &said[1][..]) {
            ([], ["CONFLICT" | "ORDER_TRANSITION_NOT_ALLOWED"]) => assert_eq!(state, "CANCELLED"),
            (["CONFLICT" | "ORDER_TRANSITION_NOT_ALLOWED"], []) => assert_eq!(state, "PARTLY_SHIPPED"),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_captured_once_and_in_full_with_the_first_part() {
    let shop = Shop::open().await;
    let cart = shop.cart_ready(&[("CUP", 2)], "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    assert_eq!(parts(&shop, &order.id).await["paymentStatus"], "AUTHORISED");
    let cup = line_of(&shop, &order.id, "CUP").await;
    let staff = shop.staff_all();
    done(&staff, "orderShip", &order.id, json!({ "lines": [{ "line": cup, "quantity": 1 }] })).await;
    shop.work().await;
    assert_eq!(parts(&shop, &order.id).await["paymentStatus"], "PAID");
    done(&staff, "orderShip", &order.id, json!({})).await;
    shop.work().await;
    let payment = facts(&shop, &order.id).await["order"]["payment"].take();
    assert_eq!(payment["captured"], payment["authorised"]);
    let captures = payment["entries"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "CAPTURED");
    assert_eq!(captures.count(), 1);
    done(&staff, "orderDeliver", &order.id, json!({})).await;
    done(&staff, "orderRefund", &order.id, json!({ "amount": "1.00" })).await;
    assert_eq!(parts(&shop, &order.id).await["paymentStatus"], "PARTIALLY_REFUNDED");
}
