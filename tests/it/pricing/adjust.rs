//! Prices that are raised or lowered together, and prices that are set by SKU.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{shop::Shop, tenant::Tenant};

use super::ask::{LIST, cost, list, price, set, try_price};
use crate::{cart::refusal::wrong, fulfilment::ask::try_set, inventory::ask::told};

const CHANGED: &str = "priceList { version } changedCount failedCount next
    changes { variant { sku } was { amount } price { amount } startsAt }";

async fn adjust(tenant: &Tenant, list: &str, more: Value) -> Value {
    let mut input = json!({ "priceList": list });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let query = format!(
        "mutation ($input: PriceListPricesAdjustInput!) {{ priceListPricesAdjust(input: $input) {{ {CHANGED}
            userErrors {{ code field message params {{ name value }} }} }} }}"
    );
    let done = tenant.staff("PRICE_MANAGE").run(&query, json!({ "input": input })).await;
    done["priceListPricesAdjust"].clone()
}

/// What changed: SKU, price before and price now, by SKU.
fn changes(done: &Value) -> Vec<String> {
    let word = |one: &Value| {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        [text(&one["variant"]["sku"]), text(&one["was"]["amount"]), text(&one["price"]["amount"])].join(" ")
    };
    let mut changes: Vec<_> = done["changes"].as_array().unwrap().iter().map(word).collect();
    changes.sort_unstable();
    changes
}

