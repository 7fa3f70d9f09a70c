//! What customers send back, and what they get for it.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::Recorder;
use crate::orders::{
    ask::{line_of, text, transfer},
    returns::{returning, told, wanted},
};

/// What customers send back.
pub async fn sent_back(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let card = guest.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let card = guest.checkout_by_card(&card, "tok_approved").await.id;
    let cash = guest.order(&[("COFFEE-250-LIGHT", 2)]).await.id;
    for (order, all) in [(card, false), (cash, true)] {
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
        shop.work().await;
        let line = line_of(shop, &order, "COFFEE-250-LIGHT").await;
        let ask = async || {
            let mut input = wanted(&order, &[(&line, 1)]);
            input["idempotencyKey"] = json!(staff.key());
            sent.done(&staff, "returnRequest", input, "orderReturn { id }").await["orderReturn"]["id"].take()
        };
        let rejected = json!({ "orderReturn": ask().await, "idempotencyKey": staff.key() });
        sent.done(&staff, "returnReject", rejected, "").await;
        let id = ask().await;
        let with = |more: Value| {
            let mut input = more;
            input["orderReturn"] = id.clone();
            input["idempotencyKey"] = json!(staff.key());
            input
        };
        sent.done(&staff, "returnApprove", with(json!({})), "").await;
        sent.done(&staff, "returnReceive", with(json!({ "location": "riyadh" })), "").await;
        let outcome = if all { "RESTOCK" } else { "WRITE_OFF" };
        let lines = json!([{ "line": line, "outcome": outcome, "quantity": 1 }]);
        sent.done(&staff, "returnInspect", with(json!({ "lines": lines })), "").await;
        let paid = "query ($id: ID!) { order(by: { id: $id }) { balance { paid { amount } } } }";
        let paid = staff.run(paid, json!({ "id": order })).await["order"]["balance"]["paid"]["amount"].take();
        let amount = if all { paid } else { json!("1.00") };
        sent.done(&staff, "returnRefund", with(json!({ "amount": amount })), "").await;
    }
    let (_, order, _) = returning(shop, "INSPECTED", 1).await;
    sent.refund(&staff, &order.id, Value::Null).await;
    let (id, order, line) = returning(shop, "RECEIVED", 1).await;
    sent.refund(&staff, &order.id, Value::Null).await;
    let lines = json!([{ "line": line, "outcome": "QUARANTINE", "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnInspect", input, "").await;
    sent.done(&staff, "channelReturnDaysSet", json!({ "channel": "web-kw", "returnDays": 3 }), "").await;
}

/// What leaves for goods that came back.
pub async fn exchanged(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (cup, coffee) = (shop.variant("CUP").await, shop.variant("COFFEE-250-LIGHT").await);
    let exchange = async |id: &str, quantity: i64| {
        let lines = json!([{ "variant": coffee, "quantity": quantity }]);
        let input =
            json!({ "orderReturn": id, "lines": lines, "paymentMethod": "CARD", "idempotencyKey": staff.key() });
        sent.done(&staff, "returnExchange", input, "").await;
    };
    let (cash, ..) = returning(shop, "INSPECTED", 2).await;
    exchange(&cash, 1).await;
    let (dearer, ..) = returning(shop, "INSPECTED", 1).await;
    exchange(&dearer, 3).await;
    let card = guest.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let card = guest.checkout_by_card(&card, "tok_approved").await.id;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &card).await;
    shop.work().await;
    shop.make(&["orderDeliver"], &card).await;
    exchange(&inspected(shop, &card).await, 1).await;

    // What came in later left before it was paid: staff did not wait.
    for pays in [true, false] {
        let order = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await;
        shop.make(&["orderMarkAsPaid"], &order.id).await;
        let add = json!([{ "add": { "variant": cup, "quantity": 1 } }]);
        let input = json!({ "order": order.id, "steps": add, "paymentMethod": "CARD", "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
        let holds = "query ($id: ID!) { order(by: { id: $id }) { holds { id } } }";
        let hold = staff.run(holds, json!({ "id": order.id })).await["order"]["holds"][0]["id"].take();
        sent.done(&staff, "orderHoldRelease", json!({ "hold": hold, "idempotencyKey": staff.key() }), "").await;
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
        if pays {
            sent.pay(&guest, &(order.id, order.token), "tok_approved").await;
        } else {
            exchange(&inspected(shop, &order.id).await, 1).await;
        }
    }
}

/// A return of all coffees of a delivered order, inspected.
pub async fn inspected(shop: &Shop, order: &str) -> String {
    let (staff, line) = (shop.staff_all(), line_of(shop, order, "COFFEE-250-LIGHT").await);
    let id = told(&staff, "returnRequest", wanted(order, &[(&line, 2)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 2 }]);
    told(&staff, "returnInspect", json!({ "orderReturn": id, "lines": lines })).await;
    text(&id)
}
