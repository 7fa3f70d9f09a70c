//! What each move of an order does to stock, payment, timeline and audit trail.

use std::time::Duration;

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{act, audit, done, facts, kinds, me, standing, stock, text, transfer};

fn level(location: &str, on_hand: i64, reserved: i64) -> (String, i64, i64) {
    (location.to_owned(), on_hand, reserved)
}

/// Twelve teas come from two places: Riyadh has ten.
fn reserved_teas() -> Vec<(String, i64, i64)> {
    vec![level("dammam", 2, 0), level("jeddah", 5, 2), level("riyadh", 10, 10)]
}

fn last(facts: &Value) -> Value {
    facts["order"]["whereabouts"]["timeline"].as_array().unwrap().last().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn confirming_and_allocating_leave_stock_and_payment_as_they_are() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 12)]).await;
    let before = facts(&shop, &order.id).await;
    assert_eq!(stock(&shop, "TEA").await, reserved_teas());
    let steps = [
        ("orderConfirm", "ORDER_MANAGE", "CONFIRMED", "order.confirmed"),
        ("orderAllocate", "ORDER_FULFIL", "ALLOCATED", "order.allocated"),
    ];
    for (n, (name, permission, state, event)) in steps.into_iter().enumerate() {
        shop.later(Duration::from_mins(1));
        let staff = shop.staff(permission);
        done(&staff, name, &order.id, json!({})).await;
        let after = facts(&shop, &order.id).await;
        assert_eq!((&after["order"]["state"], &after["order"]["version"]), (&json!(state), &json!(n + 2)));
        let at = format!("2026-03-01T09:0{}:00Z", n + 1);
        let who = me(&staff).await;
        let entry = json!({ "kind": state, "at": at, "actor": who, "reason": null, "amount": null });
        assert_eq!(last(&after), entry);
        assert_eq!(after["order"]["payment"], before["order"]["payment"]);
        assert_eq!(after["products"], before["products"]);
        assert_eq!(audit(&shop, &order.id).await.last().unwrap(), &(event.to_owned(), who));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shipping_takes_the_goods_off_the_shelf_in_a_parcel_a_place() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 12)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    shop.later(Duration::from_mins(1));
    let staff = shop.staff("ORDER_FULFIL");
    let parcel = json!({ "carrier": " سمسا ", "tracking": "29-0012" });
    done(&staff, "orderShip", &order.id, parcel).await;

    let levels = vec![level("dammam", 2, 0), level("jeddah", 3, 0), level("riyadh", 0, 0)];
    assert_eq!(stock(&shop, "TEA").await, levels);
    let after = facts(&shop, &order.id).await;
    let shipments = after["order"]["shipments"].as_array().unwrap();
    let mut places: Vec<_> = shipments.iter().map(|one| text(&one["location"]["code"])).collect();
    places.sort();
    assert_eq!(places, ["jeddah", "riyadh"]);
    assert!(shipments.iter().all(|one| one["carrier"] == "سمسا" && one["tracking"] == "29-0012"), "{shipments:?}");
    let who = me(&staff).await;
    let entry =
        json!({ "kind": "SHIPPED", "at": "2026-03-01T09:01:00Z", "actor": who, "reason": null, "amount": null });
    assert_eq!(last(&after), entry);
    assert_eq!(kinds(&after["order"]["whereabouts"]["timeline"])[3..], ["SHIPPED", "SHIPPED"]);
    let by = |action: &str| (action.to_owned(), who.clone());
    let events = ["order.shipped", "order.shipment_dispatched", "order.shipment_dispatched"].map(by);
    assert_eq!(audit(&shop, &order.id).await[3..], events);
    assert_eq!(after["order"]["payment"]["status"], "PENDING", "the courier collects");
}

