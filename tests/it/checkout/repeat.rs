//! Checkouts that are asked for twice.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use crate::cart::refusal::{refused, try_it};

/// How many teas are promised to orders, at all places.
async fn reserved(shop: &Shop) -> i64 {
    let query = r#"{ productVariant(by: { sku: "TEA" }) { stock { reserved } } }"#;
    let read = shop.staff("STOCK_READ").run(query, json!({})).await;
    read["productVariant"]["stock"].as_array().unwrap().iter().map(|level| level["reserved"].as_i64().unwrap()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_gives_the_same_order_and_takes_stock_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": id, "idempotencyKey": "k" });
    let first = try_it(&guest, "checkoutComplete", input.clone()).await;
    assert_eq!((codes(&first), &first["order"]["number"]), (vec![], &json!("W1001")));
    assert!(first["orderToken"].is_string());
    for _ in 0..3 {
        assert_eq!(try_it(&guest, "checkoutComplete", input.clone()).await, first);
    }
    assert_eq!(reserved(&shop).await, 2);
    let by = json!({ "by": { "guest": { "number": "W1001", "token": first["orderToken"] } } });
    let order = guest.run("query ($by: OrderBy!) { order(by: $by) { id } }", by).await;
    assert_eq!(order["order"]["id"], first["order"]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_with_other_input_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let other = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let first = try_it(&guest, "checkoutComplete", json!({ "cart": id, "idempotencyKey": "k" })).await;
    assert_eq!(codes(&first), [""; 0]);
    let wanted = ["IDEMPOTENCY_KEY_REUSED idempotencyKey"];
    refused(&guest, "checkoutComplete", json!({ "cart": other, "idempotencyKey": "k" }), &wanted).await;
    let dearer = json!({ "cart": id, "idempotencyKey": "k", "expectedTotal": "1.00" });
    refused(&guest, "checkoutComplete", dearer, &wanted).await;
    assert_eq!(reserved(&shop).await, 2);
    assert_eq!(guest.checkout(&other).await.number, "W1002");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_many_times_at_once_places_one_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for (method, card) in [
        ("CASH_ON_DELIVERY", Value::Null),
        ("CARD", json!({ "token": "tok_approved", "returnUrl": "https://shop.example/" })),
    ] {
        let before = reserved(&shop).await;
        let id = guest.cart_ready(&[("TEA", 1)], method).await;
        let input = json!({ "cart": id, "idempotencyKey": method, "card": card });
        let answers = at_once(8, async |_| try_it(&guest, "checkoutComplete", input.clone()).await).await;
        assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:#?}");
        assert_eq!((codes(&answers[0]), answers[0]["order"]["id"].is_string()), (vec![], true));
        assert_eq!(reserved(&shop).await, before + 1, "{method}");
    }
    let orders = shop.staff("ORDER_READ").run("{ orders { totalCount } }", json!({})).await;
    assert_eq!(orders["orders"]["totalCount"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_complete_the_same_cart_at_once_have_one_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let answers = at_once(8, async |n| {
        try_it(&guest, "checkoutComplete", json!({ "cart": id, "idempotencyKey": n.to_string() })).await
    });
    let answers = answers.await;
    let placed = answers.iter().filter(|answer| answer["order"]["number"] == "W1001").count();
    let refused = answers.iter().filter(|answer| codes(answer) == ["CART_COMPLETED"]).count();
    assert_eq!((placed, refused), (1, 7), "{answers:#?}");
    assert_eq!(reserved(&shop).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_checkout_leaves_its_key_free() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 18)], "CASH_ON_DELIVERY").await;
    let input = json!({ "cart": id, "idempotencyKey": "k" });
    assert_eq!(codes(&try_it(&guest, "checkoutComplete", input.clone()).await), ["OUT_OF_STOCK"]);
    let query = "query ($id: ID!) { cart(id: $id) { lines { id } } }";
    let line = guest.run(query, json!({ "id": id })).await["cart"]["lines"][0]["id"].take();
    guest.steps(&id, json!([{ "linesUpdate": { "lines": [{ "line": line, "quantity": 17 }] } }])).await;
    assert_eq!(codes(&try_it(&guest, "checkoutComplete", input).await), [""; 0]);
    assert_eq!(reserved(&shop).await, 17);
}
