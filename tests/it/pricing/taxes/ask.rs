//! What the tests of taxes ask.

use serde_json::{Value, json};
use tests::{client::Client, tenant::Tenant};

use crate::fulfilment::ask::{text, try_set};

/// What of a cart is asked.
pub const TAXED: &str =
    "{ lines { unitPrice { amount } subtotal { amount } discount { amount } total { amount } tax { amount }
    taxation { category ratePercent reasonCode relievedRatePercent } }
    taxes { taxation { invoiceCode ratePercent reasonCode } net { amount } tax { amount } }
    totals { subtotal { amount } discount { amount } delivery { amount } paymentFee { amount } tax { amount }
        pricesIncludeTax total { amount } } }";

/// Changes taxes as staff who may, and gives the payload.
pub async fn try_tax(tenant: &Tenant, name: &str, select: &str, input: Value) -> Value {
    try_set(&tenant.staff("TAX_MANAGE"), name, select, input).await
}

/// The same, and it is done.
pub async fn tax(tenant: &Tenant, name: &str, select: &str, input: Value) -> Value {
    let done = try_tax(tenant, name, select, input).await;
    assert_eq!(done["userErrors"], json!([]), "{name}");
    done
}

/// Makes a tax class, and gives its id.
pub async fn class(tenant: &Tenant, code: &str) -> String {
    let input = json!({ "code": code, "nameEn": code });
    text(&tax(tenant, "taxClassCreate", "taxClass { id }", input).await["taxClass"]["id"])
}

/// The id of a product.
pub async fn product(client: &Client, sku: &str) -> String {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { product { id } } }";
    text(&client.run(query, json!({ "sku": sku })).await["productVariant"]["product"]["id"])
}

/// Puts the product of a SKU into a class.
pub async fn classify(tenant: &Tenant, class: &str, sku: &str) {
    let input = json!({ "taxClass": class, "products": [product(&tenant.anonymous(), sku).await] });
    tax(tenant, "taxClassAssign", "products { id }", input).await;
}

/// Says how things of a class are taxed in Saudi Arabia.
pub async fn rate(tenant: &Tenant, class: Value, taxation: Value, starts_at: Value) {
    let input = json!({ "taxClass": class, "country": "SA", "taxation": taxation, "startsAt": starts_at });
    tax(tenant, "taxRateSet", "taxRate { id }", input).await;
}

/// Has a rate go in Bahrain from far ahead on, and gives its id.
pub async fn scheduled(tenant: &Tenant) -> String {
    let taxation = json!({ "category": "STANDARD", "ratePercent": "5" });
    let input = json!({ "country": "BH", "taxation": taxation, "startsAt": "2099-01-01T00:00:00Z" });
    text(&tax(tenant, "taxRateSet", "taxRate { id }", input).await["taxRate"]["id"])
}

/// How medicines are taxed.
pub fn zero() -> Value {
    json!({ "category": "ZERO_RATED", "reasonCode": "VATEX-SA-35" })
}

/// A cart as its taxes are.
pub async fn cart(client: &Client, id: &str) -> Value {
    let query = format!("query ($id: ID!) {{ cart(id: $id) {TAXED} }}");
    client.run(&query, json!({ "id": id })).await["cart"].take()
}

/// An order as its taxes are, for staff.
pub async fn order(tenant: &Tenant, id: &str) -> Value {
    let fields = TAXED.replacen('{', "{ taxRounding ", 1);
    let query = format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {fields} }}");
    tenant.staff("ORDER_READ").run(&query, json!({ "id": id })).await["order"].take()
}

/// The amounts of some of the totals.
pub fn totals(of: &Value, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| text(&of["totals"][name]["amount"])).collect()
}

/// What is taxed how: code, rate, net and tax.
pub fn taxes(of: &Value) -> Vec<(String, String, String, String)> {
    let one = |one: &Value| {
        let taxation = &one["taxation"];
        let (net, tax) = (text(&one["net"]["amount"]), text(&one["tax"]["amount"]));
        (text(&taxation["invoiceCode"]), text(&taxation["ratePercent"]), net, tax)
    };
    of["taxes"].as_array().expect("taxes").iter().map(one).collect()
}
