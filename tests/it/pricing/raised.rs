//! Prices that are raised to the lowest that things are sold at.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::{
    ask::{assign, cost, list, make, pricing, set},
    floors::{limit, try_prices, warned},
};
use crate::{
    cart::{
        draft::{done, ready},
        read::{cart_with, read},
    },
    identity::groups::group,
};

/// The slugs of products that cost so much at least and at most.
async fn between(client: &Client, from: &str, to: &str) -> Vec<Value> {
    let query = "query ($filter: ProductFilter) { products(page: { first: 20 }, filter: $filter) { nodes { slug } } }";
    let filter = json!({ "filter": { "price": { "from": from, "to": to } } });
    let found = client.run(query, filter).await["products"]["nodes"].take();
    found.as_array().unwrap().iter().map(|one| one["slug"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_follows_or_stands_below_the_lowest_price_is_raised_to_it_and_the_step_is_told() {
    let shop = Shop::open().await;
    let (sar, guest) = (list(&shop, "sar").await, shop.anonymous().in_language("en"));
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let half = make(&shop, "half", json!({ "parent": sar, "adjustmentPercent": "-50", "compareAt": "PARENT" })).await;
    assign(&shop, &half, json!({ "customerGroup": loyal })).await;
    let tiers = json!([{ "fromQuantity": 5, "price": "9.00" }, { "fromQuantity": 9, "price": "6.00" }]);
    set(&shop, &sar, "TEA", "11.50", json!({ "tiers": tiers })).await;
    let layla = shop.customer("layla").in_language("en");
    assert_eq!(cost(&layla, "TEA", 1).await, "5.75");
    let warnings = limit(&shop, "TEA", json!({ "floor": "8.00" })).await;
    assert_eq!((&warnings[0]["code"], &warnings[0]["count"]), (&json!("PRICES_BELOW_FLOOR"), &json!(1)));

    let seen = pricing(&layla, "TEA").await["pricing"].take();
    assert_eq!((&seen["price"]["amount"], &seen["compareAtPrice"]["amount"]), (&json!("8.00"), &json!("11.50")));
    assert_eq!(seen["tiers"], json!([{ "fromQuantity": 1, "price": { "amount": "8.00" } }]));
    let last = seen["explanation"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["amount"]["amount"]), (&json!("PRICE_RAISED"), &json!("8.00")));
    let message = last["message"].as_str().unwrap();
    assert!(message.starts_with("Raised from") && message.contains("5.75") && message.contains("8.00"), "{message}");
    let arabic = pricing(&shop.customer("layla"), "TEA").await["pricing"]["explanation"].take();
    let message = arabic.as_array().unwrap().last().unwrap()["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("رُفع السعر"), "{message}");

    let of_guest = pricing(&guest, "TEA").await["pricing"].take();
    let wanted = [(1, "11.50"), (5, "9.00"), (9, "8.00")];
    let wanted = wanted.map(|(from, amount)| json!({ "fromQuantity": from, "price": { "amount": amount } }));
    assert_eq!(of_guest["tiers"], json!(wanted), "the last tier of a price that stands");
    let cart = cart_with(&guest, &[("TEA", 10)]).await;
    assert_eq!(read(&guest, &cart).await["totals"]["subtotal"]["amount"], "80.00");
    assert_eq!(
        cost(&layla.clone().in_channel("web-kw"), "TEA", 1).await,
        cost(&guest.in_channel("web-kw"), "TEA", 1).await
    );
    limit(&shop, "TEA", json!({ "floor": null })).await;
    assert_eq!(cost(&layla, "TEA", 1).await, "5.75");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_products_follow_when_a_lowest_price_is_said_and_the_price_before_is_known_still() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    assert_eq!(between(&guest, "11.50", "11.50").await, ["tea"]);
    shop.later(Duration::from_hours(1));
    let tried = json!([{ "variant": { "sku": "TEA" }, "floor": "14.00" }]);
    super::costs::try_cost(&shop, tried, json!({ "dryRun": true })).await;
    assert_eq!(between(&guest, "11.50", "11.50").await, ["tea"]);
    limit(&shop, "TEA", json!({ "floor": "14.00" })).await;
    assert_eq!(
        (between(&guest, "11.50", "13.99").await, between(&guest, "14.00", "14.00").await),
        (vec![], vec![json!("tea")])
    );
    shop.later(Duration::from_hours(1));
    let seen = pricing(&guest, "TEA").await["pricing"].take();
    assert_eq!((&seen["price"]["amount"], &seen["lowestPriceBefore"]["amount"]), (&json!("14.00"), &json!("11.50")));
    let query =
        "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { quote { lines { unitPrice { amount } } } } }";
    let mut quoted = Vec::new();
    for at in [shop.in_hours(0), shop.in_hours(-2)] {
        let input = json!({ "lines": [{ "variant": { "sku": "TEA" }, "quantity": 1 }], "at": at });
        let lines = shop.staff_all().run(query, json!({ "input": input })).await["priceQuote"]["quote"]["lines"].take();
        quoted.push(lines[0]["unitPrice"]["amount"].clone());
    }
    assert_eq!(quoted, ["14.00", "11.50"], "as it was then");
    limit(&shop, "TEA", json!({ "floor": null })).await;
    assert_eq!(between(&guest, "11.50", "11.50").await, ["tea"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_the_step_and_staff_may_agree_on_less() {
    let shop = Shop::open().await;
    limit(&shop, "TEA", json!({ "floor": "14.00" })).await;
    let order = shop.order(&[("TEA", 1)]).await;
    limit(&shop, "TEA", json!({ "floor": null })).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { unitPrice { amount } pricing { explanation { kind } } } } }";
    let line = shop.staff("ORDER_READ").run(query, json!({ "id": order.id })).await["order"]["lines"][0].take();
    assert_eq!(line["unitPrice"]["amount"], "14.00");
    let kinds: Vec<_> = line["pricing"]["explanation"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["LIST_CHOSEN", "PRICE_FIXED", "PRICE_RAISED"]);

    limit(&shop, "TEA", json!({ "floor": "14.00" })).await;
    let draft = ready(&shop, &[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let line = &draft["cart"]["lines"][0]["id"];
    let input = json!({ "draft": draft["id"], "line": line, "price": "9.00", "reason": "a friend" });
    let agreed = done(&shop.staff_all(), "draftOrderLinePriceSet", input).await;
    assert_eq!(agreed["cart"]["lines"][0]["total"]["amount"], "9.00", "{agreed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_warns_how_many_prices_it_brings_below_what_things_cost_and_below_the_lowest() {
    let shop = Shop::open().await;
    let (sar, staff) = (list(&shop, "sar").await, shop.staff_all());
    limit(&shop, "TEA", json!({ "cost": "6.00", "floor": "10.00" })).await;
    limit(&shop, "CUP", json!({ "cost": "20.00" })).await;
    limit(&shop, "DATES", json!({ "cost": "1.00", "floor": "2.00" })).await;
    let follows = make(&shop, "follows", Value::Null).await;
    let rule = |percent: &str, more: Value| {
        let mut input = json!({ "priceList": follows, "rule": { "parent": sar, "adjustmentPercent": percent } });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    let told = |payload: &Value| {
        let told = payload["warnings"].as_array().unwrap().iter();
        told.map(|one| format!("{} {}", one["code"].as_str().unwrap(), one["count"])).collect::<Vec<_>>()
    };
    // 11.50, 23.00 and 115.00.
    for (percent, wanted) in [
        ("-13", vec![]),
        ("-14", vec!["RULE_BELOW_FLOOR 1", "RULE_BELOW_COST 1"]),
        ("-50", vec!["RULE_BELOW_FLOOR 1", "RULE_BELOW_COST 2"]),
        ("-99", vec!["RULE_BELOW_FLOOR 2", "RULE_BELOW_COST 2"]),
        ("-100", vec!["RULE_BELOW_FLOOR 2", "RULE_BELOW_COST 3"]),
    ] {
        let tried = try_prices(&staff, "priceListRuleSet", rule(percent, json!({ "dryRun": true }))).await;
        assert_eq!(
            (told(&tried), &tried["userErrors"]),
            (wanted.into_iter().map(str::to_owned).collect(), &json!([])),
            "{percent}"
        );
    }
    let blind = shop.staff("PRICE_MANAGE");
    let tried = try_prices(&blind, "priceListRuleSet", rule("-50", json!({ "dryRun": true }))).await;
    assert_eq!(told(&tried), ["RULE_BELOW_FLOOR 1"], "what things cost is told to who may see it");
    set(&shop, &follows, "TEA", "11.00", json!({})).await;
    let changed = try_prices(&staff, "priceListRuleSet", rule("-50", json!({ "startsAt": shop.in_hours(1) }))).await;
    assert_eq!(told(&changed), ["RULE_BELOW_COST 1"], "the tea has a price of its own");
    let message = changed["warnings"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("The rule takes one price"), "{message}");
    let made = json!({ "code": "made", "nameEn": "made", "currencyCode": "SAR",
        "rule": { "parent": follows, "adjustmentPercent": "-20" } });
    let made = try_prices(&staff, "priceListCreate", made).await;
    assert_eq!(told(&made), ["RULE_BELOW_FLOOR 1"], "8.80 of 11.00; the rule of the other begins later");
    assert_eq!(warned(&made), ["RULE_BELOW_FLOOR "]);
    let none = try_prices(&staff, "priceListRuleSet", json!({ "priceList": follows })).await;
    assert_eq!(told(&none), Vec::<String>::new());
}
