//! Units that somebody waits for, and who gets them when they come.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::Recorder;
use crate::{
    catalog::external_skus::name,
    inventory::ask::{level, place},
    orders::{
        ask::{line_of, shipment_of, text},
        returns::{told, wanted},
    },
};

/// Somebody waits whenever units come.
pub async fn waited_for(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let keyed = |mut input: Value| {
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    let (incense, riyadh, jeddah) =
        (shop.variant("INCENSE").await, place(shop, "riyadh").await, place(shop, "jeddah").await);
    let selling = json!([{ "variant": incense, "policy": "BACKORDER", "limit": 99 }]);
    sent.done(&staff, "variantSellingSet", keyed(json!({ "lines": selling })), "").await;
    sent.done(&staff, "channelPromiseSet", json!({ "channel": "web-kw", "promiseDays": 3 }), "").await;
    sent.done(&staff, "channelCartReservationSet", json!({ "channel": "web-kw", "minutes": 3 }), "").await;
    for line in [name("N-1", "TEA"), json!({ "externalSku": "N-1" })] {
        sent.done(&staff, "externalSkusSet", json!({ "marketplace": "noon-sa", "lines": [line] }), "").await;
    }
    let buy = async |n: u32| {
        let cart = guest.cart_ready(&[("INCENSE", n)], "CASH_ON_DELIVERY").await;
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        text(&sent.done(&guest, "checkoutComplete", input, "order { id }").await["order"]["id"])
    };
    let at = async |name: &str, location: &str, more: Value| {
        let mut line = json!({ "variant": incense, "location": location });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let mut input = keyed(json!({ "lines": [line] }));
        if name == "stockSet" {
            input["reason"] = json!("x");
        }
        sent.done(&staff, name, input, "").await;
    };
    let come = async |location: &str, n: i64| at("stockReceive", location, json!({ "quantity": n })).await;

    // None is free; who buys waits.
    let taken = buy(3).await;
    buy(1).await;
    come(&riyadh, 1).await;
    buy(1).await;
    at("stockAdjust", &riyadh, json!({ "delta": 1, "reason": "x" })).await;
    buy(1).await;
    at("stockSet", &riyadh, json!({ "quantity": 6 })).await;
    at("stockThresholdsSet", &riyadh, json!({ "safetyStock": 1 })).await;
    come(&riyadh, 1).await;
    buy(1).await;
    at("stockThresholdsSet", &riyadh, json!({ "safetyStock": 0 })).await;
    buy(3).await;
    sent.moves(&staff, &taken, &["orderCancel"]).await;

    // Units that are cancelled, and goods that are sent back, go to who waits.
    come(&riyadh, 2).await;
    let two = buy(2).await;
    buy(1).await;
    let lines = json!([{ "line": line_of(shop, &two, "INCENSE").await, "quantity": 1 }]);
    sent.done(&staff, "orderLinesCancel", keyed(json!({ "order": two, "lines": lines })), "").await;
    come(&riyadh, 2).await;
    let two = buy(2).await;
    buy(1).await;
    let one = json!([{ "setQuantity": { "line": line_of(shop, &two, "INCENSE").await, "quantity": 1 } }]);
    sent.done(&staff, "orderEdit", keyed(json!({ "order": two, "steps": one })), "").await;
    come(&riyadh, 1).await;
    let order = buy(1).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
    let line = line_of(shop, &order, "INCENSE").await;
    let id = told(&staff, "returnRequest", wanted(&order, &[(&line, 1)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    buy(1).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    sent.done(&staff, "returnInspect", keyed(json!({ "orderReturn": id, "lines": lines })), "").await;

    // What is refused comes back: to who waits, to be looked at first, and to nobody.
    for (goods, waits) in [("RESTOCK", true), ("QUARANTINE", false), ("RESTOCK", false)] {
        come(&riyadh, 1).await;
        let order = buy(1).await;
        sent.moves(&staff, &order, &["orderConfirm", "orderAllocate", "orderShip"]).await;
        let shipment = shipment_of(shop, &order).await;
        sent.done(&staff, "shipmentRefuse", keyed(json!({ "shipment": shipment })), "").await;
        if waits {
            buy(1).await;
        }
        sent.done(&staff, "shipmentReturnReceive", keyed(json!({ "shipment": shipment, "goods": goods })), "").await;
    }
    buy(2).await;
    at("stockQuarantineSettle", &riyadh, json!({ "quantity": 1, "outcome": "RESTOCK", "reason": "x" })).await;

    // Under way to Jeddah, and on the way back.
    for name in ["stockTransferReceive", "stockTransferCancel"] {
        come(&riyadh, 1).await;
        let lines = json!([{ "variant": incense, "quantity": 1 }]);
        let ship = keyed(json!({ "from": riyadh, "to": jeddah, "lines": lines }));
        let transfer = sent.done(&staff, "stockTransferShip", ship, "transfer { id }").await["transfer"]["id"].take();
        buy(1).await;
        let mut input = keyed(json!({ "transfer": transfer }));
        if name == "stockTransferReceive" {
            input["lines"] = lines;
        }
        sent.done(&staff, name, input, "").await;
    }
    let opened = sent.done(&staff, "stockCountOpen", keyed(json!({ "location": riyadh })), "count { id }").await;
    let on_hand = level(shop, "INCENSE", "riyadh").await.0;
    let lines = json!([{ "variant": incense, "counted": on_hand + 1 }]);
    let count = &opened["count"]["id"];
    sent.done(&staff, "stockCountRecord", keyed(json!({ "count": count, "lines": lines })), "").await;
    buy(1).await;
    sent.done(&staff, "stockCountClose", keyed(json!({ "count": count })), "").await;

    // Suppliers deliver.
    for step in ["sold", "free", "none"] {
        let new = json!({ "variant": incense, "location": riyadh, "quantity": 1, "expectedAt": "2026-04-01" });
        let made = sent.done(&staff, "inboundSupplyCreate", keyed(new), "supply { id }").await["supply"]["id"].take();
        let of = |more: Value| {
            let mut input = keyed(json!({ "supply": made }));
            input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            input
        };
        sent.done(&staff, "inboundSupplyUpdate", of(json!({ "expectedAt": "2026-04-02" })), "").await;
        if step == "none" {
            sent.done(&staff, "inboundSupplyCancel", of(json!({})), "").await;
        } else {
            if step == "sold" {
                buy(1).await;
            }
            sent.done(&staff, "inboundSupplyReceive", of(json!({ "quantity": 1 })), "").await;
        }
    }

    held_in_carts(shop, sent, &riyadh).await;

    // A place that holds one opens, and another joins the channel.
    buy(2).await;
    let (mut sources, mut last) = (vec![json!({ "location": riyadh }), json!({ "location": jeddah })], String::new());
    for (code, is_active) in [("hail", false), ("tabuk", true)] {
        let new = json!({ "code": code, "nameEn": code, "kind": "SHOP", "city": code, "isActive": is_active });
        let made = text(&sent.done(&staff, "locationCreate", new, "location { id }").await["location"]["id"]);
        come(&made, 1).await;
        at("stockThresholdsSet", &made, json!({ "lowStockThreshold": 0 })).await;
        sources.push(json!({ "location": made }));
        let joined = json!({ "channel": "web-sa", "locations": sources });
        sent.done(&staff, "channelLocationsSet", joined, "").await;
        if !is_active {
            sent.done(&staff, "locationUpdate", json!({ "location": made, "isActive": true }), "").await;
            buy(1).await;
        }
        last = made;
    }
    // What is another channel's is not for who waits here, until it is anybody's again.
    buy(1).await;
    let theirs = |quantity: i64| json!({ "channel": "web-kw", "quantity": quantity });
    at("stockAllocationsSet", &last, theirs(1)).await;
    come(&last, 1).await;
    at("stockAllocationsSet", &last, theirs(0)).await;
}

/// Carts hold the last units, and give them back: to whoever waits, and to nobody.
async fn held_in_carts(shop: &Shop, sent: &Recorder, riyadh: &str) {
    let (guest, staff, incense) = (shop.anonymous(), shop.staff_all(), shop.variant("INCENSE").await);
    let units = |n: u32| json!([{ "variant": incense, "quantity": n }]);
    let buy = async || shop.order(&[("INCENSE", 1)]).await;
    let of_level = async |name: &str, more: Value| {
        let mut line = json!({ "variant": incense, "location": riyadh });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        sent.done(&staff, name, json!({ "lines": [line], "idempotencyKey": staff.key() }), "").await;
    };
    // None is free anywhere, and then two are.
    for (code, more) in [("jeddah", 0), ("riyadh", 2)] {
        let (_, reserved, _) = level(shop, "INCENSE", code).await;
        let place = place(shop, code).await;
        let line = json!({ "variant": incense, "location": place, "quantity": reserved + more });
        let set = json!({ "lines": [line], "reason": "x", "idempotencyKey": staff.key() });
        sent.done(&staff, "stockSet", set, "").await;
    }
    of_level("stockThresholdsSet", json!({ "lowStockThreshold": 0 })).await;
    let set = json!({ "channel": "web-sa", "minutes": 9 });
    sent.done(&staff, "channelCartReservationSet", set, "").await;

    let select = "cart { id lines { id } }";
    let cart = sent.done(&guest, "cartCreate", json!({ "lines": units(2) }), select).await["cart"].take();
    let (id, line) = (&cart["id"], &cart["lines"][0]["id"]);
    sent.done(&guest, "cartLinesRemove", json!({ "cart": id, "lines": [line] }), "").await;
    let add = json!({ "cart": id, "lines": units(2) });
    let line = sent.done(&guest, "cartLinesAdd", add, select).await["cart"]["lines"][0]["id"].take();
    for (quantity, is_waited_for) in [(1, false), (2, false), (1, true)] {
        if is_waited_for {
            buy().await;
        }
        let input = json!({ "cart": id, "lines": [{ "line": line, "quantity": quantity }] });
        sent.done(&guest, "cartLinesUpdate", input, "").await;
    }
    buy().await;
    sent.done(&guest, "cartLinesRemove", json!({ "cart": id, "lines": [line] }), "").await;

    of_level("stockReceive", json!({ "quantity": 1 })).await;
    for is_waited_for in [false, true] {
        let step = async |step: Value| {
            let input = json!({ "cart": id, "steps": [step] });
            let done = sent.done(&guest, "cartUpdate", input, select).await;
            done.pointer("/cart/lines/0/id").cloned().unwrap_or_default()
        };
        let line = step(json!({ "linesAdd": { "lines": units(1) } })).await;
        if is_waited_for {
            buy().await;
        }
        step(json!({ "linesRemove": { "lines": [line] } })).await;
    }
    sent.done(&staff, "channelCartReservationSet", json!({ "channel": "web-sa" }), "").await;
}

/// Somebody who wants to hear of the incense, and then does not.
pub async fn wished(shop: &Shop, sent: &Recorder) {
    let guest = shop.anonymous();
    let input = json!({ "variant": shop.variant("INCENSE").await, "email": "guest@customer.example" });
    let token = sent.done(&guest, "stockAlertCreate", input, "token").await["token"].take();
    sent.done(&guest, "stockAlertDelete", json!({ "by": { "token": token } }), "").await;
}
