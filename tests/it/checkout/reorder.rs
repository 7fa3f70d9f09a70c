//! Ordering the same once more.

use serde_json::{Value, json};
use tests::{
    client::{Client, codes},
    shop::Shop,
    world::Placed,
};

use crate::orders::ask::line_of;

const REORDER: &str = "mutation ($input: OrderReorderInput!) { orderReorder(input: $input) {
    cart { id state email lines { variant { sku } quantity unitPrice { amount } } warnings { code } }
    warnings { code line orderLine available message was { amount } now { amount } }
    userErrors { code field } } }";

async fn reorder(client: &Client, by: Value, key: &str) -> Value {
    client.run(REORDER, json!({ "input": { "by": by, "idempotencyKey": key } })).await["orderReorder"].take()
}

fn guest(order: &Placed) -> Value {
    json!({ "guest": { "number": order.number, "token": order.token } })
}

fn lines(payload: &Value) -> Vec<(&str, i64, &str)> {
    let lines = payload["cart"]["lines"].as_array().unwrap_or_else(|| panic!("no cart in {payload}")).iter();
    lines
        .map(|line| {
            let amount = line["unitPrice"]["amount"].as_str().unwrap();
            (line["variant"]["sku"].as_str().unwrap(), line["quantity"].as_i64().unwrap(), amount)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_goes_into_an_open_cart_at_todays_prices() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 2), ("DATES", 1)]).await;
    shop.db_execute(
        "UPDATE list_price SET amount_minor = 1380 WHERE amount_minor = 1150
         AND variant_id IN (SELECT id FROM variant WHERE sku = 'TEA')",
    )
    .await;
    let done = reorder(&shop.anonymous(), guest(&order), "again").await;
    assert_eq!(lines(&done), [("TEA", 2, "13.80"), ("DATES", 1, "115.00")]);
    assert_eq!((&done["cart"]["state"], &done["cart"]["email"]), (&json!("OPEN"), &json!("guest@customer.example")));
    assert_eq!(done["warnings"], json!([]), "what it cost last year is nobody's surprise");
    assert_eq!(reorder(&shop.anonymous(), guest(&order), "again").await["cart"]["id"], done["cart"]["id"], "once");
    let orders = shop.staff("ORDER_READ").run("{ orders { totalCount } }", json!({})).await;
    assert_eq!(orders["orders"]["totalCount"], 1, "it places no order");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_had_is_left_out_and_told() {
    let shop = Shop::open().await;
    let order = shop.order(&[("CUP", 4), ("TEA", 1), ("DALLAH", 1), ("DATES", 1)]).await;
    shop.db_execute("DELETE FROM publication WHERE product_id IN (SELECT id FROM product WHERE slug = 'tea')").await;
    let done = reorder(&shop.anonymous().in_language("en"), guest(&order), "again").await;
    // Six cups were there, of which two are left; the one pot is gone.
    let kept: Vec<_> = lines(&done).into_iter().map(|(sku, quantity, _)| (sku, quantity)).collect();
    assert_eq!(kept, [("CUP", 2), ("DATES", 1)]);
    let mut told = Vec::new();
    for (sku, code, available) in
        [("CUP", "SHORT_OF_STOCK", json!(2)), ("TEA", "NOT_SOLD", json!(null)), ("DALLAH", "SHORT_OF_STOCK", json!(0))]
    {
        told.push((json!(line_of(&shop, &order.id, sku).await), json!(code), available));
    }
    let warnings = done["warnings"].as_array().unwrap();
    let said: Vec<_> =
        warnings.iter().map(|one| (one["orderLine"].clone(), one["code"].clone(), one["available"].clone())).collect();
    assert_eq!(said, told);
    assert!(warnings.iter().all(|one| one["line"].is_null() && !one["message"].as_str().unwrap().is_empty()));
    assert_eq!(warnings[1]["message"], "This product is no longer available.");
    assert_eq!(done["cart"]["warnings"], json!([]));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_open_cart_takes_it_and_somebody_elses_order_is_not_found() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let order = layla.order(&[("TEA", 2)]).await;
    let open = layla.cart_ready(&[("TEA", 1), ("DATES", 1)], "CASH_ON_DELIVERY").await;
    let own = reorder(&layla, json!({ "id": order.id }), "own").await;
    assert_eq!(own["cart"]["id"], open);
    assert_eq!(lines(&own), [("TEA", 3, "11.50"), ("DATES", 1, "115.00")]);
    let staff = reorder(&shop.staff("ORDER_READ"), json!({ "id": order.id }), "staff").await;
    assert_eq!(lines(&staff), [("TEA", 2, "11.50")]);
    assert_ne!(staff["cart"]["id"], open);
    let nobody = shop.anonymous();
    let strangers = [
        (shop.customer("omar"), json!({ "id": order.id })),
        (nobody.clone(), json!({ "id": order.id })),
        (shop.staff("STOCK_READ"), json!({ "id": order.id })),
        (nobody, json!({ "guest": { "number": order.number, "token": "bm90" } })),
    ];
    for (n, (stranger, by)) in strangers.into_iter().enumerate() {
        let refused = reorder(&stranger, by, &format!("stranger {n}")).await;
        assert_eq!(refused["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["by"] }]));
        assert_eq!(refused["cart"], json!(null));
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_cannot_take_it_stays_as_it_is() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let order = layla.order(&[("TEA", 2)]).await;
    let open = layla.cart_ready(&[("TEA", 998)], "CASH_ON_DELIVERY").await;
    let refused = reorder(&layla, json!({ "id": order.id }), "too much").await;
    assert_eq!(refused["userErrors"], json!([{ "code": "QUANTITY_TOO_LARGE", "field": ["by"] }]));
    let query = "query ($id: ID!) { cart(id: $id) { totalQuantity } }";
    assert_eq!(layla.run(query, json!({ "id": open })).await["cart"]["totalQuantity"], 998);
    let wrong = reorder(&layla, json!({ "id": "cart_01h455vb4pex5vsknk084sn02q" }), "").await;
    assert_eq!(codes(&wrong), ["REQUIRED", "INVALID_ID"]);
    shop.close().await;
}
