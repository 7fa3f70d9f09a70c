//! Stock that is moved, counted, carried and kept.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::Recorder;
use crate::{
    inventory::{
        ask::{line, place},
        quarantine::db_quarantine,
    },
    orders::{
        ask::{line_of, text},
        returns::{returning, told, wanted},
    },
};

/// Stock that is moved, runs low and comes back.
pub async fn of_stock(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let send = async |name: &str, sku: &str, more: Value| {
        let line = line(shop, sku, "riyadh", more).await;
        let mut input = json!({ "lines": [line], "idempotencyKey": staff.key() });
        if name == "stockSet" {
            input["reason"] = json!("x");
        }
        sent.done(&staff, name, input, "").await;
    };
    for (safety, low_at) in [(0, 4), (10, 4), (0, 4)] {
        let kept = json!({ "safetyStock": safety, "lowStockThreshold": low_at });
        send("stockThresholdsSet", "TEA", kept).await;
    }
    for delta in [-7, -3, 1] {
        send("stockAdjust", "TEA", json!({ "delta": delta, "reason": "x" })).await;
    }
    for quantity in [9, 0, 3] {
        send("stockSet", "TEA", json!({ "quantity": quantity })).await;
    }
    send("stockReceive", "INCENSE", json!({ "quantity": 3 })).await;
    send("stockThresholdsSet", "DALLAH", json!({ "lowStockThreshold": 0 })).await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("DALLAH", 1)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
    let placed = sent.done(&guest, "checkoutComplete", input, "order { id } orderToken").await;
    sent.moves(&staff, &text(&placed["order"]["id"]), &["orderCancel"]).await;
    let placed = guest.order(&[("DALLAH", 1)]).await.id;
    let lines = json!([{ "line": line_of(shop, &placed, "DALLAH").await, "quantity": 1 }]);
    let input = json!({ "order": placed, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    let (placed, pot) = (guest.order(&[("CUP", 1)]).await.id, shop.variant("DALLAH").await);
    let edit = async |steps: Value| {
        let input = json!({ "order": placed, "steps": steps, "idempotencyKey": staff.key() });
        sent.done(&staff, "orderEdit", input, "").await;
    };
    edit(json!([{ "add": { "variant": pot, "quantity": 1 } }])).await;
    edit(json!([{ "remove": { "line": line_of(shop, &placed, "DALLAH").await } }])).await;
    let (id, returned, _) = returning(shop, "INSPECTED", 1).await;
    let lines = json!([{ "variant": pot, "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "paymentMethod": "CASH_ON_DELIVERY",
        "idempotencyKey": staff.key() });
    sent.done(&staff, "returnExchange", input, "").await;
    let lines = json!([{ "line": line_of(shop, &returned.id, "DALLAH").await, "quantity": 1 }]);
    let input = json!({ "order": returned.id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "orderLinesCancel", input, "").await;
    back_on_an_empty_shelf(shop, sent).await;
    carried(shop, sent).await;
    db_quarantine(shop).await;
    send("stockSet", "COFFEE-500-DARK", json!({ "quantity": 0 })).await;
    for outcome in ["RESTOCK", "WRITE_OFF"] {
        let settled = json!({ "quantity": 1, "outcome": outcome, "reason": "x" });
        send("stockQuarantineSettle", "COFFEE-500-DARK", settled).await;
    }
    let abha = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" });
    let made = sent.done(&staff, "locationCreate", abha, "location { id }").await["location"]["id"].take();
    sent.done(&staff, "locationUpdate", json!({ "location": made, "city": "أبها" }), "").await;
    let sources = json!({ "channel": "web-kw", "locations": [{ "location": made }] });
    sent.done(&staff, "channelLocationsSet", sources, "").await;
    let south = json!({ "code": "south", "nameEn": "The south", "areas": [{ "country": "SA", "cities": ["Abha"] }] });
    let zone = sent.done(&staff, "zoneCreate", south, "zone { id }").await["zone"]["id"].take();
    sent.done(&staff, "zoneUpdate", json!({ "zone": zone, "isRemote": true }), "").await;
    let served = json!({ "location": made, "zones": [{ "zone": zone, "rank": 1 }] });
    sent.done(&staff, "locationZonesSet", served, "").await;
    sent.done(&staff, "channelSourcingSet", json!({ "channel": "web-kw", "rules": [] }), "").await;
}

/// Transfers and counts, by which places run low and are filled again.
async fn carried(shop: &Shop, sent: &Recorder) {
    let staff = shop.staff_all();
    let (riyadh, jeddah) = (place(shop, "riyadh").await, place(shop, "jeddah").await);
    let tea = shop.variant("TEA").await;
    let keyed = |mut input: Value| {
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    // Three teas are in Riyadh, and four are few.
    let line = json!([{ "variant": tea, "quantity": 9 }]);
    let received = json!([{ "variant": tea, "location": riyadh, "quantity": 6 }]);
    sent.done(&staff, "stockReceive", keyed(json!({ "lines": received })), "").await;
    let ship = || keyed(json!({ "from": riyadh, "to": jeddah, "lines": line }));
    let first = sent.done(&staff, "stockTransferShip", ship(), "transfer { id }").await["transfer"]["id"].take();
    sent.done(&staff, "stockTransferCancel", keyed(json!({ "transfer": first })), "").await;
    let second = sent.done(&staff, "stockTransferShip", ship(), "transfer { id }").await["transfer"]["id"].take();
    let set = json!([{ "variant": tea, "location": jeddah, "quantity": 0 }]);
    sent.done(&staff, "stockSet", keyed(json!({ "lines": set, "reason": "x" })), "").await;
    let came = json!({ "transfer": second, "lines": [{ "variant": tea, "quantity": 8 }], "reason": "x" });
    sent.done(&staff, "stockTransferReceive", keyed(came), "").await;
    for found in [6, 2] {
        let opened = sent.done(&staff, "stockCountOpen", keyed(json!({ "location": riyadh })), "count { id }").await;
        let count = &opened["count"]["id"];
        let lines = json!([{ "variant": tea, "counted": found }]);
        sent.done(&staff, "stockCountRecord", keyed(json!({ "count": count, "lines": lines })), "").await;
        sent.done(&staff, "stockCountClose", keyed(json!({ "count": count })), "").await;
    }
}

/// The only pot of the shop is sold, sent back, and on the shelf again.
async fn back_on_an_empty_shelf(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let order = guest.order(&[("DALLAH", 1)]).await.id;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order).await;
    let line = line_of(shop, &order, "DALLAH").await;
    let id = told(&staff, "returnRequest", wanted(&order, &[(&line, 1)])).await["id"].take();
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnInspect", input, "").await;
}
