//! An order that is not paid in its time.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, world::Placed};

use super::ask::{act, by_token, done, facts, kinds, refusal, stock, transfer};

async fn by_card(shop: &Shop, token: &str) -> Placed {
    let cart = shop.cart_ready(&[("TEA", 12)], "CARD").await;
    shop.anonymous().checkout_by_card(&cart, token).await
}

/// Waits until an order's window has passed; it ends then, and not before.
async fn expires(shop: &Shop, order: &Placed, window: Duration, pay_before: &str) {
    let waiting = facts(shop, &order.id).await;
    assert_eq!(waiting["order"]["state"], "AWAITING_PAYMENT");
    assert_eq!(waiting["order"]["payBefore"], pay_before);
    assert_eq!(stock(shop, "TEA").await.iter().map(|level| level.2).sum::<i64>(), 12);
    shop.later(window.checked_sub(Duration::from_millis(1)).unwrap());
    shop.work().await;
    let still = facts(shop, &order.id).await;
    assert_eq!(still["order"]["state"], "AWAITING_PAYMENT");
    shop.later(Duration::from_millis(1));
    shop.work().await;

    let ended = facts(shop, &order.id).await;
    assert_eq!((&ended["order"]["state"], &ended["order"]["payBefore"]), (&json!("CANCELLED"), &Value::Null));
    assert_eq!(ended["order"]["payment"]["status"], "VOIDED");
    assert_eq!(ended["order"]["payment"]["challengeUrl"], Value::Null);
    assert_eq!(stock(shop, "TEA").await.iter().map(|level| level.2).sum::<i64>(), 0);
    let told = ended["order"]["whereabouts"]["timeline"].as_array().unwrap();
    let [expired, voided] = &told[told.len() - 2..] else { unreachable!() };
    let entry = json!({ "kind": "EXPIRED", "at": pay_before, "actor": "system", "reason": null, "amount": null });
    assert_eq!((expired, &voided["kind"]), (&entry, &json!("PAYMENT_VOIDED")));
    assert_eq!(ended["auditEntries"]["nodes"][0], json!({ "action": "order.expired", "actor": "system" }));
    let of_payment = ended["paymentAudit"].as_array().unwrap();
    assert_eq!(*of_payment.last().unwrap(), json!(["payment.voided", "system"]));
    shop.work().await;
    assert_eq!(facts(shop, &order.id).await, ended, "it ends once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_card_was_declined_expires_after_half_an_hour() {
    let shop = Shop::open().await;
    let order = by_card(&shop, "tok_do_not_honour").await;
    expires(&shop, &order, Duration::from_mins(30), "2026-03-01T09:30:00Z").await;
    let label = by_token(&shop.anonymous(), &order, "whereabouts { timeline { label } }").await;
    let told = label["whereabouts"]["timeline"].as_array().unwrap();
    assert!(told.iter().any(|entry| entry["label"] == "انتهت مهلة الدفع وأُلغي الطلب"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_card_waits_for_the_shopper_expires_too() {
    let shop = Shop::open().await;
    let order = by_card(&shop, "tok_challenge").await;
    expires(&shop, &order, Duration::from_mins(30), "2026-03-01T09:30:00Z").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_for_a_transfer_expires_after_two_days() {
    let shop = Shop::open().await;
    let order = transfer(&shop, &[("TEA", 12)]).await;
    expires(&shop, &order, Duration::from_hours(48), "2026-03-03T09:00:00Z").await;
    let before = facts(&shop, &order.id).await;
    let refused = act(&shop.staff_all(), "orderMarkAsPaid", &order.id, json!({})).await;
    assert_eq!(refusal(&refused)["code"], "ORDER_TRANSITION_NOT_ALLOWED");
    assert_eq!(facts(&shop, &order.id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_windows_are_the_operators() {
    let shop = Shop::open_with(|flags| {
        flags.payment_window_minutes = Some("5".to_owned());
        flags.transfer_window_hours = Some("1".to_owned());
    });
    let shop = shop.await;
    let card = by_card(&shop, "tok_expired_card").await;
    assert_eq!(facts(&shop, &card.id).await["order"]["payBefore"], "2026-03-01T09:05:00Z");
    let bank = transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await;
    assert_eq!(facts(&shop, &bank.id).await["order"]["payBefore"], "2026-03-01T10:00:00Z");
    shop.later(Duration::from_mins(5));
    shop.work().await;
    assert_eq!(facts(&shop, &card.id).await["order"]["state"], "CANCELLED");
    assert_eq!(facts(&shop, &bank.id).await["order"]["state"], "AWAITING_PAYMENT");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_or_needs_no_payment_before_delivery_does_not_expire() {
    let shop = Shop::open().await;
    let cash = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let card = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    let bank = transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await;
    done(&shop.staff("PAYMENT_MANAGE"), "orderMarkAsPaid", &bank.id, json!({})).await;
    for order in [&cash, &card, &bank] {
        assert_eq!(facts(&shop, &order.id).await["order"]["payBefore"], Value::Null);
    }
    shop.later(Duration::from_hours(24 * 30));
    shop.work().await;
    for order in [&cash, &card, &bank] {
        let facts = facts(&shop, &order.id).await;
        assert_eq!(facts["order"]["state"], "PLACED");
        assert!(!kinds(&facts["order"]["whereabouts"]["timeline"]).contains(&"EXPIRED"));
    }
}
