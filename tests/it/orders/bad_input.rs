//! What is wrong with a move is said, field by field, and nothing is moved.

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::ask::{MOVES, act, done, facts, param, refusal, standing, try_act};

const UNKNOWN: &str = "order_01h455vb4pex5vsknk084sn02q";

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_not_there_or_a_neighbours_is_not_found_and_a_wrong_id_is_said_to_be_one() {
    let shop = Shop::open().await;
    let theirs = standing(shop.neighbour(), "PLACED").await;
    let before = facts(shop.neighbour(), &theirs.id).await;
    let variant = shop.variant("TEA").await;
    let staff = shop.staff_all();
    for name in MOVES {
        for id in [UNKNOWN, &theirs.id] {
            let refused = act(&staff, name, id, json!({})).await;
            assert_eq!(refusal(&refused)["code"], "NOT_FOUND", "{name} {id}");
            assert_eq!(refusal(&refused)["field"], json!(["order"]));
        }
        for id in [&variant, "W1001", ""] {
            let refused = act(&staff, name, id, json!({})).await;
            assert_eq!(refusal(&refused)["code"], "INVALID_ID", "{name} {id}");
            assert_eq!(refusal(&refused)["field"], json!(["order"]));
        }
    }
    assert_eq!(facts(shop.neighbour(), &theirs.id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_wrong_fields_of_a_shipment_are_said_at_once() {
    let shop = Shop::open().await;
    let order = standing(&shop, "ALLOCATED").await;
    let before = facts(&shop, &order.id).await;
    let staff = shop.staff_all();
    let long = "ش".repeat(61);
    let wrong = [
        (long.as_str(), "TOO_LONG"),
        ("", "REQUIRED"),
        (" \u{200F}", "REQUIRED"),
        ("a\0b", "CONTROL_CHARACTER"),
        ("a\nb", "CONTROL_CHARACTER"),
        ("a\u{202E}b", "DIRECTION_OVERRIDE"),
        ("a\u{2066}b", "DIRECTION_OVERRIDE"),
    ];
    for (text, code) in wrong {
        let refused = act(&staff, "orderShip", &order.id, json!({ "carrier": text, "tracking": text })).await;
        assert_eq!(codes(&refused), [code, code], "{text:?}");
        let fields: Vec<_> = refused["userErrors"].as_array().unwrap().iter().map(|error| &error["field"]).collect();
        assert_eq!(fields, [&json!(["carrier"]), &json!(["tracking"])]);
        if code == "TOO_LONG" {
            assert_eq!(param(&refused["userErrors"][0], "max"), "60");
        }
    }
    assert_eq!(facts(&shop, &order.id).await, before);
    // The longest that are allowed, with marks of direction.
    let parcel = json!({ "carrier": "ش".repeat(60), "tracking": format!("\u{200E}{}", "9".repeat(59)) });
    done(&staff, "orderShip", &order.id, parcel).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_measured_and_looked_through() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for (name, state) in [("orderCancel", "PLACED"), ("orderRefund", "DELIVERED")] {
        let order = standing(&shop, state).await;
        let before = facts(&shop, &order.id).await;
        let long = "ق".repeat(501);
        for (reason, code) in
            [(long.as_str(), "TOO_LONG"), ("a\0b", "CONTROL_CHARACTER"), ("a\u{202E}b", "DIRECTION_OVERRIDE")]
        {
            let refused = act(&staff, name, &order.id, json!({ "reason": reason })).await;
            let error = refusal(&refused);
            assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(["reason"])), "{name}");
            if code == "TOO_LONG" {
                assert_eq!(param(error, "max"), "500");
            }
        }
        assert_eq!(facts(&shop, &order.id).await, before);
        done(&staff, name, &order.id, json!({ "reason": "ق".repeat(500) })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn white_space_is_no_reason() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    done(&shop.staff_all(), "orderCancel", &order.id, json!({ "reason": " \n\t" })).await;
    let timeline = facts(&shop, &order.id).await["order"]["whereabouts"]["timeline"].take();
    let cancelled = timeline.as_array().unwrap().iter().find(|entry| entry["kind"] == "CANCELLED").unwrap();
    assert_eq!(cancelled["reason"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_that_cannot_be_refunded_is_refused_with_what_can() {
    let shop = Shop::open().await;
    let order = standing(&shop, "DELIVERED").await;
    let before = facts(&shop, &order.id).await;
    let staff = shop.staff_all();
    for amount in ["0", "0.00", "-1.00", "1.234", "", "ten", "1e1", "1_0", "1,00", "99999999999999999999", "\0"] {
        let refused = act(&staff, "orderRefund", &order.id, json!({ "amount": amount })).await;
        let error = refusal(&refused);
        let code = match amount {
            "0" | "0.00" => "AMOUNT_NOT_POSITIVE",
            "99999999999999999999" => "AMOUNT_TOO_HIGH",
            _ => "INVALID_AMOUNT",
        };
        assert_eq!(error["code"], code, "{amount:?}");
        assert_eq!(error["field"], json!(["amount"]));
    }
    for amount in ["79.01", "1000000.00"] {
        let refused =
            act(&staff.clone().in_language("en"), "orderRefund", &order.id, json!({ "amount": amount })).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("REFUND_EXCEEDS_CAPTURED"), &json!(["amount"])));
        assert_eq!(param(error, "max"), "79.00");
        let said = "This is more than was paid. At most \u{2068}SAR\u{a0}79.00\u{2069} can be refunded.";
        assert_eq!(error["message"], said);
    }
    let refused = act(&staff, "orderRefund", &order.id, json!({ "amount": "79.01" })).await;
    let said = "هذا أكبر من المبلغ المدفوع. أقصى ما يمكن استرداده \u{2068}\u{200f}79.00\u{a0}ر.س.\u{200f}\u{2069}.";
    assert_eq!(refusal(&refused)["message"], said);
    assert_eq!(facts(&shop, &order.id).await, before);
    let both = json!({ "amount": "0", "reason": "a\0b" });
    let refused = act(&staff, "orderRefund", &order.id, both).await;
    assert_eq!(codes(&refused), ["AMOUNT_NOT_POSITIVE", "CONTROL_CHARACTER"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dinar_has_three_places() {
    let shop = Shop::open().await;
    let order = shop.anonymous().in_channel("web-kw").order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let staff = shop.staff_all();
    let refused = act(&staff, "orderRefund", &order.id, json!({ "amount": "0.0001" })).await;
    assert_eq!(codes(&refused), ["INVALID_AMOUNT"]);
    done(&staff, "orderRefund", &order.id, json!({ "amount": "0.001" })).await;
    let payment = facts(&shop, &order.id).await["order"]["payment"].take();
    assert_eq!(
        (&payment["captured"], &payment["refunded"]),
        (&json!({ "amount": "4.000" }), &json!({ "amount": "0.001" }))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_required_and_measured() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let before = facts(&shop, &order.id).await;
    let staff = shop.staff_all();
    for name in MOVES {
        let long = "k".repeat(101);
        for (key, code) in [("", "REQUIRED"), (long.as_str(), "TOO_LONG"), ("a\0b", "CONTROL_CHARACTER")] {
            let refused = act(&staff, name, &order.id, json!({ "idempotencyKey": key })).await;
            let error = refusal(&refused);
            assert_eq!((&error["code"], &error["field"]), (&json!(code), &json!(["idempotencyKey"])), "{name}");
        }
        let reply = try_act(&staff, name, &order.id, json!({ "idempotencyKey": null })).await;
        assert_eq!(reply.codes(), ["MALFORMED_QUERY"], "{name}");
        let refused = act(&staff, name, "x", json!({ "idempotencyKey": "" })).await;
        assert_eq!(codes(&refused), ["INVALID_ID", "REQUIRED"], "{name}");
    }
    assert_eq!(facts(&shop, &order.id).await, before);
}
