//! Buying.

use serde_json::json;
use tests::{at_once::at_once, client::codes, shop::Shop};

const COMPLETE: &str = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
    order { number } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_buys_by_cash_on_delivery_and_staff_bring_it_to_them() {
    let shop = Shop::open().await;
    let placed = shop.order(&[("TEA", 12), ("DATES", 1)]).await;
    assert_eq!(placed.number, "W1001");

    let query = "query ($by: OrderBy!) { order(by: $by) {
        state stateLabel totals { subtotal { amount } discount { amount } delivery { amount } paymentFee { amount }
        total { amount } } shipments { location { code } tracking } } }";
    let by = json!({ "by": { "guest": { "number": placed.number, "token": placed.token } } });
    let order = shop.anonymous().run(query, by.clone()).await;
    assert_eq!(order["order"]["state"], "PLACED");
    let totals = json!({
        "subtotal": { "amount": "253.00" }, "discount": { "amount": "11.50" }, "delivery": { "amount": "18.00" },
        "paymentFee": { "amount": "15.00" }, "total": { "amount": "274.50" },
    });
    assert_eq!(order["order"]["totals"], totals);

    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &placed.id).await;
    let order = shop.anonymous().in_language("en").run(query, by).await;
    assert_eq!(order["order"]["state"], "DELIVERED");
    assert_eq!(order["order"]["stateLabel"], "Delivered");
    assert_eq!(order["order"]["shipments"].as_array().unwrap().len(), 2, "Riyadh has 10 of the 12 teas");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_one_is_sold_once() {
    let shop = Shop::open().await;
    let buyer = shop.anonymous();
    let mut carts = Vec::new();
    for _ in 0..8 {
        carts.push(buyer.cart_ready(&[("DALLAH", 1)], "CASH_ON_DELIVERY").await);
    }
    let answers = at_once(carts.len(), async |i| {
        let input = json!({ "cart": carts[i], "idempotencyKey": format!("buyer-{i}") });
        buyer.run(COMPLETE, json!({ "input": input })).await["checkoutComplete"].take()
    });
    let answers = answers.await;
    let sold = answers.iter().filter(|answer| answer["order"]["number"] == "W1001").count();
    let refused = answers.iter().filter(|answer| codes(answer) == ["OUT_OF_STOCK"]).count();
    assert_eq!((sold, refused), (1, 7), "{answers:#?}");
}
