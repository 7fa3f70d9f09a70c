//! How many pieces of a variant are bought together.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::ask::{LIST, assign, list, make, set};
use crate::{
    cart::read::{cart_with, line, lines, read},
    fulfilment::ask::try_set,
    identity::groups::group,
    inventory::ask::told,
};

const SET: &str = "priceListQuantityRulesSet";
const REMOVE: &str = "priceListQuantityRulesRemove";

/// Changes rules of a list as staff who may, and gives the payload.
async fn try_rule(tenant: &Tenant, name: &str, list: &str, lines: Value, more: Value) -> Value {
    let mut input = json!({ "priceList": list, "lines": lines });
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    try_set(&tenant.staff("PRICE_MANAGE"), name, LIST, input).await
}

/// The same, and it is done.
async fn rule(tenant: &Tenant, name: &str, list: &str, lines: Value) {
    assert_eq!(try_rule(tenant, name, list, lines, json!({})).await["userErrors"], json!([]));
}

/// Minimum, maximum and increment of a line for a SKU.
fn of(sku: &str, minimum: Option<i64>, maximum: Option<i64>, increment: Option<i64>) -> Value {
    json!({ "variant": { "sku": sku }, "minimum": minimum, "maximum": maximum, "increment": increment })
}

/// The rule of a SKU for somebody: minimum, maximum, increment.
async fn shown(client: &Client, sku: &str) -> Value {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { pricing { quantityRule {
        minimum maximum increment } } } }";
    let rule = client.run(query, json!({ "sku": sku })).await["productVariant"]["pricing"]["quantityRule"].take();
    json!([rule["minimum"], rule["maximum"], rule["increment"]])
}

/// Why a change of a cart is refused: codes and fields.
async fn refused(client: &Client, name: &str, input: Value) -> Value {
    try_set(client, name, "cart { id }", input).await["userErrors"].take()
}

