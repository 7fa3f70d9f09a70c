//! A move is made once for its key, and on the order that the caller saw.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{MOVES, act, done, facts, refusal, standing};

/// A state in which a mutation is legal.
const LEGAL: [(&str, &str); 7] = [
    ("orderConfirm", "PLACED"),
    ("orderAllocate", "CONFIRMED"),
    ("orderShip", "ALLOCATED"),
    ("orderDeliver", "SHIPPED"),
    ("orderCancel", "CONFIRMED"),
    ("orderRefund", "DELIVERED"),
    ("orderMarkAsPaid", "AWAITING_PAYMENT"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_move_of_an_older_version_is_a_conflict_and_of_the_present_one_is_made() {
    let shop = Shop::open().await;
    let (staff, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    assert_eq!(LEGAL.map(|(name, _)| name).iter().filter(|name| MOVES.contains(name)).count(), MOVES.len());
    for (name, state) in LEGAL {
        let order = standing(&shop, state).await;
        let before = facts(&shop, &order.id).await;
        let version = before["order"]["version"].as_i64().unwrap();
        for wrong in [0, -1, version - 1, version + 1] {
            let refused = act(&staff, name, &order.id, json!({ "expectedVersion": wrong })).await;
            let error = refusal(&refused);
            assert_eq!((&error["code"], &error["field"]), (&json!("CONFLICT"), &json!(["expectedVersion"])), "{name}");
            assert_eq!(error["message"], "تغيّرت هذه البيانات منذ أن عُرضت عليك. يُرجى تحديثها ثم المحاولة مرة أخرى.");
        }
        let refused = act(&english, name, &order.id, json!({ "expectedVersion": 0 })).await;
        assert_eq!(refusal(&refused)["message"], "This has changed since you saw it. Please refresh and try again.");
        assert_eq!(facts(&shop, &order.id).await, before);
        let moved = done(&staff, name, &order.id, json!({ "expectedVersion": version })).await;
        assert_eq!(moved["order"]["version"], json!(version + 1), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_is_sent_again_with_its_key_is_made_once() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for (name, state) in LEGAL {
        let order = standing(&shop, state).await;
        let once = json!({ "idempotencyKey": format!("once-{name}") });
        let first = done(&staff, name, &order.id, once.clone()).await;
        let after = facts(&shop, &order.id).await;
        let second = done(&staff, name, &order.id, once.clone()).await;
        assert_eq!(second, first);
        assert_eq!(facts(&shop, &order.id).await, after, "{name}");
        // The same key with another order, or with more said, is another input.
        let other = standing(&shop, state).await;
        let before = facts(&shop, &other.id).await;
        let refused = act(&staff, name, &other.id, once.clone()).await;
        let error = refusal(&refused);
        let expected = (&json!("IDEMPOTENCY_KEY_REUSED"), &json!(["idempotencyKey"]));
        assert_eq!((&error["code"], &error["field"]), expected, "{name}");
        assert_eq!(facts(&shop, &other.id).await, before);
        let more = json!({ "idempotencyKey": once["idempotencyKey"], "expectedVersion": 1 });
        assert_eq!(codes(&act(&staff, name, &order.id, more).await), ["IDEMPOTENCY_KEY_REUSED"], "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_move_does_not_use_its_key_up_and_others_keys_are_their_own() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let key = json!({ "idempotencyKey": "the-key" });
    let refused = act(&shop.staff_all(), "orderAllocate", &order.id, key.clone()).await;
    assert_eq!(codes(&refused), ["ORDER_TRANSITION_NOT_ALLOWED"]);
    done(&shop.staff_all(), "orderConfirm", &order.id, key.clone()).await;
    done(&shop.staff_all(), "orderAllocate", &order.id, key.clone()).await;
    // Somebody else with the same key asks for something of their own.
    let other = standing(&shop, "CONFIRMED").await;
    done(&shop.staff("ORDER_FULFIL"), "orderAllocate", &other.id, key).await;
    assert_eq!(facts(&shop, &other.id).await["order"]["state"], "ALLOCATED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_is_sent_many_times_at_once_with_one_key_goes_back_once() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let staff = shop.staff_all();
    staff.token().await;
    let input = json!({ "idempotencyKey": "refund", "amount": "10.00" });
    let answers = at_once(8, |_| done(&staff, "orderRefund", &order.id, input.clone())).await;
    assert!(answers.iter().all(|payload| payload["order"]["state"] == "DELIVERED"), "{answers:?}");
    let facts = facts(&shop, &order.id).await;
    assert_eq!(facts["order"]["payment"]["refunded"], json!({ "amount": "10.00" }));
    assert_eq!(facts["order"]["version"], 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn refunds_at_once_never_give_back_more_than_was_captured() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(8, |_| act(&staff, "orderRefund", &order.id, json!({ "amount": "30.00" }))).await;
    let done = answers.iter().filter(|payload| codes(payload).is_empty()).count();
    assert!((1..=2).contains(&done), "{done} refunds of 30.00 from 79.00");
    for payload in answers.iter().filter(|payload| !codes(payload).is_empty()) {
        assert!(matches!(codes(payload)[..], ["REFUND_EXCEEDS_CAPTURED" | "CONFLICT"]), "{payload}");
    }
    let payment = facts(&shop, &order.id).await["order"]["payment"].take();
    assert_eq!(payment["refunded"], json!({ "amount": format!("{}.00", 30 * done) }));
    assert_eq!(payment["entries"].as_array().unwrap().len(), 1 + done);
    assert_eq!(payment["status"], Value::from("PART_REFUNDED"));
}