#[tokio::test(flavor = "multi_thread")]
async fn delivering_collects_the_cash() {
    let shop = Shop::open().await;
    let order = standing(&shop, "SHIPPED").await;
    let before = facts(&shop, &order.id).await;
    shop.later(Duration::from_mins(1));
    let staff = shop.staff("ORDER_FULFIL");
    done(&staff, "orderDeliver", &order.id, json!({})).await;

    let after = facts(&shop, &order.id).await;
    let payment = &after["order"]["payment"];
    assert_eq!(payment["status"], "CAPTURED");
    assert_eq!(payment["captured"], json!({ "amount": "79.00" }));
    assert_eq!(kinds(&payment["entries"]), ["CAPTURED"]);
    let told = &after["order"]["whereabouts"]["timeline"];
    assert_eq!(kinds(told)[4..], ["DELIVERED", "PAYMENT_CAPTURED"]);
    assert_eq!(told[5]["amount"], json!({ "amount": "79.00" }));
    assert_eq!(after["products"], before["products"]);
    let who = me(&staff).await;
    assert_eq!(audit(&shop, &order.id).await.last().unwrap(), &("order.delivered".to_owned(), who.clone()));
    let paid = audit(&shop, payment["id"].as_str().unwrap()).await;
    assert_eq!(paid, [("payment.captured".to_owned(), who)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_before_anything_left_gives_stock_and_payment_back() {
    let shop = Shop::open().await;
    let free = stock(&shop, "TEA").await;
    for moves in [&[][..], &["orderConfirm"], &["orderConfirm", "orderAllocate"]] {
        let order = shop.order(&[("TEA", 12)]).await;
        shop.make(moves, &order.id).await;
        assert_eq!(stock(&shop, "TEA").await, reserved_teas());
        shop.later(Duration::from_mins(1));
        let staff = shop.staff("ORDER_MANAGE");
        done(&staff, "orderCancel", &order.id, json!({ "reason": "طلب العميل\nذلك" })).await;

        let after = facts(&shop, &order.id).await;
        assert_eq!(after["order"]["state"], "CANCELLED");
        assert_eq!(stock(&shop, "TEA").await, free, "{moves:?}");
        assert_eq!(after["order"]["payment"]["status"], "VOIDED");
        assert_eq!(kinds(&after["order"]["payment"]["entries"]), ["VOIDED"]);
        let told = after["order"]["whereabouts"]["timeline"].as_array().unwrap();
        let [cancelled, voided] = &told[told.len() - 2..] else { unreachable!() };
        assert_eq!((&cancelled["kind"], &voided["kind"]), (&json!("CANCELLED"), &json!("PAYMENT_VOIDED")));
        assert_eq!(cancelled["reason"], "طلب العميل\nذلك");
        let who = me(&staff).await;
        assert_eq!(audit(&shop, &order.id).await.last().unwrap(), &("order.cancelled".to_owned(), who.clone()));
        assert_eq!(after["paymentAudit"], json!([["payment.voided", who]]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_an_order_that_awaits_its_payment_ends_the_waiting() {
    let shop = Shop::open().await;
    let free = stock(&shop, "TEA").await;
    let order = transfer(&shop, &[("TEA", 2)]).await;
    done(&shop.staff("ORDER_MANAGE"), "orderCancel", &order.id, json!({})).await;
    let after = facts(&shop, &order.id).await;
    assert_eq!(after["order"]["state"], "CANCELLED");
    assert_eq!(after["order"]["payBefore"], Value::Null);
    assert_eq!(after["order"]["payment"]["status"], "VOIDED");
    assert_eq!(stock(&shop, "TEA").await, free);
    // Nor does it expire later.
    shop.later(Duration::from_hours(49));
    shop.work().await;
    let mut later = facts(&shop, &order.id).await;
    assert_eq!(later["order"].take(), after["order"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutation_answers_with_the_moved_order_to_those_who_see_orders() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let payload = act(&shop.staff("ORDER_MANAGE"), "orderConfirm", &order.id, json!({})).await;
    assert_eq!(payload, json!({ "order": null, "userErrors": [] }), "ORDER_READ is not theirs");
    let payload = act(&shop.staff_all(), "orderAllocate", &order.id, json!({})).await;
    let moved = json!({ "id": order.id, "state": "ALLOCATED", "version": 3 });
    assert_eq!(payload, json!({ "order": moved, "userErrors": [] }));
}
