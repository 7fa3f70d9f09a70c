//! What is on a gift card expires by itself.

use std::time::Duration;

use serde_json::json;
use tests::shop::Shop;

use super::ask::{CARD, add, grant, issue_with, ledger, paid};
use crate::{cart::refusal::refused, fulfilment::ask::try_set, inventory::ask::told};

#[tokio::test(flavor = "multi_thread")]
async fn what_expired_cannot_be_spent_whether_a_worker_came_by_or_not() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue_with(&shop, json!({ "amount": "50.00", "expiresAt": "2026-03-02T09:00:00Z" })).await;
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    shop.later(Duration::from_hours(24));
    for has_worked in [false, true] {
        if has_worked {
            shop.work().await;
        }
        let priced = paid(&guest, &cart).await;
        assert_eq!(
            (&priced["due"]["amount"], &priced["giftCards"][0]["problem"]),
            (&json!("44.50"), &json!("GIFT_CARD_EXPIRED"))
        );
        let query = "query ($id: ID!) { cart(id: $id) { warnings { code giftCard } } }";
        let warned = guest.run(query, json!({ "id": cart })).await["cart"]["warnings"].take();
        assert_eq!(warned, json!([{ "code": "GIFT_CARD_UNUSABLE", "giftCard": card }]));
        let path = format!("GIFT_CARD_EXPIRED cart.giftCards.{card}");
        refused(&guest, "checkoutComplete", json!({ "cart": cart, "idempotencyKey": guest.key() }), &[&path]).await;
        let other = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        refused(&guest, "cartGiftCardAdd", json!({ "cart": other, "code": code }), &["GIFT_CARD_EXPIRED code"]).await;
    }
    let moves = vec!["ISSUED 50.00".to_owned(), "EXPIRED -50.00".to_owned()];
    assert_eq!(ledger(&shop, &card).await, ("0.00".to_owned(), moves));
    shop.work().await;
    assert_eq!(told(&shop, "gift_card.expired").await.len(), 1, "once");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expires_first_is_spent_first() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (card, code) = issue_with(&shop, json!({ "amount": "30.00" })).await;
    let staff = shop.staff("CREDIT_MANAGE");
    let more = json!({
        "giftCard": card, "amount": "20.00", "expiresAt": "2026-03-02T09:00:00Z", "idempotencyKey": "more",
    });
    let topped = try_set(&staff, "giftCardTopUp", CARD, more).await;
    assert_eq!(topped["giftCard"]["balance"]["amount"], "50.00");
    assert_eq!(topped["giftCard"]["expiresAt"], "2026-03-02T09:00:00Z", "the next part of it");
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    add(&guest, &cart, &code).await;
    guest.checkout(&cart).await;
    // 29.50: the 20.00 that expire, and 9.50 of the rest.
    shop.later(Duration::from_hours(48));
    shop.work().await;
    assert_eq!(ledger(&shop, &card).await.0, "20.50");
    assert_eq!(told(&shop, "gift_card.expired").await.len(), 0, "nothing was left to expire");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn store_credit_expires_too() {
    let shop = Shop::open().await;
    grant(&shop, "layla", "10.00").await;
    let staff = shop.staff("CREDIT_MANAGE");
    let customer = crate::identity::groups::customer(&shop, "layla").await;
    let input = json!({
        "customer": customer, "amount": "5.00", "currency": "SAR", "expiresAt": "2026-03-02T09:00:00Z",
        "reason": "عيدكم مبارك", "idempotencyKey": "eid",
    });
    try_set(&staff, "storeCreditGrant", "storeCredit { id }", input).await;
    assert_eq!(super::ask::own(&shop, "layla").await.0, "15.00");
    shop.later(Duration::from_hours(24));
    shop.work().await;
    let (left, moves) = super::ask::own(&shop, "layla").await;
    assert_eq!((left.as_str(), moves.last().unwrap().as_str()), ("10.00", "EXPIRED -5.00"));
    assert_eq!(told(&shop, "store_credit.expired").await.len(), 1);
    shop.verify().await;
}
