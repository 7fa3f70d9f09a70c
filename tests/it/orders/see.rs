//! Who sees an order, and how.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::PERMISSIONS, world::Placed};

use super::ask::{by_token, text};

async fn by_id(client: &Client, id: &str) -> Value {
    let query = "query ($id: ID!) { order(by: { id: $id }) { number } node(id: $id) { id } }";
    client.run(query, json!({ "id": id })).await
}

fn seen(order: &Placed) -> Value {
    json!({ "order": { "number": order.number }, "node": { "id": order.id } })
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_see_their_own_orders_by_id_and_staff_who_see_orders_all() {
    let shop = Shop::open().await;
    let nothing = json!({ "order": null, "node": null });
    let hers = shop.customer("layla").order(&[("TEA", 1)]).await;
    let guests = shop.order(&[("TEA", 1)]).await;
    for order in [&hers, &guests] {
        assert_eq!(by_id(&shop.staff("ORDER_READ"), &order.id).await, seen(order));
        for permission in PERMISSIONS.into_iter().filter(|permission| *permission != "ORDER_READ") {
            assert_eq!(by_id(&shop.staff(permission), &order.id).await, nothing, "{permission}");
        }
        assert_eq!(by_id(&shop.customer("omar"), &order.id).await, nothing);
        assert_eq!(by_id(&shop.anonymous(), &order.id).await, nothing);
        assert_eq!(by_id(&shop.neighbour().staff_all(), &order.id).await, nothing);
        assert_eq!(by_id(&shop.neighbour().customer("layla"), &order.id).await, nothing);
    }
    assert_eq!(by_id(&shop.customer("layla"), &hers.id).await, seen(&hers));
    assert_eq!(by_id(&shop.customer("layla"), &guests.id).await, nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_an_order_by_its_number_and_its_token_only() {
    let shop = Shop::open().await;
    let (order, other) = (shop.order(&[("TEA", 1)]).await, shop.order(&[("TEA", 1)]).await);
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    assert_eq!(theirs.number, order.number);
    let anybody = [shop.anonymous(), shop.customer("omar"), shop.staff("AUDIT_READ")];
    for client in &anybody {
        assert_eq!(by_token(client, &order, "id email").await["id"], order.id);
    }
    let guest = shop.anonymous();
    let named = |number: &str, token: &str| Placed { id: String::new(), number: number.into(), token: token.into() };
    for (number, token) in [
        (order.number.as_str(), other.token.as_str()),
        (&other.number, &order.token),
        (&order.number, &theirs.token),
        (&order.number, ""),
        (&order.number, &order.token[1..]),
        (&order.number, &order.token.to_lowercase()),
        ("", &order.token),
        ("W9999", &order.token),
        (&order.id, &order.token),
    ] {
        assert_eq!(by_token(&guest, &named(number, token), "id").await, Value::Null, "{number} {token}");
    }
    assert_eq!(by_token(&shop.neighbour().anonymous(), &order, "id").await, Value::Null);
    for number in ["W١٠٠١", " W1001 ", "W۱۰۰۱"] {
        assert_eq!(by_token(&guest, &named(number, &order.token), "id").await["id"], order.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_id_is_said_to_be_one() {
    let shop = Shop::open().await;
    let variant = shop.variant("TEA").await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { id } }";
    for id in ["", "W1001", &variant, "order_"] {
        let reply = shop.staff_all().in_language("en").try_run(query, json!({ "id": id })).await;
        assert_eq!(reply.codes(), ["INVALID_ID"], "{id}");
        assert_eq!(reply.body["errors"][0]["message"], "This ID is not valid.");
    }
    for by in [json!({}), json!({ "id": "x", "guest": { "number": "W1001", "token": "x" } })] {
        let query = "query ($by: OrderBy!) { order(by: $by) { id } }";
        assert_eq!(shop.anonymous().try_run(query, json!({ "by": by })).await.codes(), ["MALFORMED_QUERY"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn my_orders_are_the_customers_own_in_every_channel() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    layla.order(&[("TEA", 1)]).await;
    shop.later(Duration::from_mins(1));
    let app = layla.clone().in_channel("app-sa").order(&[("TEA", 1)]).await;
    shop.later(Duration::from_mins(1));
    shop.customer("omar").order(&[("TEA", 1)]).await;
    shop.order(&[("TEA", 1)]).await;
    shop.neighbour().customer("layla").order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm"], &app.id).await;

    let query = "query ($page: Paging! = {}, $states: [OrderState!], $sortBy: OrderSort) {
        myOrders(page: $page, states: $states, sortBy: $sortBy) {
            totalCount nodes { number customer { email } } pageInfo { hasNextPage endCursor } } }";
    let table = [
        (json!({}), vec!["A1001", "W1001"], 2),
        (json!({ "states": ["CONFIRMED"] }), vec!["A1001"], 1),
        (json!({ "states": ["SHIPPED"] }), vec![], 0),
        (json!({ "sortBy": { "field": "NUMBER", "direction": "DESC" } }), vec!["W1001", "A1001"], 2),
        (json!({ "page": { "first": 1 } }), vec!["A1001"], 2),
        (json!({ "page": { "last": 1 } }), vec!["W1001"], 2),
    ];
    for (variables, numbers, total) in table {
        let mine = layla.run(query, variables.clone()).await["myOrders"].take();
        let nodes = mine["nodes"].as_array().unwrap();
        assert_eq!(nodes.iter().map(|node| text(&node["number"])).collect::<Vec<_>>(), numbers, "{variables}");
        assert!(nodes.iter().all(|node| node["customer"]["email"] == "layla@customer.example"));
        assert_eq!(mine["totalCount"], total);
    }
    let refused = shop.anonymous().in_language("en").try_run(query, json!({})).await;
    assert_eq!(refused.codes(), ["UNAUTHENTICATED"]);
    assert_eq!(refused.body["errors"][0]["message"], "Please sign in first.");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_of_an_order_is_told_to_themselves_and_to_who_may_see_customers() {
    let shop = Shop::open().await;
    let order = shop.customer("layla").order(&[("TEA", 1)]).await;
    let fields = "customer { email name }";
    let layla = json!({ "customer": { "email": "layla@customer.example", "name": "ليلى أحمد" } });
    let nobody = json!({ "customer": null });
    assert_eq!(by_token(&shop.customer("layla"), &order, fields).await, layla);
    assert_eq!(by_token(&shop.staff("CUSTOMER_READ"), &order, fields).await, layla);
    for client in [shop.anonymous(), shop.customer("omar"), shop.staff("ORDER_READ")] {
        assert_eq!(by_token(&client, &order, fields).await, nobody);
    }
    let guests = shop.order(&[("TEA", 1)]).await;
    assert_eq!(by_token(&shop.staff_all(), &guests, fields).await, nobody);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_says_what_was_bought_as_it_was_then() {
    let shop = Shop::open().await;
    let order = shop.order(&[("COFFEE-500-LIGHT", 2), ("DATES", 1)]).await;
    let fields = "email phone language { tag direction } channel { code name } deliveryMethod { code name }
        paymentMethod paymentMethodLabel shippingAddress { name city postalCode buildingNumber country }
        lines { sku productName options quantity unitPrice { amount } subtotal { amount } discount { amount }
            total { amount } tax { amount } taxRatePercent variant { sku product { name } } }
        promotions { name amount { amount } } totals { subtotal { amount } discount { amount } tax { amount }
            total { amount formatted } }";
    let arabic = by_token(&shop.anonymous(), &order, fields).await;
    let english = by_token(&shop.anonymous().in_language("en"), &order, fields).await;
    assert_eq!(arabic["email"], "guest@customer.example");
    assert_eq!(arabic["language"], json!({ "tag": "ar", "direction": "RTL" }));
    assert_eq!(english["language"], arabic["language"], "the language it was placed in");
    assert_eq!(arabic["shippingAddress"]["postalCode"], "12211");
    assert_eq!(english["paymentMethodLabel"], "Cash on delivery");
    assert_eq!(arabic["paymentMethodLabel"], "الدفع عند الاستلام");
    assert_eq!(english["deliveryMethod"], json!({ "code": "standard", "name": "Standard delivery" }));
    let line = &english["lines"][0];
    assert_eq!((&line["productName"], &line["options"]), (&json!("Harazi coffee"), &json!("500 g / Light")));
    assert_eq!(arabic["lines"][0]["options"], "٥٠٠ جرام / فاتح");
    assert_eq!(line["subtotal"]["amount"], "172.50");
    assert_eq!((&line["tax"]["amount"], &line["taxRatePercent"]), (&json!("22.50"), &json!("15")));
    let dates = &english["lines"][1];
    assert_eq!((&dates["discount"]["amount"], &dates["total"]["amount"]), (&json!("11.50"), &json!("103.50")));
    assert_eq!((&dates["options"], &dates["variant"]["sku"]), (&Value::Null, &json!("DATES")));
    assert_eq!(english["promotions"], json!([{ "name": "10% off gifts", "amount": { "amount": "11.50" } }]));
    // 172.50 + 103.50 + 18.00 + 15.00
    assert_eq!(english["totals"]["total"], json!({ "amount": "309.00", "formatted": "SAR\u{a0}309.00" }));
}
