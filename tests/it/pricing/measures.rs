//! What a kilogram costs, a litre or a piece.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::ask::{list, set};
use crate::{
    cart::{read::cart_with, refusal::wrong},
    fulfilment::ask::try_set,
    inventory::ask::told,
};

const MEASURE: &str = "variants { sku measure { content { quantity unit } reference { quantity unit } } }";

async fn measure(tenant: &Tenant, lines: Value) -> Value {
    try_set(&tenant.staff("PRICE_MANAGE"), "variantMeasuresSet", MEASURE, json!({ "lines": lines })).await
}

fn so_much(quantity: &str, unit: &str) -> Value {
    json!({ "quantity": quantity, "unit": unit })
}

/// What the tea costs for its reference, as somebody sees it: price, quantity and unit.
async fn per(client: &Client, quantity: u32) -> Value {
    let query = "query ($n: Int!) { productVariant(by: { sku: \"TEA\" }) { pricing(quantity: $n) {
        unitPrice { price { amount } per { quantity unit } } } } }";
    let found = client.run(query, json!({ "n": quantity })).await["productVariant"]["pricing"]["unitPrice"].take();
    if found.is_null() {
        found
    } else {
        json!([found["price"]["amount"], found["per"]["quantity"], found["per"]["unit"]])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_tells_what_a_kilogram_of_it_costs() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    assert_eq!(per(&guest, 1).await, Value::Null);
    let done =
        measure(&shop, json!([{ "variant": { "sku": "TEA" }, "measure": { "content": so_much("250", "GRAM") } }]))
            .await;
    let said = json!({ "content": so_much("250", "GRAM"), "reference": so_much("1", "KILOGRAM") });
    assert_eq!((&done["variants"], &done["userErrors"]), (&json!([{ "sku": "TEA", "measure": said }]), &json!([])));
    assert_eq!(per(&guest, 1).await, json!(["46.00", "1", "KILOGRAM"]));
    set(&shop, &base, "TEA", "11.50", json!({ "tiers": [{ "fromQuantity": 5, "price": "9.99" }] })).await;
    assert_eq!(per(&guest, 5).await, json!(["39.96", "1", "KILOGRAM"]), "of the tier");
    let grams = json!({ "content": so_much("0.33", "KILOGRAM"), "reference": so_much("100", "GRAM") });
    let tea = shop.variant("TEA").await;
    measure(&shop, json!([{ "variant": { "id": tea }, "measure": grams }])).await;
    // 11.50 ÷ 3.3 = 3.4848….
    assert_eq!(per(&guest, 1).await, json!(["3.48", "100", "GRAM"]));
    measure(&shop, json!([{ "variant": { "id": tea } }])).await;
    assert_eq!(per(&guest, 1).await, Value::Null);
    let told = told(&shop, "variant.measure_set").await;
    assert_eq!(told.len(), 3);
    let trail =
        "{ auditEntries(filter: { action: \"variant.measure_set\" }, page: { first: 1 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"][0].take();
    assert_eq!(trail["before"]["measure"]["content"]["unit"], "kilogram");
    assert_eq!(trail["after"]["measure"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_off_while_browsing_counts_for_the_kilogram() {
    let shop = Shop::open().await;
    measure(&shop, json!([{ "variant": { "sku": "TEA" }, "measure": { "content": so_much("250", "GRAM") } }])).await;
    let rule = json!({ "effect": { "catalogue": { "off": { "percent": "10" } } } });
    let input = json!({ "code": "sale", "nameEn": "Sale", "rule": rule });
    let made = try_set(&shop.staff("PROMOTION_MANAGE"), "promotionCreate", "promotion { id }", input).await;
    assert_eq!(made["userErrors"], json!([]));
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { unitPrice { price { amount } }
        discounted { unitPrice { price { amount } } } } } }";
    let mut seen = shop.anonymous().run(query, json!({})).await;
    let seen = seen["productVariant"]["pricing"].take();
    assert_eq!(seen["unitPrice"]["price"]["amount"], "46.00");
    assert_eq!(seen["discounted"]["unitPrice"]["price"]["amount"], "41.40");
}