/// The SKUs that errors name.
fn skus(done: &Value) -> Vec<String> {
    let sku = |error: &Value| {
        let params = error["params"].as_array().unwrap().iter();
        let of = params.filter(|param| param["name"] == "sku").map(|param| param["value"].as_str().unwrap().to_owned());
        of.collect::<String>()
    };
    let mut skus: Vec<_> = done["userErrors"].as_array().unwrap().iter().map(sku).collect();
    skus.sort_unstable();
    skus
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_of_chosen_things_rise_together_from_an_instant_on() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    set(&shop, &base, "TEA", "11.50", json!({ "tiers": [{ "fromQuantity": 5, "price": "10.00" }] })).await;
    let of = json!({ "variants": [shop.variant("TEA").await, shop.variant("CUP").await] });
    let rounding = json!({ "toward": "NEAREST", "step": "1", "ending": "0.95" });
    let input = json!({ "percent": "10", "rounding": rounding, "of": of, "startsAt": shop.in_hours(2) });
    let done = adjust(&shop, &base, input).await;
    // 12.65 is nearer to 12.95 than to 11.95; 25.30 to 24.95 than to 25.95.
    assert_eq!(changes(&done), ["CUP 23.00 24.95", "TEA 11.50 12.95"]);
    assert_eq!((&done["changedCount"], &done["next"], &done["failedCount"]), (&json!(2), &Value::Null, &json!(0)));
    assert_eq!(done["changes"][0]["startsAt"], shop.in_hours(2));
    assert_eq!((cost(&guest, "TEA", 1).await, cost(&guest, "CUP", 1).await), ("11.50".to_owned(), "23.00".to_owned()));
    shop.later(Duration::from_hours(2));
    assert_eq!((cost(&guest, "TEA", 1).await, cost(&guest, "TEA", 5).await), ("12.95".to_owned(), "10.95".to_owned()));
    assert_eq!(
        (cost(&guest, "CUP", 1).await, cost(&guest, "DALLAH", 1).await),
        ("24.95".to_owned(), "230.00".to_owned())
    );
    let told = told(&shop, "price.set").await;
    let mut amounts: Vec<_> = told.iter().map(|one| one["amount_minor"].as_i64().unwrap()).collect();
    amounts.sort_unstable();
    assert_eq!(amounts, [1150, 1295, 2495]);
    let trail = "{ auditEntries(filter: { action: \"price.set\" }, page: { first: 9 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"].take();
    let before = trail.as_array().unwrap().iter().find(|one| one["after"]["amount_minor"] == 2495).unwrap();
    assert_eq!(before["before"]["amount_minor"], 2300);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_planned_and_what_is_temporary_stays() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    set(&shop, &base, "TEA", "8.00", json!({ "startsAt": shop.in_hours(0), "endsAt": shop.in_hours(1) })).await;
    set(&shop, &base, "TEA", "20.00", json!({ "startsAt": shop.in_hours(2) })).await;
    let of = json!({ "variants": [shop.variant("TEA").await] });
    let done = adjust(&shop, &base, json!({ "amount": "-1.50", "compareAt": "PARENT", "of": of })).await;
    assert_eq!(changes(&done), ["TEA 11.50 10.00"]);
    let mut seen = Vec::new();
    for _hour in 0..3 {
        seen.push(cost(&guest, "TEA", 1).await);
        if seen.len() == 2 {
            let shown = super::ask::pricing(&guest, "TEA").await;
            assert_eq!(shown["pricing"]["compareAtPrice"]["amount"], "11.50");
        }
        shop.later(Duration::from_hours(1));
    }
    assert_eq!(seen, ["8.00", "10.00", "20.00"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_cannot_be_are_told_by_sku_and_nothing_or_the_rest_is_done() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let of = json!({ "variants": [shop.variant("TEA").await, shop.variant("DALLAH").await] });
    let less = |more: Value| {
        let mut input = json!({ "amount": "-12.00", "of": of });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let refused = adjust(&shop, &base, less(json!({}))).await;
    assert_eq!((wrong(&refused), skus(&refused)), (vec!["PRICE_NEGATIVE ".to_owned()], vec!["TEA".to_owned()]));
    let message = refused["userErrors"][0]["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
    assert!(message.starts_with("TEA: "), "{message}");
    assert_eq!((&refused["changedCount"], &refused["priceList"]), (&json!(0), &Value::Null));
    assert_eq!(cost(&guest, "DALLAH", 1).await, "230.00");
    let skips = adjust(&shop, &base, less(json!({ "onFailure": "SKIP_FAILED", "idempotencyKey": "erp-7" }))).await;
    assert_eq!((changes(&skips), skus(&skips)), (vec!["DALLAH 230.00 218.00".to_owned()], vec!["TEA".to_owned()]));
    assert_eq!(skips["failedCount"], 1);
    // Asked for again, it is told again and not done again.
    let again = adjust(&shop, &base, less(json!({ "onFailure": "SKIP_FAILED", "idempotencyKey": "erp-7" }))).await;
    assert_eq!((again, cost(&guest, "DALLAH", 1).await), (skips, "218.00".to_owned()));
    set(&shop, &base, "TEA", "10.00", json!({ "tiers": [{ "fromQuantity": 5, "price": "9.60" }] })).await;
    let whole = json!({ "toward": "NEAREST", "step": "1", "ending": "0" });
    let input = json!({ "percent": "1", "rounding": whole, "of": { "variants": [shop.variant("TEA").await] } });
    assert_eq!(wrong(&adjust(&shop, &base, input).await), ["TIER_NOT_LOWER "]);
    set(&shop, &base, "TEA", "10000000000.00", json!({})).await;
    let input = json!({ "percent": "1", "of": { "variants": [shop.variant("TEA").await] } });
    assert_eq!(wrong(&adjust(&shop, &base, input).await), ["PRICE_TOO_HIGH "]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_tried_says_what_would_change_and_a_call_goes_on_where_one_ended() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let tried = adjust(&shop, &base, json!({ "percent": "-10", "dryRun": true })).await;
    let all = tried["changedCount"].as_u64().unwrap();
    assert!(3 < all && tried["priceList"].is_null(), "{tried}");
    assert_eq!(cost(&guest, "TEA", 1).await, "11.50");
    assert!(told(&shop, "price.set").await.is_empty());
    let (mut after, mut n_calls, mut n_changed) = (Value::Null, 0, 0);
    loop {
        let done = adjust(&shop, &base, json!({ "percent": "-10", "first": 2, "after": after })).await;
        assert_eq!(done["userErrors"], json!([]));
        n_calls += 1;
        n_changed += done["changedCount"].as_u64().unwrap();
        after = done["next"].clone();
        if after.is_null() {
            break;
        }
    }
    assert_eq!((n_changed, n_calls), (all, all / 2 + 1), "each once");
    assert_eq!(cost(&guest, "TEA", 1).await, "10.35");
    let same = adjust(&shop, &base, json!({ "percent": "0" })).await;
    assert_eq!((&same["changedCount"], &same["priceList"].is_object()), (&json!(0), &true));
}

#[tokio::test(flavor = "multi_thread")]
async fn things_are_chosen_as_promotions_choose_them() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    let query = "{ productVariant(by: { sku: \"TEA\" }) { product { id category { id } collections { id } } } }";
    let tea = shop.anonymous().run(query, json!({})).await["productVariant"]["product"].take();
    let tried = async |of: Value| {
        let done = adjust(&shop, &base, json!({ "percent": "10", "of": of, "dryRun": true })).await;
        assert_eq!(done["userErrors"], json!([]));
        changes(&done)
    };
    let has_tea = |changes: &[String]| changes.iter().any(|one| one == "TEA 11.50 12.65");
    let product = json!({ "products": [tea["id"]] });
    assert_eq!(tried(product.clone()).await, ["TEA 11.50 12.65"]);
    let category = json!({ "categories": [tea["category"]["id"]] });
    assert!(has_tea(&tried(category.clone()).await));
    let rest = tried(json!({ "not": product })).await;
    assert!(!rest.is_empty() && !has_tea(&rest));
    assert!(tried(json!({ "all": [category, { "not": product }] })).await.len() <= rest.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_by_field() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    for (more, refusals) in [
        (json!({}), vec!["EXACTLY_ONE_REQUIRED percent"]),
        (json!({ "percent": "1", "amount": "1" }), vec!["EXACTLY_ONE_REQUIRED percent"]),
        (json!({ "percent": "-100.01", "first": 0 }), vec!["INVALID_RATE percent", "QUANTITY_NOT_POSITIVE first"]),
        (json!({ "percent": "1", "first": -1 }), vec!["QUANTITY_NOT_POSITIVE first"]),
        (json!({ "percent": "1", "first": 5001 }), vec!["NUMBER_TOO_LARGE first"]),
        (json!({ "amount": "1.005" }), vec!["INVALID_AMOUNT amount"]),
        (json!({ "percent": "1", "startsAt": shop.in_hours(-1) }), vec!["IN_THE_PAST startsAt"]),
        (
            json!({ "percent": "1", "rounding": { "toward": "UP", "step": "1", "ending": "1" } }),
            vec!["INVALID_ROUNDING rounding"],
        ),
        (json!({ "percent": "1", "of": { "variants": ["x"] } }), vec!["INVALID_ID of.variants.0"]),
        (json!({ "percent": "1", "expectedVersion": 7 }), vec!["CONFLICT expectedVersion"]),
    ] {
        assert_eq!(wrong(&adjust(&shop, &base, more.clone()).await), refusals, "{more}");
    }
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "11.50");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_prices_change_with_as_many_statements_as_few() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    let query = "{ products(page: { first: 9 }) { nodes { variants { id } } } }";
    let found = shop.anonymous().run(query, json!({})).await["products"]["nodes"].take();
    let variants: Vec<_> = found.as_array().unwrap().iter().map(|one| one["variants"][0]["id"].clone()).collect();
    let mut costs = Vec::new();
    for n in [1, 1, 3, 6] {
        shop.later(Duration::from_hours(1));
        let input = json!({ "percent": "3", "of": { "variants": variants[..n] } });
        let (done, n_statements) = shop.counted(adjust(&shop, &base, input)).await;
        assert_eq!(done["changedCount"], n);
        costs.push(n_statements);
    }
    assert_eq!(costs[1..], [costs[1]; 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_are_set_by_sku_as_well() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let tea = shop.variant("TEA").await;
    let of = |lines: Value| json!({ "priceList": base, "lines": lines });
    let lines = json!([{ "sku": "TEA", "price": "10.00" }, { "variant": shop.variant("CUP").await, "price": "20.00" }]);
    price(&shop, "priceListPricesSet", of(lines)).await;
    assert_eq!((cost(&guest, "TEA", 1).await, cost(&guest, "CUP", 1).await), ("10.00".to_owned(), "20.00".to_owned()));
    for (line, refusal) in [
        (json!({ "sku": "NO-SUCH", "price": "1.00" }), "NOT_FOUND lines.1.sku"),
        (json!({ "sku": "TEA", "variant": tea, "price": "1.00" }), "EXACTLY_ONE_REQUIRED lines.1.sku"),
        (json!({ "price": "1.00" }), "EXACTLY_ONE_REQUIRED lines.1.variant"),
        (json!({ "sku": "TEA", "price": "1.00" }), "DUPLICATE lines.1.sku"),
    ] {
        let lines = json!([{ "variant": tea, "price": "9.00" }, line]);
        assert_eq!(wrong(&try_price(&shop, "priceListPricesSet", of(lines)).await), [refusal], "{line}");
    }
    let twice = json!([{ "sku": "TEA", "price": "1.00" }, { "sku": "TEA", "price": "2.00" }]);
    assert_eq!(wrong(&try_price(&shop, "priceListPricesSet", of(twice)).await), ["DUPLICATE lines.1.sku"]);
    assert_eq!(cost(&guest, "TEA", 1).await, "10.00");
    let mut input = of(json!([{ "sku": "TEA", "price": "9" }]));
    input["dryRun"] = json!(true);
    let tried = try_set(&shop.staff("PRICE_MANAGE"), "priceListPricesSet", LIST, input).await;
    assert_eq!((&tried["userErrors"], cost(&guest, "TEA", 1).await), (&json!([]), "10.00".to_owned()));
}
