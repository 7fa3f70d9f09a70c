//! Stock is promised to orders, and never twice.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use crate::cart::refusal::try_it;

/// What each place has promised of a variant: Dammam, Jeddah, Riyadh.
async fn reserved(shop: &Shop, sku: &str) -> [i64; 3] {
    let query =
        "query ($sku: String!) { productVariant(by: { sku: $sku }) { stock { location reserved onHand available } } }";
    let read = shop.staff("STOCK_READ").run(query, json!({ "sku": sku })).await["productVariant"].take();
    ["dammam", "jeddah", "riyadh"].map(|place| {
        let levels = read["stock"].as_array().unwrap();
        let level = levels.iter().find(|level| level["location"] == place).expect("a level");
        let of = |field: &str| level[field].as_i64().unwrap();
        assert_eq!(of("available"), of("onHand") - of("reserved"));
        of("reserved")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_comes_from_the_first_place_that_has_all_of_it_or_from_several() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 8)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [0, 0, 8]);
    shop.order(&[("TEA", 3)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [0, 3, 8], "Riyadh has 2 left, Jeddah has all 3");
    shop.order(&[("TEA", 5)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [1, 5, 10], "2 + 2 + 1");
    shop.verify().await;
    shop.order(&[("TEA", 1), ("DATES", 4)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [2, 5, 10]);
    assert_eq!(reserved(&shop, "DATES").await, [1, 0, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_sells_from_its_own_places() {
    let shop = Shop::open().await;
    let kuwait = shop.anonymous().in_channel("web-kw");
    kuwait.order(&[("TEA", 10)]).await;
    let id = kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let refused = try_it(&kuwait, "checkoutComplete", json!({ "cart": id, "idempotencyKey": kuwait.key() })).await;
    assert_eq!(codes(&refused), ["OUT_OF_STOCK"], "Jeddah's and Dammam's are not for Kuwait");
    let app = shop.anonymous().in_channel("app-sa");
    app.order(&[("TEA", 5)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [0, 5, 10]);
    shop.order(&[("TEA", 2)]).await;
    assert_eq!(reserved(&shop, "TEA").await, [2, 5, 10]);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_count_up_in_each_channel_without_gaps() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    assert_eq!(guest.order(&[("CUP", 1)]).await.number, "W1001");
    for _ in 0..3 {
        let id = guest.cart_ready(&[("TEA", 18)], "CASH_ON_DELIVERY").await;
        let refused = try_it(&guest, "checkoutComplete", json!({ "cart": id, "idempotencyKey": guest.key() })).await;
        assert_eq!(codes(&refused), ["OUT_OF_STOCK"]);
    }
    assert_eq!(guest.order(&[("CUP", 1)]).await.number, "W1002", "those that were refused have no number");
    assert_eq!(guest.clone().in_channel("app-sa").order(&[("TEA", 1)]).await.number, "A1001");
    assert_eq!(guest.clone().in_channel("web-kw").order(&[("TEA", 1)]).await.number, "K1001");
    assert_eq!(guest.order(&[("CUP", 1)]).await.number, "W1003");
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_buyers_share_the_last_twenty_units() {
    let shop = Shop::open().await;
    for n in [95, 93, 92] {
        shop.order(&[("COFFEE-250-LIGHT", n)]).await;
    }
    assert_eq!(reserved(&shop, "COFFEE-250-LIGHT").await, [92, 93, 95], "8 + 7 + 5 are left");
    let buyer = shop.anonymous();
    let mut carts = Vec::new();
    for _ in 0..64 {
        carts.push(buyer.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CASH_ON_DELIVERY").await);
    }
    let answers = at_once(carts.len(), async |n| {
        try_it(&buyer, "checkoutComplete", json!({ "cart": carts[n], "idempotencyKey": format!("buyer-{n}") })).await
    });
    let answers = answers.await;
    let numbers = answers.iter().filter_map(|answer| answer["order"]["number"].as_str());
    let mut numbers: Vec<_> = numbers.map(str::to_owned).collect();
    numbers.sort();
    assert_eq!(numbers, (1004..1024).map(|n| format!("W{n}")).collect::<Vec<_>>());
    let none_left = json!([{ "name": "available", "value": "0" }]);
    let refused = answers
        .iter()
        .filter(|answer| codes(answer) == ["OUT_OF_STOCK"] && answer["userErrors"][0]["params"] == none_left);
    assert_eq!(refused.count(), 44, "{answers:#?}");
    assert_eq!(reserved(&shop, "COFFEE-250-LIGHT").await, [100, 100, 100]);
    shop.verify().await;

    let query = r#"{ productVariant(by: { sku: "COFFEE-250-LIGHT" }) { availability { isAvailable quantity } } }"#;
    let read = buyer.run(query, json!({})).await;
    assert_eq!(read["productVariant"]["availability"], json!({ "isAvailable": false, "quantity": 0 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn buyers_of_the_same_things_in_another_order_do_not_wait_for_each_other_for_ever() {
    let shop = Shop::open().await;
    let buyer = shop.anonymous();
    let mut carts = Vec::new();
    for n in 0..16 {
        let one = [("COFFEE-250-DARK", 20), ("COFFEE-500-DARK", 20), ("TEA", 1)];
        let other = [("TEA", 1), ("COFFEE-500-DARK", 20), ("COFFEE-250-DARK", 20)];
        carts.push(buyer.cart_ready(if n % 2 == 0 { &one } else { &other }, "BANK_TRANSFER").await);
    }
    let answers = at_once(carts.len(), async |n| {
        try_it(&buyer, "checkoutComplete", json!({ "cart": carts[n], "idempotencyKey": n.to_string() })).await
    });
    let answers: Vec<Value> = answers.await;
    let placed = answers.iter().filter(|answer| answer["order"]["id"].is_string()).count();
    assert_eq!(placed, 15, "300 of each coffee are enough for 15: {answers:#?}");
    let total: i64 = reserved(&shop, "COFFEE-250-DARK").await.into_iter().sum();
    assert_eq!(total, 300);
}
