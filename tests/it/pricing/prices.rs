//! Prices in lists, and when they go.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{cost, line, list, price, pricing, set, try_price};
use crate::{
    cart::{
        read::{cart_with, read},
        refusal::{try_it, wrong},
    },
    fulfilment::ask::try_set,
    inventory::ask::told,
};

/// What is fixed for the tea in a list now and later: price, and whether for a time.
async fn fixed(shop: &Shop, list: &str) -> Value {
    let query = "query ($list: ID!, $variant: ID!) { priceList(by: { id: $list }) { prices(variants: [$variant]) {
        price { amount } isTemporary endsAt } } }";
    let variables = json!({ "list": list, "variant": shop.variant("TEA").await });
    let mut found = shop.staff("PRICE_READ").run(query, variables).await;
    let prices = found["priceList"]["prices"].as_array_mut().unwrap();
    prices.iter().map(|one| json!([one["price"]["amount"], one["isTemporary"], one["endsAt"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn regular_prices_follow_each_other_and_a_temporary_one_goes_before_them() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let hour = Duration::from_hours(1);
    set(&shop, &base, "TEA", "12.00", json!({ "startsAt": shop.in_hours(4) })).await;
    set(&shop, &base, "TEA", "8.00", json!({ "startsAt": shop.in_hours(1), "endsAt": shop.in_hours(3) })).await;
    set(&shop, &base, "TEA", "11.00", json!({ "startsAt": shop.in_hours(2) })).await;
    let mut seen = Vec::new();
    for _hour in 0..5 {
        seen.push(cost(&guest, "TEA", 1).await);
        shop.later(hour);
    }
    assert_eq!(seen, ["11.50", "8.00", "8.00", "11.00", "12.00"], "nobody did anything meanwhile");
    let told = told(&shop, "price.set").await;
    assert_eq!(told.iter().map(|one| one["amount_minor"].as_i64().unwrap()).collect::<Vec<_>>(), [1200, 800, 1100]);
    set(&shop, &base, "TEA", "9.99", json!({})).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "9.99");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_out_ends_and_the_one_before_goes_on() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    let (guest, tea) = (shop.anonymous(), shop.variant("TEA").await);
    let (later, sale, over) = (shop.in_hours(4), shop.in_hours(1), shop.in_hours(3));
    set(&shop, &base, "TEA", "12.00", json!({ "startsAt": later })).await;
    set(&shop, &base, "TEA", "8.00", json!({ "startsAt": sale, "endsAt": over })).await;
    assert_eq!(
        fixed(&shop, &base).await,
        json!([["11.50", false, later], ["8.00", true, over], ["12.00", false, null]])
    );
    let remove = |starts_at: Value| json!({ "priceList": base, "lines": [{ "variant": tea, "startsAt": starts_at }] });
    price(&shop, "priceListPricesRemove", remove(json!(later))).await;
    assert_eq!(fixed(&shop, &base).await, json!([["11.50", false, null], ["8.00", true, over]]));
    shop.later(Duration::from_hours(2));
    assert_eq!(cost(&guest, "TEA", 1).await, "8.00");
    price(&shop, "priceListPricesRemove", remove(json!(sale))).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "11.50", "at once");
    price(&shop, "priceListPricesRemove", remove(Value::Null)).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "none");
    let again = try_price(&shop, "priceListPricesRemove", remove(Value::Null)).await;
    assert_eq!(wrong(&again), ["PRICE_NOT_FOUND lines.0.variant"]);
    let cart = try_it(&guest, "cartCreate", json!({ "lines": [{ "variant": tea, "quantity": 1 }] })).await;
    assert_eq!(wrong(&cart), ["VARIANT_NOT_SOLD_HERE lines.0.variant"]);
    assert_eq!(told(&shop, "price.removed").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_of_one_variant_that_are_set_or_taken_out_together_know_of_each_other() {
    let shop = Shop::open().await;
    let (base, tea) = (list(&shop, "sar").await, shop.variant("TEA").await);
    let (sale, second, over, third) = (shop.in_hours(1), shop.in_hours(2), shop.in_hours(3), shop.in_hours(4));
    let lines = [
        line(&shop, "TEA", "12.00", json!({ "startsAt": third })).await,
        line(&shop, "TEA", "11.00", json!({ "startsAt": second })).await,
        line(&shop, "TEA", "8.00", json!({ "startsAt": sale, "endsAt": over })).await,
        line(&shop, "TEA", "10.00", json!({})).await,
        // At the same instant, too.
        line(&shop, "TEA", "9.00", json!({ "startsAt": shop.in_hours(0) })).await,
    ];
    price(&shop, "priceListPricesSet", json!({ "priceList": base, "lines": lines })).await;
    let set = json!([["9.00", false, second], ["8.00", true, over], ["11.00", false, third], ["12.00", false, null]]);
    assert_eq!(fixed(&shop, &base).await, set);
    let trail = "{ auditEntries(filter: { action: \"price.set\" }, page: { first: 9 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"].take();
    let changes = trail.as_array().unwrap().iter();
    let mut changes: Vec<_> =
        changes.map(|one| (one["after"]["amount_minor"].as_i64(), one["before"]["amount_minor"].as_i64())).collect();
    changes.sort_unstable();
    let change = |after, before| (Some(after), before);
    let (first, last) =
        ([change(800, None), change(900, Some(1000))], [change(1000, Some(1150)), change(1100, Some(1150))]);
    assert_eq!(changes, [&first[..], &last[..], &[change(1200, Some(1150))]].concat());
    let remove = |lines: Value| json!({ "priceList": base, "lines": lines });
    let twice = json!([{ "variant": tea }, { "variant": tea, "startsAt": shop.in_hours(0) }]);
    let refused = try_price(&shop, "priceListPricesRemove", remove(twice)).await;
    assert_eq!(wrong(&refused), ["PRICE_NOT_FOUND lines.1.variant"]);
    assert_eq!(fixed(&shop, &base).await, set);
    let both = json!([{ "variant": tea, "startsAt": second }, { "variant": tea, "startsAt": third }]);
    price(&shop, "priceListPricesRemove", remove(both)).await;
    assert_eq!(fixed(&shop, &base).await, json!([["9.00", false, null], ["8.00", true, over]]));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_prices_cost_as_many_statements_as_one() {
    let shop = Shop::open().await;
    let (base, staff) = (list(&shop, "sar").await, shop.staff("PRICE_MANAGE"));
    let query = "{ products(page: { first: 9 }) { nodes { variants { id } } } }";
    let found = shop.anonymous().run(query, json!({})).await["products"]["nodes"].take();
    let variants: Vec<_> = found.as_array().unwrap().iter().map(|one| one["variants"][0]["id"].clone()).collect();
    let change = async |name: &str, n: usize, more: Value| {
        let line = |variant: &Value| {
            let mut line = more.clone();
            line["variant"] = variant.clone();
            line
        };
        let lines: Vec<_> = variants[..n].iter().map(line).collect();
        let input = json!({ "priceList": base, "lines": lines });
        let (done, n_statements) = shop.counted(try_set(&staff, name, super::ask::LIST, input)).await;
        assert_eq!(done["userErrors"], json!([]), "{name}");
        n_statements
    };
    change("priceListPricesSet", 1, json!({ "price": "6.00" })).await;
    let mut costs = Vec::new();
    for n in [1, 3, 6] {
        shop.later(Duration::from_hours(1));
        let set = change("priceListPricesSet", n, json!({ "price": "5.00" })).await;
        let next = shop.in_hours(1);
        let later = change("priceListPricesSet", n, json!({ "price": "4.00", "startsAt": next })).await;
        costs.push((set, later, change("priceListPricesRemove", n, json!({ "startsAt": next })).await));
    }
    assert_eq!(costs, [costs[0]; 3]);
}

async fn unit(client: &Client, cart: &str) -> String {
    read(client, cart).await["lines"][0]["unitPrice"]["amount"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_buys_many_pays_less_for_each() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let tiers = json!([{ "fromQuantity": 3, "price": "10.00" }, { "fromQuantity": 10, "price": "7.50" }]);
    set(&shop, &base, "TEA", "11.50", json!({ "tiers": tiers, "compareAtPrice": "14.00" })).await;
    let shown = pricing(&guest, "TEA").await;
    let tier = |n: u32, amount: &str| json!({ "fromQuantity": n, "price": { "amount": amount } });
    assert_eq!(shown["pricing"]["tiers"], json!([tier(1, "11.50"), tier(3, "10.00"), tier(10, "7.50")]));
    assert_eq!(shown["compareAtPrice"]["amount"], "14.00");
    let cart = cart_with(&guest, &[("TEA", 2)]).await;
    let line = read(&guest, &cart).await["lines"][0]["id"].take();
    let mut seen = vec![unit(&guest, &cart).await];
    for quantity in [3, 10, 9] {
        let lines = json!([{ "line": line, "quantity": quantity }]);
        let changed = try_it(&guest, "cartLinesUpdate", json!({ "cart": cart, "lines": lines })).await;
        assert_eq!(changed["userErrors"], json!([]));
        seen.push(unit(&guest, &cart).await);
        assert_eq!(read(&guest, &cart).await["warnings"], json!([]), "the buyer chose it");
    }
    assert_eq!(seen, ["11.50", "10.00", "7.50", "10.00"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_products_follow_the_price() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    let query =
        "{ products(sortBy: { field: PRICE, direction: DESC }, page: { first: 1 }) { nodes { variants { sku } } } }";
    let dearest = async || shop.anonymous().run(query, json!({})).await["products"]["nodes"][0]["variants"].to_string();
    assert!(!dearest().await.contains("TEA"));
    set(&shop, &base, "TEA", "9999.00", json!({})).await;
    assert!(dearest().await.contains("TEA"));
    let follows = super::ask::make(&shop, "cheap", json!({ "parent": base, "adjustmentPercent": "-99.99" })).await;
    super::ask::assign(&shop, &follows, json!({ "channel": "web-sa" })).await;
    let within = "{ products(filter: { price: { to: \"1.00\" } }) { totalCount } }";
    let n_cheap = async || shop.anonymous().run(within, json!({})).await["products"]["totalCount"].as_i64().unwrap();
    let all = "{ products { totalCount } }";
    assert_eq!(Some(n_cheap().await), shop.anonymous().run(all, json!({})).await["products"]["totalCount"].as_i64());
    let query = "{ priceList(by: { code: \"cheap\" }) { assignments { id channel } } }";
    let assigned = shop.staff_all().run(query, json!({})).await["priceList"]["assignments"].take();
    assert_eq!(assigned[0]["channel"], "web-sa");
    price(&shop, "priceListUnassign", json!({ "assignment": assigned[0]["id"] })).await;
    assert_eq!(n_cheap().await, 0);
    let again = try_price(&shop, "priceListUnassign", json!({ "assignment": assigned[0]["id"] })).await;
    assert_eq!(wrong(&again), ["NOT_FOUND assignment"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_reduction_the_lowest_price_of_thirty_days_is_told() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let lowest = async || pricing(&guest, "TEA").await["pricing"]["lowestPriceBefore"]["amount"].clone();
    assert_eq!(lowest().await, Value::Null);
    set(&shop, &base, "TEA", "9.00", json!({ "endsAt": shop.in_hours(24) })).await;
    shop.later(Duration::from_hours(48));
    set(&shop, &base, "TEA", "10.00", json!({ "endsAt": shop.in_hours(24) })).await;
    assert_eq!(lowest().await, "9.00", "it was sold for that two days ago");
    shop.later(Duration::from_hours(24 * 40));
    set(&shop, &base, "TEA", "10.00", json!({ "endsAt": shop.in_hours(24) })).await;
    assert_eq!(lowest().await, "11.50");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_cost_by_another_list_counts_for_the_lowest_price() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let sale = super::ask::make(&shop, "sale", json!({ "parent": base, "adjustmentPercent": "-20" })).await;
    super::ask::assign(&shop, &sale, json!({ "channel": "web-sa" })).await;
    let lowest = async || pricing(&guest, "TEA").await["pricing"]["lowestPriceBefore"]["amount"].clone();
    assert_eq!(lowest().await, "11.50", "9.20 is new");
    shop.later(Duration::from_hours(24));
    let query = "{ priceList(by: { code: \"sale\" }) { assignments { id } } }";
    let assigned = shop.staff_all().run(query, json!({})).await["priceList"]["assignments"][0]["id"].take();
    price(&shop, "priceListUnassign", json!({ "assignment": assigned })).await;
    assert_eq!((cost(&guest, "TEA", 1).await, lowest().await), ("11.50".to_owned(), json!("9.20")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_tried_changes_nothing_and_a_key_sets_once() {
    let shop = Shop::open().await;
    let (base, staff) = (list(&shop, "sar").await, shop.staff("PRICE_MANAGE"));
    let lines = [line(&shop, "TEA", "10.00", json!({})).await];
    let mut input = json!({ "priceList": base, "lines": lines, "dryRun": true, "idempotencyKey": "erp-1" });
    let tried = try_set(&staff, "priceListPricesSet", super::ask::LIST, input.clone()).await;
    assert_eq!((&tried["priceList"], &tried["userErrors"]), (&Value::Null, &json!([])));
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "11.50");
    assert!(told(&shop, "price.set").await.is_empty());
    input["dryRun"] = json!(false);
    for _again in 0..3 {
        let set = try_set(&staff, "priceListPricesSet", super::ask::LIST, input.clone()).await;
        assert_eq!(set["priceList"]["version"], 2);
    }
    assert_eq!(told(&shop, "price.set").await.len(), 1);
    let trail = "{ auditEntries(filter: { action: \"price.set\" }, page: { first: 5 }) { nodes { before after } } }";
    let trail = shop.staff("AUDIT_READ").run(trail, json!({})).await["auditEntries"]["nodes"][0].take();
    assert_eq!((&trail["before"]["amount_minor"], &trail["after"]["amount_minor"]), (&json!(1150), &json!(1000)));
    for name in ["priceListCreate", "priceListUpdate", "priceListRuleSet", "priceListAssign"] {
        let mut input = json!({ "priceList": base, "dryRun": true, "nameEn": "Other" });
        match name {
            "priceListCreate" => input = json!({ "code": "x", "nameEn": "x", "currencyCode": "SAR", "dryRun": true }),
            "priceListRuleSet" => input = json!({ "priceList": base, "dryRun": true }),
            "priceListAssign" => input = json!({ "priceList": base, "channel": "web-sa", "dryRun": true }),
            _ => {}
        }
        let tried = try_set(&staff, name, super::ask::LIST, input).await;
        assert_eq!((&tried["priceList"], &tried["userErrors"]), (&Value::Null, &json!([])), "{name}");
    }
    let query = "{ priceLists { totalCount } priceList(by: { code: \"sar\" }) { name version assignments { id } } }";
    let seen = shop.staff_all().run(query, json!({})).await;
    let sar = json!({ "name": "sar", "version": 2, "assignments": [] });
    assert_eq!((&seen["priceList"], &seen["priceLists"]["totalCount"]), (&sar, &json!(2)));
}
