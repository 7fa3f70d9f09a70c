//! Carts as their shoppers see them.

use serde_json::{Value, json};
use tests::client::Client;

const CART: &str = "query ($id: ID!) { cart(id: $id) {
    id version state updatedAt email phone language { tag } totalQuantity
    lines { id quantity variant { sku } unitPrice { amount } subtotal { amount } discount { amount } total { amount }
        tax { amount } taxRatePercent }
    shippingAddress { name phone country city postalCode buildingNumber street district additionalNumber shortAddress
        line1 line2 region }
    deliveryMethod { id code price { amount } }
    deliveryOptions { id code price { amount } remoteAreaSurcharge { amount } daysMin daysMax }
    paymentMethod { method fee { amount } }
    paymentOptions { method fee { amount } }
    totals { subtotal { amount } discount { amount } delivery { amount } deliveryDiscount { amount }
        paymentFee { amount } tax { amount } total { amount } }
    promotions { name amount { amount } }
    warnings { code line message was { amount } now { amount } available } } }";

/// All of a cart; null if it is not there.
pub(crate) async fn read(client: &Client, cart: &str) -> Value {
    client.run(CART, json!({ "id": cart })).await["cart"].take()
}

/// A cart with these lines alone.
pub(crate) async fn cart_with(client: &Client, lines: &[(&str, u32)]) -> String {
    let mut wanted = Vec::new();
    for (sku, quantity) in lines {
        wanted.push(json!({ "variant": client.variant(sku).await, "quantity": quantity }));
    }
    let query =
        "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code field } } }";
    let created = client.done(query, json!({ "input": { "lines": wanted } })).await;
    created["cart"]["id"].as_str().unwrap().to_owned()
}

/// What is in a cart: SKUs and quantities.
pub(crate) fn lines(cart: &Value) -> Vec<(&str, i64)> {
    let line = |line: &'_ Value| line["quantity"].as_i64().unwrap();
    let lines = cart["lines"].as_array().unwrap();
    lines.iter().map(|one| (one["variant"]["sku"].as_str().unwrap(), line(one))).collect()
}

/// The id of the line of a SKU.
pub(crate) fn line(cart: &Value, sku: &str) -> String {
    let lines = cart["lines"].as_array().unwrap();
    let line = lines.iter().find(|line| line["variant"]["sku"] == sku).expect("such a line");
    line["id"].as_str().unwrap().to_owned()
}

/// The amount of a field of its totals.
pub(crate) fn total<'c>(cart: &'c Value, field: &str) -> &'c str {
    cart["totals"][field]["amount"].as_str().unwrap()
}

/// The id of a way of delivery to its address.
pub(crate) fn delivery(cart: &Value, code: &str) -> String {
    let options = cart["deliveryOptions"].as_array().unwrap();
    let option = options.iter().find(|option| option["code"] == code).expect("such a way of delivery");
    option["id"].as_str().unwrap().to_owned()
}
