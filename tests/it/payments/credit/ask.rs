//! What the tests of gift cards and store credit ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

use crate::{cart::refusal::wrong, fulfilment::ask::try_set, identity::groups::customer, orders::ask::text};

/// What a gift card is.
pub const CARD: &str = "giftCard { id lastCharacters balance { amount currencyCode } expiresAt isBlocked note version
    entries { totalCount nodes { kind amount { amount } reason payment } } }";

/// What store credit is.
pub const STORE_CREDIT: &str = "storeCredit { id balance { amount currencyCode } expiresAt
    entries { totalCount nodes { kind amount { amount } reason payment } } }";

/// Issues a gift card in SAR, and gives its id and its code.
pub async fn issue(tenant: &Tenant, amount: &str) -> (String, String) {
    issue_with(tenant, json!({ "amount": amount })).await
}

/// The same, with more said of it.
pub async fn issue_with(tenant: &Tenant, mut input: Value) -> (String, String) {
    let staff = tenant.staff("CREDIT_MANAGE");
    let map = input.as_object_mut().unwrap();
    map.entry("currency").or_insert(json!("SAR"));
    map.insert("idempotencyKey".to_owned(), json!(staff.key()));
    let issued = try_set(&staff, "giftCardsIssue", "giftCards { code giftCard { id } }", input).await;
    assert_eq!(wrong(&issued), Vec::<String>::new());
    let one = &issued["giftCards"][0];
    (text(&one["giftCard"]["id"]), text(&one["code"]))
}

/// Gives a customer of the fixture store credit in SAR that never expires.
pub async fn grant(tenant: &Tenant, name: &str, amount: &str) {
    let staff = tenant.staff("CREDIT_MANAGE");
    let input = json!({
        "customer": customer(tenant, name).await, "amount": amount, "currency": "SAR", "idempotencyKey": staff.key(),
    });
    assert_eq!(wrong(&try_set(&staff, "storeCreditGrant", STORE_CREDIT, input).await), Vec::<String>::new());
}

/// What is on a gift card, and what moved it, the first first: `ISSUED 50.00`.
pub async fn ledger(tenant: &Tenant, card: &str) -> (String, Vec<String>) {
    let query =
        "query ($id: ID!) { giftCard(id: $id) { balance { amount } entries { nodes { kind amount { amount } } } } }";
    let found = tenant.staff("CREDIT_READ").run(query, json!({ "id": card })).await["giftCard"].take();
    (text(&found["balance"]["amount"]), moves(&found["entries"]))
}

/// What is in the store credit of a customer of the fixture in SAR, and what moved it, as they see it.
pub async fn own(tenant: &Tenant, name: &str) -> (String, Vec<String>) {
    let query = "{ me { storeCredit { balance { amount } entries { nodes { kind amount { amount } } } } } }";
    let found = tenant.customer(name).run(query, json!({})).await["me"]["storeCredit"][0].take();
    (text(&found["balance"]["amount"]), moves(&found["entries"]))
}

fn moves(entries: &Value) -> Vec<String> {
    let one = |entry: &Value| format!("{} {}", text(&entry["kind"]), text(&entry["amount"]["amount"]));
    let mut moves: Vec<_> = entries["nodes"].as_array().unwrap().iter().map(one).collect();
    moves.reverse();
    moves
}

/// Has a cart be paid with a gift card.
pub async fn add(client: &Client, cart: &str, code: &str) {
    client.steps(cart, json!([{ "giftCardAdd": { "code": code } }])).await;
}

/// How a cart is paid.
pub async fn paid(client: &Client, cart: &str) -> Value {
    let query = "query ($id: ID!) { cart(id: $id) { due { amount } totals { total { amount } paymentFee { amount } tax { amount } }
        paymentMethod { method } giftCards { giftCard lastCharacters balance { amount } amount { amount } problem }
        storeCredit { balance { amount } amount { amount } } } }";
    client.run(query, json!({ "id": cart })).await["cart"].take()
}

/// How an order is paid: each payment's tender, status, amount, and what of it came and went back.
pub async fn payments(tenant: &Tenant, order: &str) -> Vec<String> {
    let query = "query ($id: ID!) { order(by: { id: $id }) { payments {
        tender status amount { amount } captured { amount } refunded { amount } } } }";
    let found = tenant.staff("ORDER_READ").run(query, json!({ "id": order })).await;
    let one = |payment: &Value| {
        let [tender, status] = ["tender", "status"].map(|name| text(&payment[name]));
        let [amount, captured, refunded] =
            ["amount", "captured", "refunded"].map(|name| text(&payment[name]["amount"]));
        format!("{tender} {status} {amount} {captured} {refunded}")
    };
    found["order"]["payments"].as_array().unwrap().iter().map(one).collect()
}
