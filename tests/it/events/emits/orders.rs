//! Orders that are placed, moved, changed and given up.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, world::alula};

use super::Recorder;
use crate::{
    inventory::ask::line,
    orders::ask::{line_of, one_of, several, shipment_of, text, transfer},
};

/// Orders by cash and by transfer.
pub async fn without_cards(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (cash, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &cash, &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"]).await;
    sent.refund(&staff, &cash, json!("1.00")).await;
    sent.refund(&staff, &cash, Value::Null).await;
    let parts = several(shop, "ALLOCATED").await.id;
    let mut part = one_of(shop, &parts).await;
    let more = json!({ "order": parts, "carrier": "SMSA", "tracking": "29", "idempotencyKey": staff.key() });
    part.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    sent.done(&staff, "orderShip", part, "").await;
    let (cancelled, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &cancelled, &["orderCancel"]).await;
    let (transfer, _) = sent.buy(&guest, "BANK_TRANSFER", None).await;
    sent.moves(&staff, &transfer, &["orderMarkAsPaid", "orderCancel"]).await;
}

/// What is written on an order, and what keeps it from going on.
pub async fn written_on(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let (order, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.done(&staff, "orderNoteAdd", json!({ "order": order, "text": "a" }), "").await;
    for name in ["orderTagsAdd", "orderTagsRemove"] {
        sent.done(&staff, name, json!({ "order": order, "tags": ["vip"] }), "").await;
    }
    let input = json!({ "order": order, "kind": "FRAUD", "idempotencyKey": staff.key() });
    let held = sent.done(&staff, "orderHold", input, "order { holds { id } }").await;
    let input = json!({ "hold": held["order"]["holds"][0]["id"], "idempotencyKey": staff.key() });
    sent.done(&staff, "orderHoldRelease", input, "").await;
}

/// Places that refuse what they were to give.
pub async fn sourced_anew(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let buy = async |sku: &str| {
        let cart = guest.cart_ready(&[(sku, 1)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        text(&sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await["order"]["id"])
    };
    let refuse = async |order: &str, location: &str| {
        let input = json!({ "order": order, "location": location, "holdIfShort": true, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderReSource", input, "").await;
    };
    // Of the brass coffee pot there is one.
    let pot = buy("DALLAH").await;
    refuse(&pot, "riyadh").await;
    for (place, low_at) in [("dammam", 0), ("jeddah", 0)] {
        let line = line(shop, "DATES", place, json!({ "lowStockThreshold": low_at })).await;
        let input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        sent.done(&staff, "stockThresholdsSet", input, "").await;
    }
    let dates = buy("DATES").await;
    refuse(&dates, "riyadh").await;
    sent.moves(&staff, &dates, &["orderCancel"]).await;
    sent.moves(&staff, &pot, &["orderCancel"]).await;
    // Two cups, which are all of Riyadh's.
    let cart = guest.cart_ready(&[("CUP", 2)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
    let cups = text(&sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await["order"]["id"]);
    refuse(&cups, "riyadh").await;
    sent.moves(&staff, &cups, &["orderCancel"]).await;
    // In Kuwait somebody waits for a tea that Riyadh keeps for an order.
    let keep = async |safety: u32| {
        let line = line(shop, "TEA", "riyadh", json!({ "safetyStock": safety })).await;
        let input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        sent.done(&staff, "stockThresholdsSet", input, "").await;
    };
    let sell = async |policy: &str, limit: u32| {
        let line = json!({ "variant": shop.variant("TEA").await, "policy": policy, "limit": limit });
        sent.done(&staff, "variantSellingSet", json!({ "lines": [line], "idempotencyKey": staff.key() }), "").await;
    };
    keep(8).await;
    sell("BACKORDER", 5).await;
    let there = guest.clone().in_channel("web-kw");
    let mut placed = Vec::new();
    for (client, n) in [(&guest, 2), (&there, 1)] {
        let cart = client.cart_ready(&[("TEA", n)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": client.key() });
        let order = sent.done(client, "checkoutComplete", input, "order { id } orderToken").await;
        placed.push(text(&order["order"]["id"]));
    }
    refuse(&placed[0], "riyadh").await;
    for order in &placed {
        sent.moves(&staff, order, &["orderCancel"]).await;
    }
    sell("DENY", 0).await;
    keep(0).await;
}

/// What becomes of shipments.
pub async fn on_the_way(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let key = |shipment: &str| json!({ "shipment": shipment, "idempotencyKey": staff.key() });
    let (order, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &order, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = shipment_of(shop, &order).await;
    let mut failed = key(&shipment);
    failed["reason"] = json!("OTHER");
    sent.done(&staff, "shipmentDeliveryFail", failed, "").await;
    sent.done(&staff, "shipmentDeliver", key(&shipment), "").await;

    let (refused, _) = sent.buy(&guest, "CASH_ON_DELIVERY", None).await;
    sent.moves(&staff, &refused, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = shipment_of(shop, &refused).await;
    sent.done(&staff, "shipmentRefuse", key(&shipment), "").await;
    let mut back = key(&shipment);
    back["goods"] = json!("RESTOCK");
    sent.done(&staff, "shipmentReturnReceive", back, "").await;

    for method in ["BANK_TRANSFER", "CARD"] {
        let card = (method == "CARD").then_some("tok_approved");
        let (paid, _) = sent.buy(&guest, method, card).await;
        let moves = ["orderMarkAsPaid", "orderConfirm", "orderAllocate", "orderShip"];
        sent.moves(&staff, &paid, &moves[usize::from(card.is_some())..]).await;
        shop.work().await;
        sent.done(&staff, "shipmentRefuse", key(&shipment_of(shop, &paid).await), "").await;
    }

    // What the customer took before is delivered with the refusal of the rest.
    let partly = several(shop, "PARTLY_SHIPPED").await.id;
    sent.done(&staff, "shipmentDeliver", key(&shipment_of(shop, &partly).await), "").await;
    shop.later(Duration::from_secs(1));
    sent.moves(&staff, &partly, &["orderShip"]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { shipments { id } } }";
    let shipments = staff.run(query, json!({ "id": partly })).await["order"]["shipments"].take();
    sent.done(&staff, "shipmentRefuse", key(&text(&shipments[1]["id"])), "").await;
}

/// Units that are cancelled before they leave.
pub async fn cancelled_in_part(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let cancel = async |order: &str, quantity: u32| {
        let line = line_of(shop, order, "COFFEE-250-LIGHT").await;
        let lines = json!([{ "line": line, "quantity": quantity }]);
        let input = json!({ "order": order, "lines": lines, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderLinesCancel", input, "").await;
    };
    let elsewhere = guest.order(&[("TEA", 1)]).await.id;
    let input = json!({ "order": elsewhere, "address": alula(), "idempotencyKey": staff.key() });
    sent.done(&staff, "orderShippingAddressSet", input, "").await;
    shop.make(&["orderCancel"], &elsewhere).await;
    for name in ["shipmentDeliver", "shipmentRefuse"] {
        let order = several(shop, "PARTLY_SHIPPED").await.id;
        let input = json!({ "shipment": shipment_of(shop, &order).await, "idempotencyKey": staff.key() });
        sent.done(&staff, name, input, "").await;
        cancel(&order, 2).await;
    }
    let paid = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await.id;
    sent.moves(&staff, &paid, &["orderMarkAsPaid"]).await;
    cancel(&paid, 1).await;

    let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 3)], "CARD").await;
    let taken = guest.checkout_by_card(&cart, "tok_approved").await.id;
    shop.make(&["orderConfirm", "orderAllocate"], &taken).await;
    let part = one_of(shop, &taken).await;
    crate::orders::ask::done(&staff, "orderShip", &taken, part).await;
    shop.work().await;
    cancel(&taken, 1).await;
    let (given_up, _) = sent.buy(&guest, "CARD", Some("tok_approved")).await;
    cancel(&given_up, 1).await;
}

/// Orders that are changed before they leave.
pub async fn edited(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let cup = shop.variant("CUP").await;
    let edit = async |order: &str, step: Value, method: &str| {
        let input = json!({ "order": order, "steps": [step], "paymentMethod": method, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
    };
    let last = async |order: &str| {
        let query = "query ($id: ID!) { order(by: { id: $id }) { lines { id } } }";
        let lines = staff.run(query, json!({ "id": order })).await["order"]["lines"].take();
        lines.as_array().unwrap().last().unwrap()["id"].clone()
    };
    let cart = guest.cart_ready(&[("COFFEE-250-LIGHT", 3)], "CARD").await;
    let order = guest.checkout_by_card(&cart, "tok_approved").await;
    let add = || json!({ "add": { "variant": cup, "quantity": 1 } });
    edit(&order.id, add(), "CARD").await;
    sent.pay(&guest, &(order.id.clone(), order.token.clone()), "tok_approved").await;
    edit(&order.id, json!({ "remove": { "line": last(&order.id).await } }), "CARD").await;
    edit(&order.id, add(), "BANK_TRANSFER").await;
    sent.moves(&staff, &order.id, &["orderMarkAsPaid"]).await;
    edit(&order.id, add(), "CARD").await;
    edit(&order.id, json!({ "remove": { "line": last(&order.id).await } }), "CARD").await;
    edit(&order.id, add(), "CARD").await;
    let lines = json!([{ "line": last(&order.id).await, "quantity": 1 }]);
    let input = json!({ "order": order.id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let part = one_of(shop, &order.id).await;
    crate::orders::ask::done(&staff, "orderShip", &order.id, part).await;
    shop.work().await;
    let coffee = line_of(shop, &order.id, "COFFEE-250-LIGHT").await;
    edit(&order.id, json!({ "setQuantity": { "line": coffee, "quantity": 2 } }), "CARD").await;
    let paid = transfer(shop, &[("COFFEE-250-LIGHT", 2)]).await.id;
    shop.make(&["orderMarkAsPaid"], &paid).await;
    let coffee = line_of(shop, &paid, "COFFEE-250-LIGHT").await;
    edit(&paid, json!({ "setQuantity": { "line": coffee, "quantity": 1 } }), "CARD").await;
}
