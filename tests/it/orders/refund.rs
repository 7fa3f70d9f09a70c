//! Giving the money of a delivered order back.

use std::time::Duration;

use serde_json::json;
use tests::shop::Shop;

use super::ask::{act, audit, done, facts, kinds, me, param, refusal, standing, text};

#[tokio::test(flavor = "multi_thread")]
async fn money_goes_back_in_parts_until_all_of_it_went() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let before = facts(&shop, &order.id).await;
    let staff = shop.staff("PAYMENT_MANAGE");
    let who = me(&staff).await;
    // What goes back now, what is refunded in all, and where that leads.
    let steps = [
        (json!({ "amount": "29.00", "reason": "ناقص" }), "29.00", "29.00", "PART_REFUNDED", "DELIVERED"),
        (json!({ "amount": "0.5" }), "0.50", "29.50", "PART_REFUNDED", "DELIVERED"),
        (json!({}), "49.50", "79.00", "REFUNDED", "REFUNDED"),
    ];
    for (n, (input, part, total, status, state)) in steps.into_iter().enumerate() {
        shop.later(Duration::from_mins(1));
        let reason = input.get("reason").cloned();
        done(&staff, "orderRefund", &order.id, input).await;
        let after = facts(&shop, &order.id).await;
        assert_eq!((&after["order"]["state"], &after["order"]["version"]), (&json!(state), &json!(6 + n)));
        let payment = &after["order"]["payment"];
        assert_eq!((&payment["status"], &payment["refunded"]["amount"]), (&json!(status), &json!(total)));
        assert_eq!(payment["captured"]["amount"], "79.00");
        let entry = payment["entries"].as_array().unwrap().last().unwrap();
        assert_eq!(*entry, json!({ "kind": "REFUNDED", "declineCode": null, "amount": { "amount": part } }));
        let kind = if state == "REFUNDED" { "REFUNDED" } else { "REFUNDED_PART" };
        let told = after["order"]["whereabouts"]["timeline"].as_array().unwrap().last().unwrap().clone();
        let at = format!("2026-03-01T09:0{}:00Z", n + 1);
        assert_eq!(
            told,
            json!({ "kind": kind, "at": at, "actor": who, "reason": reason, "amount": { "amount": part } })
        );
        assert_eq!(after["products"], before["products"], "what comes back is counted when it does");
        let event = if state == "REFUNDED" { "order.refunded" } else { "order.refunded_in_part" };
        assert_eq!(audit(&shop, &order.id).await.last().unwrap(), &(event.to_owned(), who.clone()));
        let of_payment = audit(&shop, &text(&payment["id"])).await;
        assert_eq!(of_payment.last().unwrap(), &("payment.refunded".to_owned(), who.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_is_all_that_is_left_ends_the_order() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let staff = shop.staff_all();
    let moved = done(&staff, "orderRefund", &order.id, json!({ "amount": "79.00" })).await;
    assert_eq!(moved["order"]["state"], "REFUNDED");
    let facts = facts(&shop, &order.id).await;
    assert_eq!(facts["order"]["payment"]["status"], "REFUNDED");
    assert!(kinds(&facts["order"]["whereabouts"]["timeline"]).contains(&"REFUNDED"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_bounds_the_next_refund() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let staff = shop.staff_all();
    done(&staff, "orderRefund", &order.id, json!({ "amount": "70.00" })).await;
    let before = facts(&shop, &order.id).await;
    let refused = act(&staff, "orderRefund", &order.id, json!({ "amount": "9.01" })).await;
    assert_eq!(refusal(&refused)["code"], "REFUND_EXCEEDS_CAPTURED");
    assert_eq!(param(refusal(&refused), "max"), "9.00");
    assert_eq!(facts(&shop, &order.id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_has_not_captured_yet_cannot_go_back() {
    let shop = Shop::open().await;
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let before = facts(&shop, &order.id).await;
    assert_eq!(before["order"]["payment"]["captured"]["amount"], "0.00");
    for (input, language, said) in [
        (json!({}), "ar", "لا يوجد مبلغ يمكن استرداده."),
        (json!({ "amount": "1.00" }), "en", "There is nothing left to refund."),
    ] {
        let refused = act(&shop.staff_all().in_language(language), "orderRefund", &order.id, input).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("NOTHING_TO_REFUND"), &json!(["order"])));
        assert_eq!(error["message"], said);
    }
    assert_eq!(facts(&shop, &order.id).await, before);
    shop.work().await;
    done(&shop.staff_all(), "orderRefund", &order.id, json!({})).await;
}
