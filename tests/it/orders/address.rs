//! Orders that go elsewhere than was said.

use serde_json::json;
use tests::{at_once::at_once, client::codes, shop::Shop, world::alula};

use super::ask::{act, audit, done, facts, me, param, refusal, standing};

const LOOK: &str = "query ($id: ID!) { order(by: { id: $id }) { version totals { total { amount } }
    shippingAddress { city street } addressChanges { reason actor address { city } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_elsewhere_until_it_left_and_what_was_said_stands() {
    let shop = Shop::open().await;
    let staff = shop.staff("ORDER_MANAGE");
    let all = shop.staff_all();
    for state in ["AWAITING_PAYMENT", "PLACED", "CONFIRMED", "ALLOCATED", "PARTLY_SHIPPED"] {
        let order = standing(&shop, state).await;
        let before = all.run(LOOK, json!({ "id": order.id })).await["order"].take();
        let more = json!({ "address": alula(), "reason": "انتقلت", "expectedVersion": before["version"] });
        done(&staff, "orderShippingAddressSet", &order.id, more).await;
        let now = all.run(LOOK, json!({ "id": order.id })).await["order"].take();
        assert_eq!(now["shippingAddress"], json!({ "city": "العلا", "street": "طريق العروبة" }), "{state}");
        let change = json!({ "reason": "انتقلت", "actor": me(&staff).await, "address": { "city": "العلا" } });
        assert_eq!(now["addressChanges"], json!([change]));
        assert_eq!((&now["version"], &now["totals"]), (&before["version"], &before["totals"]));
        assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.address_changed");
        let mut again = alula();
        again["street"] = json!("Corniche");
        done(&staff, "orderShippingAddressSet", &order.id, json!({ "address": again })).await;
        let end = all.run(LOOK, json!({ "id": order.id })).await["order"].take();
        assert_eq!(
            (&end["shippingAddress"]["street"], end["addressChanges"].as_array().unwrap().len()),
            (&json!("Corniche"), 2)
        );
    }
    shop.verify().await;
    let trail = "{ auditEntries(filter: { action: \"order.address_changed\" }, page: { first: 100 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"].take();
    let first = trail.as_array().unwrap().last().unwrap();
    assert_eq!((&first["before"]["city"], &first["after"]["city"]), (&json!("الرياض"), &json!("العلا")));
    assert!(!trail.to_string().contains("العروبة"), "where people live is the order's to tell: {trail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_address_is_said_and_nothing_changes() {
    let shop = Shop::open().await;
    let staff = shop.staff("ORDER_MANAGE");
    for state in ["SHIPPED", "DELIVERED", "REFUSED", "CANCELLED", "REFUNDED"] {
        let order = standing(&shop, state).await;
        let before = facts(&shop, &order.id).await;
        let refused = act(&staff, "orderShippingAddressSet", &order.id, json!({ "address": alula() })).await;
        assert_eq!((codes(&refused), param(refusal(&refused), "state")), (vec!["ORDER_ADDRESS_FIXED"], state));
        assert_eq!(facts(&shop, &order.id).await, before);
    }
    let order = standing(&shop, "CONFIRMED").await;
    let before = facts(&shop, &order.id).await;
    let mut bad = alula();
    bad["postalCode"] = json!("123");
    let kuwait =
        json!({ "name": "Layla", "phone": "+96550123456", "country": "KW", "line1": "Block 1", "city": "Hawalli" });
    for (more, code, field) in [
        (json!({ "address": bad }), "INVALID_POSTAL_CODE", json!(["address", "postalCode"])),
        (json!({ "address": kuwait }), "ORDER_ADDRESS_COUNTRY_CHANGED", json!(["address", "country"])),
        (json!({ "address": alula(), "expectedVersion": 1 }), "CONFLICT", json!(["expectedVersion"])),
        (json!({ "address": alula(), "reason": "x".repeat(501) }), "TOO_LONG", json!(["reason"])),
    ] {
        let refused = act(&staff, "orderShippingAddressSet", &order.id, more).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field));
    }
    assert_eq!(facts(&shop, &order.id).await, before);
    let once = json!({ "address": alula(), "idempotencyKey": "once" });
    for _again in 0..3 {
        done(&staff, "orderShippingAddressSet", &order.id, once.clone()).await;
    }
    let now = shop.staff_all().run(LOOK, json!({ "id": order.id })).await["order"].take();
    assert_eq!(now["addressChanges"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_shipped_at_the_same_time_went_where_it_was_sent() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let order = standing(&shop, "ALLOCATED").await;
    let answers = at_once(6, async |n| {
        if n % 2 == 0 {
            ("address", act(&staff, "orderShippingAddressSet", &order.id, json!({ "address": alula() })).await)
        } else {
            ("ship", act(&staff, "orderShip", &order.id, json!({})).await)
        }
    });
    let answers = answers.await;
    for (_, payload) in answers.iter().filter(|(_, payload)| !codes(payload).is_empty()) {
        assert!(
            matches!(codes(payload)[..], ["ORDER_ADDRESS_FIXED" | "ORDER_TRANSITION_NOT_ALLOWED" | "CONFLICT"]),
            "{payload}"
        );
    }
    let n_set = answers.iter().filter(|(what, payload)| *what == "address" && codes(payload).is_empty()).count();
    let now = staff.run(LOOK, json!({ "id": order.id })).await["order"].take();
    assert_eq!(now["addressChanges"].as_array().unwrap().len(), n_set);
    shop.verify().await;
}
