//! What the tests of promotions ask.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use crate::fulfilment::ask::{text, try_set};

/// Changes promotions as staff who may, and gives the payload.
pub async fn try_promote(tenant: &Tenant, name: &str, input: Value) -> Value {
    try_set(&tenant.staff("PROMOTION_MANAGE"), name, "promotion { id version }", input).await
}

/// Makes a promotion of a rule in Saudi riyals, and gives its id.
pub async fn promote(tenant: &Tenant, code: &str, rule: Value, more: Value) -> String {
    let mut input = json!({ "code": code, "nameEn": code, "currencyCode": "SAR", "rule": rule });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    let done = try_promote(tenant, "promotionCreate", input).await;
    assert_eq!(done["userErrors"], json!([]), "{code}");
    text(&done["promotion"]["id"])
}

/// Changes a promotion.
pub async fn change(tenant: &Tenant, id: &str, more: Value) {
    let mut input = json!({ "promotion": id });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    let done = try_promote(tenant, "promotionUpdate", input).await;
    assert_eq!(done["userErrors"], json!([]));
}

/// The rule that so many percent are taken off the order.
pub fn off_order(percent: &str) -> Value {
    json!({ "effect": { "order": { "tiers": [{ "off": { "percent": percent } }] } } })
}

/// A promotion of so many percent off the order, for those who have a coupon.
pub async fn with_coupons(tenant: &Tenant, code: &str, percent: &str) -> String {
    let mut rule = off_order(percent);
    rule["needsCoupon"] = json!(true);
    promote(tenant, code, rule, json!({})).await
}

/// Issues coupons, and gives their id.
pub async fn issue(tenant: &Tenant, promotion: &str, coupon: Value) -> String {
    issue_for(tenant, promotion, coupon, Value::Null).await
}

/// Issues coupons each of which is for so many orders, and gives their id.
pub async fn issue_for(tenant: &Tenant, promotion: &str, coupon: Value, orders: Value) -> String {
    let input = json!({ "promotion": promotion, "coupon": coupon, "ordersMax": orders });
    let done = try_set(&tenant.staff_all(), "couponIssue", "coupon { id }", input).await;
    assert_eq!(done["userErrors"], json!([]));
    text(&done["coupon"]["id"])
}

/// The id of the promotion of a code.
pub async fn promotion(tenant: &Tenant, code: &str) -> String {
    let query = "query ($code: String!) { promotion(by: { code: $code }) { id } }";
    text(&tenant.staff("PROMOTION_READ").run(query, json!({ "code": code })).await["promotion"]["id"])
}

/// How often a promotion was used, and what it took off.
pub async fn usage(tenant: &Tenant, code: &str) -> (i64, String) {
    let query = "query ($code: String!) { promotion(by: { code: $code }) { usage { orders spent { amount } } } }";
    let found = tenant.staff("PROMOTION_READ").run(query, json!({ "code": code })).await;
    let usage = &found["promotion"]["usage"];
    (usage["orders"].as_i64().unwrap(), text(&usage["spent"]["amount"]))
}

/// Puts a coupon into a cart.
pub async fn add_coupon(client: &Client, cart: &str, code: &str) -> Value {
    crate::cart::refusal::try_it(client, "cartCouponAdd", json!({ "cart": cart, "code": code })).await
}

/// What promotions do to a cart: of those that take something off, code and amount; then of those that do not, why.
pub async fn steps(client: &Client, cart: &str) -> (Vec<(String, String)>, Vec<(String, String)>) {
    let query = "query ($id: ID!) { cart(id: $id) { totals { total { amount } } pricing { explanation {
        kind name message amount { amount } coupon missingAmount { amount } missingQuantity lines { amount { amount } } } } } }";
    let client = client.clone().in_language("en");
    let cart = client.run(query, json!({ "id": cart })).await["cart"].take();
    let (mut applied, mut refused) = (Vec::new(), Vec::new());
    for step in cart["pricing"]["explanation"].as_array().unwrap() {
        let name = text(&step["name"]);
        if step["kind"] == "APPLIED" {
            applied.push((name, text(&step["amount"]["amount"])));
        } else {
            // Without what keeps names of the other direction apart.
            refused.push((name, text(&step["message"]).replace(['\u{2068}', '\u{2069}'], "")));
        }
    }
    (applied, refused)
}

/// A shop whose own promotions are over.
pub async fn plain() -> Shop {
    let shop = Shop::open().await;
    for code in ["gifts-10", "order-5", "free-delivery"] {
        let id = promotion(&shop, code).await;
        change(&shop, &id, json!({ "startsAt": null, "endsAt": shop.in_hours(0) })).await;
    }
    shop
}
