//! What was paid goes back to what it was paid with, or becomes store credit.

use std::time::Duration;

use serde_json::json;
use tests::shop::Shop;

use super::ask::{add, issue, issue_with, ledger, own, payments};
use crate::{
    cart::refusal::wrong,
    inventory::ask::told,
    orders::ask::{act, done, facts, text},
    organisations::ask as companies,
};

/// An order of Layla's, delivered, of which 40.00 were paid with a gift card that is told, and 42.00 in cash.
async fn delivered(shop: &Shop) -> (String, String) {
    let layla = shop.customer("layla");
    let (card, code) = issue(shop, "40.00").await;
    // 4 × 11.50 + 18.00 + 15.00 = 79.00
    let cart = layla.cart_ready(&[("TEA", 4)], "CASH_ON_DELIVERY").await;
    add(&layla, &cart, &code).await;
    let order = layla.checkout(&cart).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let both = ["CASH_ON_DELIVERY CAPTURED 39.00 39.00 0.00", "GIFT_CARD CAPTURED 40.00 40.00 0.00"];
    assert_eq!(payments(shop, &order.id).await, both);
    (order.id, card)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_goes_back_by_the_way_it_came() {
    let shop = Shop::open().await;
    let (order, card) = delivered(&shop).await;
    let staff = shop.staff("PAYMENT_MANAGE");
    done(&staff, "orderRefund", &order, json!({ "amount": "50.00" })).await;
    let both = ["CASH_ON_DELIVERY REFUNDED 39.00 39.00 39.00", "GIFT_CARD PART_REFUNDED 40.00 40.00 11.00"];
    assert_eq!(payments(&shop, &order).await, both, "what was paid by the method goes back before the gift card's");
    assert_eq!(ledger(&shop, &card).await.0, "11.00");
    done(&staff, "orderRefund", &order, json!({})).await;
    let moves = ["ISSUED 40.00", "REDEEMED -40.00", "RETURNED 11.00", "RETURNED 29.00"];
    assert_eq!(ledger(&shop, &card).await, ("40.00".to_owned(), moves.map(str::to_owned).to_vec()));
    assert_eq!(told(&shop, "gift_card.returned").await.len(), 2);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_say_which_payment_gives_back() {
    let shop = Shop::open().await;
    let (order, card) = delivered(&shop).await;
    let staff = shop.staff_all();
    let query = "query ($id: ID!) { order(by: { id: $id }) { payments { id } } }";
    let found = staff.run(query, json!({ "id": order })).await["order"]["payments"].take();
    let [cash, gift] = [0, 1].map(|at| text(&found[at]["id"]));
    let refused = act(&staff, "orderRefund", &order, json!({ "payment": cash, "amount": "39.01" })).await;
    assert_eq!(wrong(&refused), ["REFUND_EXCEEDS_CAPTURED amount"]);
    done(&staff, "orderRefund", &order, json!({ "payment": gift })).await;
    let both = ["CASH_ON_DELIVERY CAPTURED 39.00 39.00 0.00", "GIFT_CARD REFUNDED 40.00 40.00 40.00"];
    assert_eq!(payments(&shop, &order).await, both);
    assert_eq!(ledger(&shop, &card).await.0, "40.00");
    let refused = act(&staff, "orderRefund", &order, json!({ "payment": gift, "amount": "1.00" })).await;
    assert_eq!(wrong(&refused), ["NOTHING_TO_REFUND order"]);
    let none = act(&staff, "orderRefund", &order, json!({ "payment": "payment_01h455vb4pex5vsknk084sn02q" })).await;
    assert_eq!(wrong(&none), ["NOT_FOUND payment"]);
    let none = act(&staff, "orderRefund", &order, json!({ "payment": order })).await;
    assert_eq!(wrong(&none), ["INVALID_ID payment"]);
    done(&staff, "orderRefund", &order, json!({ "payment": cash })).await;
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_can_become_store_credit_of_a_customer() {
    let shop = Shop::open().await;
    let (order, card) = delivered(&shop).await;
    let staff = shop.staff("PAYMENT_MANAGE");
    done(&staff, "orderRefund", &order, json!({ "amount": "60.00", "toStoreCredit": true })).await;
    assert_eq!(own(&shop, "layla").await, ("60.00".to_owned(), vec!["RETURNED 39.00".into(), "RETURNED 21.00".into()]));
    assert_eq!(ledger(&shop, &card).await.0, "0.00");
    done(&staff, "orderRefund", &order, json!({})).await;
    assert_eq!(ledger(&shop, &card).await.0, "19.00", "what did not become store credit");
    assert_eq!(told(&shop, "store_credit.returned").await.len(), 2);

    let guests = shop.order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &guests.id).await;
    for language in ["ar", "en"] {
        let staff = staff.clone().in_language(language);
        let refused = act(&staff, "orderRefund", &guests.id, json!({ "toStoreCredit": true })).await;
        assert_eq!(wrong(&refused), ["CUSTOMER_REQUIRED toStoreCredit"]);
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_has_the_time_that_it_had() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let expires_at = "2026-03-11T09:00:00Z"; // ten days after the clock of the tests begins
    let (card, code) = issue_with(&shop, json!({ "amount": "100.00", "expiresAt": expires_at })).await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout(&cart).await;
    shop.later(Duration::from_hours(24 * 30));
    shop.work().await;
    assert_eq!(ledger(&shop, &card).await.0, "0.00", "what was not spent expired");
    done(&shop.staff_all(), "orderCancel", &order.id, json!({})).await;
    let query = "query ($id: ID!) { giftCard(id: $id) { balance { amount } expiresAt } }";
    let found = shop.staff("CREDIT_READ").run(query, json!({ "id": card })).await["giftCard"].take();
    assert_eq!(found, json!({ "balance": { "amount": "29.50" }, "expiresAt": "2026-04-10T09:00:00Z" }));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_not_refunded_while_a_card_still_has_to_pay() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue(&shop, "30.00").await;
    let cart = guest.cart_ready(&[("TEA", 3)], "CARD").await;
    add(&guest, &cart, &code).await;
    let order = guest.checkout_by_card(&cart, "tok_approved").await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let both = ["CARD AUTHORISED 22.50 0.00 0.00", "GIFT_CARD CAPTURED 30.00 30.00 0.00"];
    assert_eq!(payments(&shop, &order.id).await, both);
    let staff = shop.staff_all();
    // All that is there goes back, and a part of what is to come.
    done(&staff, "orderRefund", &order.id, json!({ "amount": "30.00" })).await;
    assert_eq!(ledger(&shop, &card).await.0, "30.00");
    assert_eq!(facts(&shop, &order.id).await["order"]["state"], "DELIVERED");
    shop.work().await;
    done(&staff, "orderRefund", &order.id, json!({})).await;
    assert_eq!(facts(&shop, &order.id).await["order"]["state"], "REFUNDED");
    shop.work().await;
    let both = ["CARD REFUNDED 22.50 22.50 22.50", "GIFT_CARD REFUNDED 30.00 30.00 30.00"];
    assert_eq!(payments(&shop, &order.id).await, both);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_company_paid_does_not_become_its_buyers() {
    let shop = Shop::open().await;
    let wadi = companies::company(&shop, "wadi").await;
    companies::join(&shop, &wadi, None, &["layla"]).await;
    let order = companies::buying_for(shop.customer("layla"), &wadi).order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let refused = act(&shop.staff_all(), "orderRefund", &order.id, json!({ "toStoreCredit": true })).await;
    assert_eq!(wrong(&refused), ["CUSTOMER_REQUIRED toStoreCredit"]);
}
