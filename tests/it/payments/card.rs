//! How the tests pay by card, and what they look at.

use serde_json::{Value, json};
use tests::{
    client::{Client, Reply},
    shop::Shop,
    world::Placed,
};

use crate::orders::ask::{by_token, text};

pub const RETURN_URL: &str = "https://shop.example/return";

/// A guest's order of one light coffee, 64.00, paid by a card.
pub async fn buy(shop: &Shop, token: &str) -> Placed {
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    shop.anonymous().checkout_by_card(&cart, token).await
}

/// Tries another card for a guest's order, and gives the payload.
pub async fn pay(client: &Client, order: &Placed, token: &str) -> Value {
    pay_once(client, order, token, &client.key()).await
}

/// The same, once for a key.
pub async fn pay_once(client: &Client, order: &Placed, token: &str, key: &str) -> Value {
    let query = "mutation ($input: OrderPayInput!) { orderPay(input: $input) {
        order { id state payment { status } } userErrors { code field message } } }";
    let card = json!({ "token": token, "returnUrl": RETURN_URL });
    let input = json!({ "order": order.id, "orderToken": order.token, "card": card, "idempotencyKey": key });
    client.run(query, json!({ "input": input })).await["orderPay"].take()
}

/// An order and its payment, as its guest sees them.
pub async fn seen(shop: &Shop, order: &Placed) -> Value {
    let fields = "state payBefore payment { status declineCode challengeUrl authorised { amount } captured { amount }
        refunded { amount } }";
    by_token(&shop.anonymous(), order, fields).await
}

/// Where an order and its payment stand.
pub async fn standing(shop: &Shop, order: &Placed) -> (String, String) {
    let seen = seen(shop, order).await;
    (text(&seen["state"]), text(&seen["payment"]["status"]))
}

/// What happened to an order's payment.
pub async fn entries(shop: &Shop, order: &Placed) -> Vec<String> {
    let found = by_token(&shop.staff("ORDER_READ"), order, "payment { entries { kind } }").await;
    found["payment"]["entries"].as_array().unwrap().iter().map(|entry| text(&entry["kind"])).collect()
}

/// The path of the page on which the shopper confirms.
pub async fn challenge(shop: &Shop, order: &Placed) -> String {
    let url = text(&seen(shop, order).await["payment"]["challengeUrl"]);
    let path = url.find("/simulator/").unwrap_or_else(|| panic!("{url}"));
    url[path..].to_owned()
}

/// The shopper presses a button of that page: `approve` or `decline`.
pub async fn answer(shop: &Shop, challenge: &str, button: &str) -> Reply {
    let form = format!("answer={button}");
    shop.anonymous().post_to(challenge, "application/x-www-form-urlencoded", form).await
}

/// How many charges the simulated gateway has in each state.
pub async fn db_charges(shop: &Shop) -> Vec<(&'static str, u64)> {
    let states = [
        ("challenged", "UPDATE simulated_charge SET state = state WHERE state = 'challenged'"),
        ("authorised", "UPDATE simulated_charge SET state = state WHERE state = 'authorised'"),
        ("declined", "UPDATE simulated_charge SET state = state WHERE state = 'declined'"),
        ("captured", "UPDATE simulated_charge SET state = state WHERE state = 'captured'"),
        ("voided", "UPDATE simulated_charge SET state = state WHERE state = 'voided'"),
    ];
    let mut found = Vec::new();
    for (state, sql) in states {
        let n = shop.db_execute(sql).await;
        if n > 0 {
            found.push((state, n));
        }
    }
    found
}

/// How many refunds the simulated gateway made.
pub async fn db_refunds(shop: &Shop) -> u64 {
    shop.db_execute("UPDATE simulated_refund SET amount_minor = amount_minor").await
}

/// Has every event delivered again, as if no delivery had been noted.
pub async fn db_deliver_again(shop: &Shop) {
    assert!(shop.db_execute("UPDATE outbox SET delivered_at = NULL, due_at = 0").await > 0);
    shop.work().await;
}