#[tokio::test(flavor = "multi_thread")]
async fn carts_tell_it_and_orders_keep_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let litre = json!({ "content": so_much("75", "CENTILITRE") });
    measure(&shop, json!([{ "variant": { "sku": "TEA" }, "measure": litre }])).await;
    let unit_price = "unitPrice { price { amount } per { quantity unit } }";
    let cart = cart_with(&guest, &[("TEA", 2)]).await;
    let query = format!("query ($cart: ID!) {{ cart(id: $cart) {{ lines {{ pricing {{ {unit_price} }} }} }} }}");
    let seen = guest.run(&query, json!({ "cart": cart })).await["cart"]["lines"][0]["pricing"].take();
    let per_litre = json!({ "unitPrice": { "price": { "amount": "15.33" }, "per": so_much("1", "LITRE") } });
    assert_eq!(seen, per_litre);
    let bought = shop.order(&[("TEA", 2)]).await.id;
    measure(&shop, json!([{ "variant": { "sku": "TEA" }, "measure": { "content": so_much("1", "PIECE") } }])).await;
    let query = format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {{ lines {{ pricing {{ {unit_price} }} }} }} }}");
    let seen =
        shop.staff("ORDER_READ").run(&query, json!({ "id": bought })).await["order"]["lines"][0]["pricing"].take();
    assert_eq!(seen, per_litre, "as it was then");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_too_dear_for_an_amount_no_unit_price_is_told() {
    let shop = Shop::open().await;
    let (staff, guest) = (shop.staff("ORDER_READ"), shop.anonymous());
    // A kilogram is a thousand million times as much.
    let speck = json!({ "content": so_much("0.001", "MILLIGRAM") });
    measure(&shop, json!([{ "variant": { "sku": "TEA" }, "measure": speck }])).await;
    let told = async |amount: &str| {
        set(&shop, &list(&shop, "sar").await, "TEA", amount, json!({})).await;
        let unit_price = "unitPrice { price { amount } }";
        let query = format!("{{ productVariant(by: {{ sku: \"TEA\" }}) {{ pricing {{ {unit_price} }} }} }}");
        let shown = guest.run(&query, json!({})).await["productVariant"]["pricing"].take();
        let cart = cart_with(&guest, &[("TEA", 1)]).await;
        let query = format!("query ($cart: ID!) {{ cart(id: $cart) {{ lines {{ pricing {{ {unit_price} }} }} }} }}");
        let of_cart = guest.run(&query, json!({ "cart": cart })).await["cart"]["lines"][0]["pricing"].take();
        let bought = shop.order(&[("TEA", 1)]).await.id;
        let query =
            format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {{ lines {{ pricing {{ {unit_price} }} }} }} }}");
        let of_order = staff.run(&query, json!({ "id": bought })).await["order"]["lines"][0]["pricing"].take();
        [shown, of_cart, of_order]
    };
    let dear = json!({ "unitPrice": { "price": { "amount": "289000000000.00" } } });
    assert_eq!(told("289.00").await, [dear.clone(), dear.clone(), dear]);
    let none = json!({ "unitPrice": null });
    assert_eq!(told("10000000000.00").await, [none.clone(), none.clone(), none]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_measured_so_is_refused_by_line_and_nothing_is_said() {
    let shop = Shop::open().await;
    let good = json!({ "variant": { "sku": "CUP" }, "measure": { "content": so_much("1", "PIECE") } });
    let of = |measure: Value| json!({ "variant": { "sku": "TEA" }, "measure": measure });
    for (line, refusals) in [
        (of(json!({ "content": so_much("0", "GRAM") })), vec!["INVALID_MEASURE lines.1.measure.content.quantity"]),
        (of(json!({ "content": so_much("1.0005", "GRAM") })), vec!["INVALID_MEASURE lines.1.measure.content.quantity"]),
        (
            of(json!({ "content": so_much("x", "GRAM"), "reference": so_much("-1", "LITRE") })),
            vec![
                "INVALID_MEASURE lines.1.measure.content.quantity",
                "INVALID_MEASURE lines.1.measure.reference.quantity",
            ],
        ),
        (
            of(json!({ "content": so_much("1", "GRAM"), "reference": so_much("1", "LITRE") })),
            vec!["OTHER_DIMENSION lines.1.measure.reference"],
        ),
        (
            of(json!({ "content": so_much("0.001", "MILLIGRAM"), "reference": so_much("1000000", "KILOGRAM") })),
            vec!["REFERENCE_TOO_LARGE lines.1.measure.reference"],
        ),
        (json!({ "variant": { "sku": "NO-SUCH" } }), vec!["NOT_FOUND lines.1.variant"]),
        (json!({ "variant": { "id": shop.variant("CUP").await } }), vec!["DUPLICATE lines.1.variant"]),
    ] {
        for language in ["ar", "en"] {
            let staff = shop.staff("PRICE_MANAGE").in_language(language);
            let input = json!({ "lines": [good, line] });
            assert_eq!(wrong(&try_set(&staff, "variantMeasuresSet", MEASURE, input).await), refusals, "{line}");
        }
    }
    let empty = measure(&shop, json!([])).await;
    assert_eq!(wrong(&empty), ["REQUIRED lines"]);
    let tried = json!({ "lines": [good], "dryRun": true });
    let tried = try_set(&shop.staff("PRICE_MANAGE"), "variantMeasuresSet", MEASURE, tried).await;
    assert_eq!((&tried["variants"], &tried["userErrors"]), (&json!([]), &json!([])));
    let query = "{ productVariant(by: { sku: \"CUP\" }) { measure { content { unit } } } }";
    assert_eq!(shop.anonymous().run(query, json!({})).await["productVariant"]["measure"], Value::Null);
    assert!(told(&shop, "variant.measure_set").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn many_measures_cost_as_many_statements_as_one() {
    let shop = Shop::open().await;
    let query = "{ products(page: { first: 9 }) { nodes { variants { id } } } }";
    let found = shop.anonymous().run(query, json!({})).await["products"]["nodes"].take();
    let variants: Vec<_> = found.as_array().unwrap().iter().map(|one| one["variants"][0]["id"].clone()).collect();
    let staff = shop.staff("PRICE_MANAGE");
    let mut costs = Vec::new();
    for n in [1, 1, 6] {
        let line = |id: &Value| json!({ "variant": { "id": id }, "measure": { "content": so_much("3", "PIECE") } });
        let lines: Vec<_> = variants[..n].iter().map(line).collect();
        let set = try_set(&staff, "variantMeasuresSet", "variants { sku }", json!({ "lines": lines }));
        let (done, n_statements) = shop.counted(set).await;
        assert_eq!(done["variants"].as_array().unwrap().len(), n);
        costs.push(n_statements);
    }
    assert_eq!(costs[1], costs[2]);
}