/// The warnings of a cart.
async fn warnings(client: &Client, cart: &str) -> Value {
    let query = "query ($id: ID!) { cart(id: $id) { warnings { code message } lines { quantity } } }";
    client.clone().in_language("en").run(query, json!({ "id": cart })).await["cart"]["warnings"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rule_is_that_of_the_list_that_gives_the_price_or_of_its_parent() {
    let shop = Shop::open().await;
    let (layla, guest) = (shop.customer("layla"), shop.anonymous());
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let sar = list(&shop, "sar").await;
    let follows = make(&shop, "follows", json!({ "parent": sar, "adjustmentPercent": "-10" })).await;
    let own = make(&shop, "own", json!({ "parent": follows, "adjustmentPercent": "-10" })).await;
    assign(&shop, &own, json!({ "customerGroup": loyal })).await;
    assert_eq!(shown(&guest, "TEA").await, json!([1, null, 1]));
    rule(&shop, SET, &sar, json!([of("TEA", Some(2), Some(10), Some(2)), of("CUP", None, None, Some(6))])).await;
    assert_eq!((shown(&guest, "TEA").await, shown(&layla, "TEA").await), (json!([2, 10, 2]), json!([2, 10, 2])));
    assert_eq!(shown(&guest, "CUP").await, json!([6, null, 6]));
    rule(&shop, SET, &follows, json!([of("TEA", Some(12), None, Some(12))])).await;
    assert_eq!((shown(&guest, "TEA").await, shown(&layla, "TEA").await), (json!([2, 10, 2]), json!([12, null, 12])));
    rule(&shop, SET, &own, json!([of("TEA", Some(1), Some(3), None)])).await;
    assert_eq!(shown(&layla, "TEA").await, json!([1, 3, 1]));
    // A list tells of what it says something itself, and what.
    set(&shop, &own, "CUP", "3.00", json!({})).await;
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let said = async |page: Value| {
        let query = "query ($id: ID!, $variants: [ID!]!, $page: Paging) { priceList(by: { id: $id }) {
            variants(page: $page) { totalCount nodes { sku } } prices(variants: $variants) { variant { sku } }
            quantityRules(variants: $variants) { variant { sku } rule { minimum maximum increment } } } }";
        let asked = json!({ "id": own, "variants": [tea, cup], "page": page });
        shop.staff("PRICE_READ").run(query, asked).await["priceList"].take()
    };
    let seen = said(json!({})).await;
    assert_eq!(seen["variants"], json!({ "totalCount": 2, "nodes": [{ "sku": "CUP" }, { "sku": "TEA" }] }));
    assert_eq!(seen["prices"], json!([{ "variant": { "sku": "CUP" } }]));
    let its_own = json!({ "minimum": 1, "maximum": 3, "increment": 1 });
    assert_eq!(seen["quantityRules"], json!([{ "variant": { "sku": "TEA" }, "rule": its_own }]));
    assert_eq!(said(json!({ "first": 1 })).await["variants"]["nodes"], json!([{ "sku": "CUP" }]));
    rule(&shop, REMOVE, &own, json!([{ "variant": { "sku": "TEA" } }])).await;
    assert_eq!(shown(&layla, "TEA").await, json!([12, null, 12]), "as its parent says again");
    assert_eq!(said(json!({})).await["variants"]["nodes"], json!([{ "sku": "CUP" }]));
    assert_eq!(
        (told(&shop, "quantity_rule.set").await.len(), told(&shop, "quantity_rule.removed").await.len()),
        (4, 1)
    );
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_takes_no_other_number() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (tea, sar) = (shop.variant("TEA").await, list(&shop, "sar").await);
    rule(&shop, SET, &sar, json!([of("TEA", Some(4), Some(8), Some(2))])).await;
    let cart = cart_with(&guest, &[("CUP", 1)]).await;
    let add = |n: u32| json!({ "cart": cart, "lines": [{ "variant": tea, "quantity": n }] });
    let at = |code: &str| json!([{ "code": code, "field": ["lines", "0", "quantity"] }]);
    assert_eq!(refused(&guest, "cartLinesAdd", add(2)).await, at("QUANTITY_BELOW_MINIMUM"));
    assert_eq!(refused(&guest, "cartLinesAdd", add(5)).await, at("QUANTITY_NOT_A_MULTIPLE"));
    assert_eq!(refused(&guest, "cartLinesAdd", add(10)).await, at("QUANTITY_ABOVE_MAXIMUM"));
    assert_eq!(refused(&guest, "cartLinesAdd", add(6)).await, json!([]));
    assert_eq!(refused(&guest, "cartLinesAdd", add(4)).await, at("QUANTITY_ABOVE_MAXIMUM"), "ten together");
    assert_eq!(refused(&guest, "cartLinesAdd", add(2)).await, json!([]), "eight together");
    let seen = read(&guest, &cart).await;
    let update = |n: u32| json!({ "cart": cart, "lines": [{ "line": line(&seen, "TEA"), "quantity": n }] });
    assert_eq!(refused(&guest, "cartLinesUpdate", update(7)).await, at("QUANTITY_NOT_A_MULTIPLE"));
    assert_eq!(refused(&guest, "cartLinesUpdate", update(4)).await, json!([]));
    let seen = read(&guest, &cart).await;
    assert_eq!(lines(&seen), [("CUP", 1), ("TEA", 4)]);
    let quote = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { quote { lines { line } } userErrors { code field } } }";
    let asked = json!({ "lines": [{ "variant": { "sku": "CUP" }, "quantity": 1 }, { "variant": { "sku": "TEA" }, "quantity": 5 }] });
    let quoted = shop.staff_all().run(quote, json!({ "input": asked })).await["priceQuote"].take();
    let not = json!([{ "code": "QUANTITY_NOT_A_MULTIPLE", "field": ["lines", "1", "quantity"] }]);
    assert_eq!(quoted, json!({ "quote": { "lines": [{ "line": "0" }] }, "userErrors": not }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_whose_rule_changed_is_told_and_not_changed_and_not_ordered() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let sar = list(&shop, "sar").await;
    let cart = guest.cart_ready(&[("TEA", 5)], "CASH_ON_DELIVERY").await;
    assert_eq!(warnings(&guest, &cart).await, json!([]));
    rule(&shop, SET, &sar, json!([of("TEA", None, None, Some(6))])).await;
    let told = warnings(&guest, &cart).await;
    assert_eq!((told.as_array().unwrap().len(), &told[0]["code"]), (1, &json!("QUANTITY_NOT_ALLOWED")));
    let seen = read(&guest, &cart).await;
    assert_eq!(lines(&seen), [("TEA", 5)], "it is not changed");
    let complete = async || {
        let input = json!({ "cart": cart, "idempotencyKey": guest.key() });
        try_set(&guest, "checkoutComplete", "order { number }", input).await
    };
    let line = line(&seen, "TEA");
    let done = complete().await;
    let field = json!(["cart", "lines", line, "quantity"]);
    assert_eq!(done["userErrors"], json!([{ "code": "QUANTITY_BELOW_MINIMUM", "field": field }]));
    let update = json!({ "cart": cart, "lines": [{ "line": line, "quantity": 6 }] });
    assert_eq!(refused(&guest, "cartLinesUpdate", update).await, json!([]));
    assert_eq!(complete().await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_nothing_fits_are_refused_by_line_and_nothing_is_set() {
    let shop = Shop::open().await;
    let sar = list(&shop, "sar").await;
    let good = of("CUP", Some(2), None, None);
    for (wrong, code, field) in [
        (of("NOTHING", Some(1), None, None), "NOT_FOUND", "variant"),
        (of("TEA", Some(0), None, None), "QUANTITY_NOT_POSITIVE", "minimum"),
        (of("TEA", None, Some(1_000), None), "QUANTITY_TOO_LARGE", "maximum"),
        (of("TEA", Some(7), None, Some(6)), "QUANTITY_NOT_A_MULTIPLE", "minimum"),
        (of("TEA", Some(12), Some(6), Some(6)), "QUANTITY_BELOW_MINIMUM", "maximum"),
        (of("CUP", Some(1), None, None), "DUPLICATE", "variant"),
    ] {
        let done = try_rule(&shop, SET, &sar, json!([good, wrong]), json!({})).await;
        assert_eq!(done["userErrors"], json!([{ "code": code, "field": ["lines", "1", field] }]), "{wrong}");
    }
    let gone = json!([{ "variant": { "sku": "CUP" } }]);
    let none = try_rule(&shop, REMOVE, &sar, gone.clone(), json!({})).await;
    assert_eq!(none["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["lines", "0", "variant"] }]));
    let tried = try_rule(&shop, SET, &sar, json!([good]), json!({ "dryRun": true })).await;
    assert_eq!((tried["userErrors"].clone(), tried["priceList"].clone()), (json!([]), Value::Null));
    assert_eq!(shown(&shop.anonymous(), "CUP").await, json!([1, null, 1]));
    let stale = try_rule(&shop, SET, &sar, json!([good]), json!({ "expectedVersion": 99 })).await;
    assert_eq!(stale["userErrors"], json!([{ "code": "CONFLICT", "field": ["expectedVersion"] }]));
    for _time in 0..2 {
        let once = json!({ "idempotencyKey": "once" });
        assert_eq!(try_rule(&shop, SET, &sar, json!([good]), once).await["userErrors"], json!([]));
    }
    assert_eq!(told(&shop, "quantity_rule.set").await.len(), 1);
    set(&shop, &sar, "CUP", "20.00", json!({})).await;
    assert_eq!(shown(&shop.anonymous(), "CUP").await, json!([2, null, 1]), "another price, the same rule");
}
