//! Gift cards and store credit, and what is bought with them.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{Recorder, returns::inspected};
use crate::{
    identity::groups::customer,
    orders::ask::{line_of, shipment_of, text},
    payments::credit::ask::{add, grant, issue},
};

/// Gift cards and store credit as staff manage them.
pub async fn owed(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), customer(shop, "layla").await);
    let issue = json!({ "amount": "9", "currency": "SAR", "idempotencyKey": staff.key() });
    let issued = sent.done(&staff, "giftCardsIssue", issue, "giftCards { giftCard { id } }").await;
    let card = &issued["giftCards"][0]["giftCard"]["id"];
    for name in ["giftCardTopUp", "giftCardWithdraw"] {
        let input = json!({ "giftCard": card, "amount": "1", "idempotencyKey": staff.key() });
        sent.done(&staff, name, input, "").await;
    }
    for name in ["giftCardBlock", "giftCardUnblock"] {
        sent.done(&staff, name, json!({ "giftCard": card }), "").await;
    }
    for name in ["storeCreditGrant", "storeCreditWithdraw"] {
        let key = staff.key();
        let input = json!({ "customer": layla, "amount": "1", "currency": "SAR", "idempotencyKey": key });
        sent.done(&staff, name, input, "").await;
    }
}

/// Orders of two coffees that a gift card and store credit pay for, and what comes back to both.
pub async fn paid_with_credit(shop: &Shop, sent: &Recorder) {
    let (staff, layla) = (shop.staff_all(), shop.customer("layla"));
    grant(shop, "layla", "2000.00").await;
    let buy = async || {
        let (_, code) = issue(shop, "5.00").await;
        let cart = layla.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CASH_ON_DELIVERY").await;
        add(&layla, &cart, &code).await;
        layla.steps(&cart, json!([{ "storeCreditSet": { "use": true } }])).await;
        let input = json!({ "cart": cart, "idempotencyKey": layla.key() });
        text(&sent.done(&layla, "checkoutComplete", input, "order { id }").await["order"]["id"])
    };
    let of = |order: &str, more: Value| {
        let mut input = more;
        input["order"] = json!(order);
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    sent.moves(&staff, &buy().await, &["orderCancel"]).await;
    let less = buy().await;
    let one = json!({ "line": line_of(shop, &less, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderLinesCancel", of(&less, json!({ "lines": [one] })), "").await;
    let edited = buy().await;
    let one = json!({ "line": line_of(shop, &edited, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderEdit", of(&edited, json!({ "steps": [{ "setQuantity": one }] })), "").await;
    let refused = buy().await;
    sent.moves(&staff, &refused, &["orderConfirm", "orderAllocate", "orderShip"]).await;
    let shipment = json!({ "shipment": shipment_of(shop, &refused).await, "idempotencyKey": staff.key() });
    sent.done(&staff, "shipmentRefuse", shipment, "").await;

    // What a card was to pay falls away: the rest is paid.
    let (_, code) = issue(shop, "5.00").await;
    let cart = layla.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    add(&layla, &cart, &code).await;
    layla.steps(&cart, json!([{ "storeCreditSet": { "use": true, "maxAmount": "60.00" } }])).await;
    let waiting = layla.checkout_by_card(&cart, "tok_insufficient_funds").await.id;
    let one = json!({ "line": line_of(shop, &waiting, "COFFEE-250-LIGHT").await, "quantity": 1 });
    sent.done(&staff, "orderLinesCancel", of(&waiting, json!({ "lines": [one] })), "").await;

    for name in ["draftOrderComplete", "draftOrderAccept"] {
        let (_, code) = issue(shop, "5.00").await;
        let whom = json!({ "customer": customer(shop, "layla").await });
        let draft = crate::cart::draft::ready_for(shop, whom, &[("COFFEE-250-LIGHT", 1)], "CASH_ON_DELIVERY");
        let draft = draft.await["id"].take();
        let with = |more: Value| {
            let mut input = more;
            input["draft"] = draft.clone();
            input["idempotencyKey"] = json!(staff.key());
            input
        };
        let steps = json!([{ "giftCardAdd": { "code": code } }, { "storeCreditSet": { "use": true } }]);
        sent.done(&staff, "draftOrderUpdate", with(json!({ "steps": steps })), "").await;
        if name == "draftOrderComplete" {
            sent.done(&staff, name, with(json!({})), "").await;
        } else {
            let token = sent.done(&staff, "draftOrderSend", with(json!({})), "token").await["token"].take();
            sent.done(&layla, name, json!({ "token": token, "idempotencyKey": layla.key() }), "").await;
        }
    }

    let delivered = ["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"];
    for to_store_credit in [false, true] {
        let order = buy().await;
        shop.make(&delivered, &order).await;
        sent.done(&staff, "orderRefund", of(&order, json!({ "toStoreCredit": to_store_credit })), "").await;
    }
    let back = buy().await;
    shop.make(&delivered, &back).await;
    let refund = json!({ "orderReturn": inspected(shop, &back).await, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnRefund", refund, "").await;
    let exchanged = buy().await;
    shop.make(&delivered, &exchanged).await;
    let id = inspected(shop, &exchanged).await;
    let lines = json!([{ "variant": shop.variant("COFFEE-250-LIGHT").await, "quantity": 1 }]);
    let input = json!({ "orderReturn": id, "lines": lines, "idempotencyKey": staff.key() });
    sent.done(&staff, "returnExchange", input, "").await;
}
