//! Many at once with one balance.

use serde_json::json;
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{add, grant, issue, ledger, own};
use crate::{fulfilment::ask::try_set, orders::ask::done};

const COMPLETE: &str = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { id payments { tender amount { amount } } } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_card_is_spent_once_however_many_pay_with_it_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    // Enough for two orders of 29.50.
    let (card, code) = issue(&shop, "59.00").await;
    let mut carts = Vec::new();
    for _ in 0..8 {
        let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
        add(&guest, &cart, &code).await;
        carts.push(cart);
    }
    let answers = at_once(carts.len(), async |i| {
        let input = json!({ "cart": carts[i], "expectedDue": "0.00", "idempotencyKey": format!("at-once-{i}") });
        guest.run(COMPLETE, json!({ "input": input })).await["checkoutComplete"].take()
    });
    let answers = answers.await;
    let placed: Vec<_> = answers.iter().filter(|answer| !answer["order"].is_null()).collect();
    assert_eq!(placed.len(), 2, "{answers:#?}");
    for refused in answers.iter().filter(|answer| answer["order"].is_null()) {
        let codes = codes(refused);
        assert!(
            [["BALANCE_TOO_LOW"], ["DUE_CHANGED"], ["GIFT_CARD_EMPTY"]].iter().any(|code| codes == *code),
            "{codes:?}"
        );
    }
    assert_eq!(ledger(&shop, &card).await.0, "0.00");

    // Both come back at once, while somebody takes what is there.
    let staff = shop.staff_all();
    at_once(3, async |i| {
        if let Some(order) = placed.get(i) {
            done(&staff, "orderCancel", order["order"]["id"].as_str().unwrap(), json!({})).await;
        } else {
            let input = json!({ "giftCard": card, "amount": "10.00", "idempotencyKey": "taken" });
            try_set(&staff, "giftCardWithdraw", "giftCard { id }", input).await;
        }
    })
    .await;
    let (left, moves) = ledger(&shop, &card).await;
    let is_taken = moves.iter().any(|entry| entry.starts_with("WITHDRAWN"));
    assert_eq!(left, if is_taken { "49.00" } else { "59.00" });
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn store_credit_is_made_once_however_many_give_it_at_once() {
    let shop = Shop::open().await;
    at_once(6, async |_| grant(&shop, "layla", "5.00").await).await;
    assert_eq!(own(&shop, "layla").await.0, "30.00");
    shop.verify().await;
}
