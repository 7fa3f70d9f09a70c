//! What comes from elsewhere, and what staff make for customers.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::Recorder;
use crate::{cart::draft::ready, inventory::ask::line, orders::import::old};

/// What comes from elsewhere, and what staff make for customers: the last pot, twice.
pub async fn drafted(shop: &Shop, sent: &Recorder) {
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    sent.done(&staff, "orderImport", json!({ "orders": [old("77")], "idempotencyKey": staff.key() }), "").await;
    let of = |draft: &Value, more: Value| {
        let mut input = json!({ "draft": draft["id"], "idempotencyKey": staff.key() });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let made = json!({ "email": "a@b.example", "idempotencyKey": staff.key() });
    let given_up = sent.done(&staff, "draftOrderCreate", made, "draft { id }").await["draft"].take();
    sent.done(&staff, "draftOrderDelete", of(&given_up, json!({})), "").await;
    for (n_there, name) in [(1, "draftOrderComplete"), (2, "draftOrderAccept")] {
        let line = line(shop, "DALLAH", "riyadh", json!({ "quantity": n_there })).await;
        let input = json!({ "lines": [line], "reason": "x", "idempotencyKey": staff.key() });
        sent.done(&staff, "stockSet", input, "").await;
        let draft = ready(shop, &[("DALLAH", 1)], "CASH_ON_DELIVERY").await;
        sent.done(&staff, "draftOrderUpdate", of(&draft, json!({ "note": "by telephone" })), "").await;
        let line = &draft["cart"]["lines"][0]["id"];
        let price = json!({ "line": line, "price": "99.00", "reason": "a scratch" });
        sent.done(&staff, "draftOrderLinePriceSet", of(&draft, price), "").await;
        let token = sent.done(&staff, "draftOrderSend", of(&draft, json!({})), "token").await["token"].take();
        if name == "draftOrderAccept" {
            sent.done(&guest, name, json!({ "token": token, "idempotencyKey": guest.key() }), "").await;
        } else {
            sent.done(&staff, name, of(&draft, json!({})), "").await;
        }
    }
}
