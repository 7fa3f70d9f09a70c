//! Prices that are below what things cost the shop, or below the lowest that it sells them at.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::{
    ask::{cost, line, list, make, set},
    costs::try_cost,
};
use crate::{cart::refusal::wrong, fulfilment::ask::try_set, inventory::ask::told};

const WARNINGS: &str = "warnings { code field message sku cost { amount } count }";

/// Says cost and lowest price of a SKU in riyals, and gives the warnings.
pub async fn limit(tenant: &Tenant, sku: &str, limits: Value) -> Value {
    let mut line = json!({ "variant": { "sku": sku } });
    line.as_object_mut().unwrap().extend(limits.as_object().unwrap().clone());
    let done = try_cost(tenant, json!([line]), json!({})).await;
    assert_eq!(done["userErrors"], json!([]));
    done["warnings"].clone()
}

/// Changes prices as somebody, and gives the payload with its warnings.
pub async fn try_prices(client: &Client, name: &str, input: Value) -> Value {
    try_set(&client.clone().in_language("en"), name, &format!("priceList {{ id }} {WARNINGS}"), input).await
}

/// The codes and fields of warnings.
pub fn warned(payload: &Value) -> Vec<String> {
    let path = |one: &Value| {
        let fields = one["field"].as_array().map(Vec::as_slice).unwrap_or_default();
        fields.iter().map(|field| field.as_str().unwrap()).collect::<Vec<_>>().join(".")
    };
    let warnings = payload["warnings"].as_array().unwrap();
    warnings.iter().map(|one| format!("{} {}", one["code"].as_str().unwrap(), path(one))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_price_is_fixed_below_the_lowest_and_the_lowest_is_told() {
    let shop = Shop::open().await;
    let (sar, staff) = (list(&shop, "sar").await, shop.staff("PRICE_MANAGE"));
    assert_eq!(limit(&shop, "TEA", json!({ "floor": "9.50" })).await, json!([]));
    let tiers = json!([{ "fromQuantity": 5, "price": "9.49" }, { "fromQuantity": 9, "price": "9.40" }]);
    let lines = [
        line(&shop, "TEA", "10.00", json!({ "tiers": tiers })).await,
        line(&shop, "CUP", "0.01", json!({})).await,
        line(&shop, "TEA", "9.49", json!({ "startsAt": shop.in_hours(1), "endsAt": shop.in_hours(2) })).await,
    ];
    let query = "mutation ($input: PriceListPricesSetInput!) { priceListPricesSet(input: $input) {
        userErrors { code field message params { name value } } } }";
    let input = json!({ "priceList": sar, "lines": lines });
    let mut done = staff.clone().in_language("en").run(query, json!({ "input": input })).await;
    let refused = done["priceListPricesSet"].take();
    let at = |field: &str| format!("PRICE_BELOW_FLOOR lines.{field}");
    assert_eq!(wrong(&refused), [at("0.tiers.0.price"), at("0.tiers.1.price"), at("2.price")]);
    let first = &refused["userErrors"][0];
    assert_eq!(first["params"], json!([{ "name": "floor", "value": "9.50" }]));
    assert!(first["message"].as_str().unwrap().contains("9.50"), "{first}");
    assert_eq!(cost(&shop.anonymous(), "CUP", 1).await, "23.00", "nothing was set");
    set(&shop, &sar, "TEA", "9.50", json!({})).await;

    let adjust = |more: Value| {
        let mut input = json!({ "priceList": sar, "percent": "-1" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let refused = try_prices(&staff, "priceListPricesAdjust", adjust(json!({ "dryRun": true }))).await;
    assert_eq!(wrong(&refused), ["PRICE_BELOW_FLOOR "]);
    let skipped = try_prices(&staff, "priceListPricesAdjust", adjust(json!({ "onFailure": "SKIP_FAILED" }))).await;
    assert_eq!(wrong(&skipped), ["PRICE_BELOW_FLOOR "]);
    assert_eq!(
        (cost(&shop.anonymous(), "TEA", 1).await, cost(&shop.anonymous(), "CUP", 1).await),
        ("9.50".to_owned(), "22.77".to_owned())
    );
    limit(&shop, "TEA", json!({ "floor": null })).await;
    set(&shop, &sar, "TEA", "1.00", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_below_the_cost_is_set_with_a_warning_to_who_may_see_the_cost() {
    let shop = Shop::open().await;
    let (sar, staff) = (list(&shop, "sar").await, shop.staff_all());
    let blind = shop.staff("PRICE_MANAGE");
    limit(&shop, "TEA", json!({ "cost": "6.00" })).await;
    let input = |price: &str, more: Value| {
        let mut input = json!({ "priceList": sar, "lines": [{ "sku": "TEA", "price": price,
            "tiers": [{ "fromQuantity": 5, "price": "5.00" }] }] });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let tried = try_prices(&staff, "priceListPricesSet", input("6.00", json!({ "dryRun": true }))).await;
    assert_eq!(
        (warned(&tried), &tried["priceList"]),
        (vec!["PRICE_BELOW_COST lines.0.tiers.0.price".to_owned()], &Value::Null)
    );
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "11.50");
    for _time in 0..2 {
        let done = try_prices(&staff, "priceListPricesSet", input("5.99", json!({ "idempotencyKey": "once" }))).await;
        assert_eq!((warned(&done), wrong(&done)), (vec!["PRICE_BELOW_COST lines.0.price".to_owned()], vec![]));
        let warning = &done["warnings"][0];
        assert_eq!((&warning["sku"], &warning["cost"]), (&json!("TEA"), &json!({ "amount": "6.00" })));
        assert!(warning["message"].as_str().unwrap().contains("6.00"), "{warning}");
    }
    assert_eq!(told(&shop, "price.set").await.len(), 1);
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "5.99");
    // Whoever could try prices could find out what things cost.
    let seen = try_prices(&blind, "priceListPricesSet", input("5.98", json!({}))).await;
    assert_eq!((warned(&seen), wrong(&seen)), (vec![], vec![]));
    let lower = json!({ "priceList": sar, "percent": "-1", "of": { "variants": [shop.variant("TEA").await] } });
    assert_eq!(warned(&try_prices(&blind, "priceListPricesAdjust", lower.clone()).await), [""; 0]);
    assert_eq!(warned(&try_prices(&staff, "priceListPricesAdjust", lower).await), ["PRICE_BELOW_COST "]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lowest_price_above_prices_that_stand_is_said_with_their_number() {
    let shop = Shop::open().await;
    let sar = list(&shop, "sar").await;
    let other = make(&shop, "other", Value::Null).await;
    let tiers = json!({ "tiers": [{ "fromQuantity": 5, "price": "9.00" }, { "fromQuantity": 9, "price": "8.00" }] });
    set(&shop, &other, "TEA", "12.00", tiers).await;
    set(&shop, &other, "TEA", "7.00", json!({ "startsAt": shop.in_hours(1), "endsAt": shop.in_hours(2) })).await;
    set(&shop, &sar, "TEA", "11.50", json!({})).await;
    let n = |warnings: &Value| warnings[0]["count"].as_i64().unwrap_or_default();
    for (floor, count) in [("7.00", 0), ("8.00", 1), ("8.01", 2), ("11.50", 2), ("11.51", 3)] {
        let warnings = limit(&shop, "TEA", json!({ "floor": floor })).await;
        assert_eq!(n(&warnings), count, "{floor}: {warnings}");
    }
    let costly = limit(&shop, "TEA", json!({ "cost": "99.00" })).await;
    let kinds: Vec<_> = costly.as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(kinds, ["PRICES_BELOW_COST"], "the lowest is as it was");
    let dinars = json!([{ "variant": { "sku": "TEA" }, "floor": "0.999" }]);
    let done = try_cost(&shop, dinars, json!({ "currencyCode": "KWD" })).await;
    assert_eq!(done["warnings"], json!([]), "no price in riyals is in the currency");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lowest_price_that_is_said_at_the_same_time_is_passed_by_no_price_unnoticed() {
    let shop = Shop::open().await;
    let (sar, staff) = (list(&shop, "sar").await, shop.staff("PRICE_MANAGE"));
    limit(&shop, "TEA", json!({ "floor": null })).await;
    for _time in 0..8 {
        limit(&shop, "TEA", json!({ "floor": null })).await;
        set(&shop, &sar, "TEA", "20.00", json!({})).await;
        let lines = json!([{ "sku": "TEA", "price": "9.00" }]);
        let input = json!({ "priceList": sar, "lines": lines });
        let price = try_prices(&staff, "priceListPricesSet", input);
        let (price, warnings) = tokio::join!(price, limit(&shop, "TEA", json!({ "floor": "9.50" })));
        let is_refused = wrong(&price) == ["PRICE_BELOW_FLOOR lines.0.price"];
        let is_noticed = warnings[0]["count"] == json!(1);
        assert_ne!(is_refused, is_noticed, "{price} {warnings}");
    }
}
