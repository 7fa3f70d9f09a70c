//! Paying by bank transfer, which staff note.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::card::buy;
use crate::orders::ask::{act, done, facts, kinds, me, refusal, stock, transfer};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_by_transfer_waits_until_staff_note_its_money() {
    let shop = Shop::open().await;
    let order = transfer(&shop, &[("TEA", 3)]).await;
    let waiting = facts(&shop, &order.id).await;
    assert_eq!(
        (&waiting["order"]["state"], &waiting["order"]["payment"]["status"]),
        (&json!("AWAITING_PAYMENT"), &json!("PENDING"))
    );
    assert_eq!(waiting["order"]["payBefore"], "2026-03-03T09:00:00Z");
    assert_eq!(stock(&shop, "TEA").await[2], ("riyadh".to_owned(), 10, 3));
    shop.later(Duration::from_hours(47));
    shop.work().await;

    let staff = shop.staff("PAYMENT_MANAGE");
    done(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    let paid = facts(&shop, &order.id).await;
    let (ours, payment) = (&paid["order"], &paid["order"]["payment"]);
    assert_eq!((&ours["state"], &ours["payBefore"]), (&json!("PLACED"), &Value::Null));
    // 34.50 + 18.00
    assert_eq!((&payment["status"], &payment["captured"]["amount"]), (&json!("CAPTURED"), &json!("52.50")));
    assert_eq!(kinds(&payment["entries"]), ["CAPTURED"]);
    assert_eq!(kinds(&ours["whereabouts"]["timeline"]), ["PLACED", "PAID", "PAYMENT_CAPTURED"]);
    let who = me(&staff).await;
    assert_eq!(paid["auditEntries"]["nodes"][0], json!({ "action": "order.paid", "actor": who }));
    assert_eq!(paid["paymentAudit"], json!([["payment.captured", who]]));
    assert_eq!(paid["products"], waiting["products"], "what was held is its own now");
    shop.later(Duration::from_hours(49));
    shop.work().await;
    assert_eq!(facts(&shop, &order.id).await["order"], *ours);

    let again = act(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    assert_eq!(codes(&again), ["ORDER_TRANSITION_NOT_ALLOWED"]);
    assert_eq!(facts(&shop, &order.id).await["order"], *ours);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_order_cannot_be_marked_as_paid() {
    let shop = Shop::open().await;
    let order = buy(&shop, "tok_insufficient_funds").await;
    let before = facts(&shop, &order.id).await;
    for (language, said) in [
        ("ar", "لا يمكن سداد هذه الدفعة، فقد سُددت أو أُلغيت أو انتهت مهلتها."),
        ("en", "This payment can no longer be made: it has been paid or cancelled, or its time has run out."),
    ] {
        let staff = shop.staff("PAYMENT_MANAGE").in_language(language);
        let refused = act(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("PAYMENT_NOT_PAYABLE"), &json!(["order"])));
        assert_eq!(error["message"], said);
    }
    assert_eq!(facts(&shop, &order.id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_was_paid_goes_back_when_the_order_is_cancelled() {
    let shop = Shop::open().await;
    let free = stock(&shop, "TEA").await;
    let order = transfer(&shop, &[("TEA", 3)]).await;
    let staff = shop.staff_all();
    done(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    done(&staff, "orderCancel", &order.id, json!({})).await;
    let cancelled = facts(&shop, &order.id).await;
    let payment = &cancelled["order"]["payment"];
    assert_eq!((&payment["status"], &payment["refunded"]["amount"]), (&json!("REFUNDED"), &json!("52.50")));
    assert_eq!(kinds(&payment["entries"]), ["CAPTURED", "REFUNDED"]);
    assert_eq!(stock(&shop, "TEA").await, free);
    let who = me(&staff).await;
    assert_eq!(cancelled["paymentAudit"], json!([["payment.captured", who], ["payment.refunded", who]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivered_order_by_transfer_is_not_paid_a_second_time() {
    let shop = Shop::open().await;
    let order = transfer(&shop, &[("TEA", 3)]).await;
    shop.make(&["orderMarkAsPaid", "orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    shop.work().await;
    let payment = facts(&shop, &order.id).await["order"]["payment"].take();
    assert_eq!((&payment["captured"]["amount"], kinds(&payment["entries"])), (&json!("52.50"), vec!["CAPTURED"]));
    done(&shop.staff_all(), "orderRefund", &order.id, json!({})).await;
    assert_eq!(facts(&shop, &order.id).await["order"]["payment"]["status"], "REFUNDED");
}
