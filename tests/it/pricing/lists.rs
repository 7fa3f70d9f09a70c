//! Lists that follow each other.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{LIST, assign, cost, list, make, price, set, try_price};
use crate::{
    cart::refusal::wrong,
    fulfilment::ask::{text, try_set},
    identity::groups::group,
    inventory::ask::told,
};

const GOAL: &str = "0.95";

fn to_goal(parent: &str, percent: &str) -> Value {
    let rounding = json!({ "toward": "NEAREST", "step": "1", "ending": GOAL });
    json!({ "parent": parent, "adjustmentPercent": percent, "rounding": rounding })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_its_parent_but_for_what_it_has_itself_and_each_sees_their_own() {
    let shop = Shop::open().await;
    let wholesale = make(&shop, "wholesale", to_goal(&list(&shop, "sar").await, "-12")).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    assign(&shop, &wholesale, json!({ "customerGroup": loyal })).await;
    set(&shop, &wholesale, "CUP", "20.00", json!({})).await;
    let (layla, omar, guest) = (shop.customer("layla"), shop.customer("omar"), shop.anonymous());
    // 11.50 − 12 % = 10.12, to 9.95; 230.00 − 12 % = 202.40, to 201.95 or 202.95: the nearer.
    for (sku, hers, others) in [("TEA", "9.95", "11.50"), ("DALLAH", "201.95", "230.00"), ("CUP", "20.00", "23.00")] {
        // Whoever asked before, and at once.
        let seen = at_once(12, async |n| {
            let who = [&layla, &omar, &guest][n % 3];
            (n % 3, cost(who, sku, 1).await)
        })
        .await;
        for (who, seen) in seen {
            assert_eq!(seen, if who == 0 { hers } else { others }, "{sku}");
        }
    }
    let told = told(&shop, "price_list.created").await;
    assert_eq!(
        (&told[0]["code"], &told[0]["rules"][0]["derivation"]["adjustment"]),
        (&json!("wholesale"), &json!(-1200))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_goes_from_its_instant_on_and_what_it_was_stays_known() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let campaign = make(&shop, "campaign", json!({ "parent": base, "adjustmentPercent": "-10" })).await;
    assign(&shop, &campaign, json!({ "channel": "web-sa" })).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "10.35");
    let friday = shop.in_hours(1);
    let rule = json!({ "parent": base, "adjustmentPercent": "-50" });
    price(&shop, "priceListRuleSet", json!({ "priceList": campaign, "rule": rule, "startsAt": friday })).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "10.35");
    shop.later(Duration::from_hours(1));
    assert_eq!(cost(&guest, "TEA", 1).await, "5.75");
    shop.later(Duration::from_hours(1));
    price(&shop, "priceListRuleSet", json!({ "priceList": campaign })).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "11.50", "it has no price any more, and the base list goes");
    let query = "{ priceList(by: { code: \"campaign\" }) { rules { adjustmentPercent startsAt parent { code } } } }";
    let rules = shop.staff("PRICE_READ").run(query, json!({})).await["priceList"]["rules"].take();
    let percents: Vec<_> = rules.as_array().unwrap().iter().map(|rule| rule["adjustmentPercent"].clone()).collect();
    assert_eq!(percents, [json!("-10"), json!("-50"), Value::Null]);
    assert_eq!((&rules[1]["parent"]["code"], &rules[1]["startsAt"]), (&json!("sar"), &json!(friday)));
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_never_follow_each_other_in_a_circle_whoever_says_so_at_once() {
    let shop = Shop::open().await;
    let (one, other) = (make(&shop, "one", Value::Null).await, make(&shop, "other", Value::Null).await);
    let follow = |list: &str, parent: &str| json!({ "priceList": list, "rule": { "parent": parent } });
    let itself = try_price(&shop, "priceListRuleSet", follow(&one, &one)).await;
    assert_eq!(codes(&itself), ["PRICE_LIST_LOOP"]);
    for _round in 0..5 {
        let answers = at_once(2, async |n| {
            let (list, parent) = if n == 0 { (&one, &other) } else { (&other, &one) };
            try_price(&shop, "priceListRuleSet", follow(list, parent)).await
        })
        .await;
        let mut said: Vec<_> = answers.iter().map(|answer| codes(answer).concat()).collect();
        said.sort_unstable();
        assert_eq!(said, ["", "PRICE_LIST_LOOP"]);
        let query = "{ priceLists { nodes { code rules { parent { code } } } } }";
        let lists = shop.staff("PRICE_READ").run(query, json!({})).await;
        let parents = lists["priceLists"]["nodes"].as_array().unwrap().iter();
        let followers = parents.filter(|list| list["rules"].as_array().is_some_and(|rules| !rules.is_empty()));
        assert_eq!(followers.count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_follows_whom_can_be_turned_round() {
    let shop = Shop::open().await;
    let (one, other) = (make(&shop, "one", Value::Null).await, make(&shop, "other", Value::Null).await);
    let guest = shop.anonymous();
    assign(&shop, &one, json!({ "channel": "web-sa" })).await;
    set(&shop, &one, "TEA", "4.00", json!({})).await;
    set(&shop, &other, "CUP", "5.00", json!({})).await;
    let follow = async |list: &str, parent: Option<&str>, starts_at: Value| {
        let rule = parent.map(|parent| json!({ "parent": parent, "adjustmentPercent": "100" }));
        let input = json!({ "priceList": list, "rule": rule, "startsAt": starts_at });
        wrong(&try_price(&shop, "priceListRuleSet", input).await)
    };
    let none = Vec::<String>::new();
    let looped = ["PRICE_LIST_LOOP rule.parent"];
    assert_eq!(follow(&one, Some(&other), Value::Null).await, none);
    assert_eq!(cost(&guest, "CUP", 1).await, "10.00");
    // From tomorrow on it follows nobody: until then the other does not follow it, nor from then on if it does again.
    assert_eq!(follow(&one, None, json!(shop.in_hours(24))).await, none);
    assert_eq!(follow(&other, Some(&one), Value::Null).await, looped);
    assert_eq!(follow(&other, Some(&one), json!(shop.in_hours(24))).await, none);
    assert_eq!(follow(&one, Some(&other), json!(shop.in_hours(48))).await, looped);
    shop.later(Duration::from_hours(24));
    assign(&shop, &other, json!({ "channel": "web-sa", "priority": -1 })).await;
    assert_eq!([cost(&guest, "TEA", 1).await, cost(&guest, "CUP", 1).await], ["8.00", "5.00"]);
    // And at once, back again.
    assert_eq!(follow(&other, None, Value::Null).await, none);
    assert_eq!(follow(&one, Some(&other), Value::Null).await, none);
    assert_eq!(cost(&guest, "TEA", 1).await, "4.00");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_so_many_ancestors_at_most() {
    let shop = Shop::open().await;
    let mut last = list(&shop, "sar").await;
    for n in 0..7 {
        last = make(&shop, &format!("list-{n}"), json!({ "parent": last, "adjustmentPercent": "-1" })).await;
    }
    assign(&shop, &last, json!({ "channel": "web-sa" })).await;
    // 11.50 less 1 % seven times, rounded each time.
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "10.73");
    let input = json!({ "code": "deep", "nameEn": "x", "currencyCode": "SAR", "rule": { "parent": last } });
    let deep = try_price(&shop, "priceListCreate", input).await;
    assert_eq!(codes(&deep), ["PRICE_LIST_TOO_DEEP"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_has_so_many_ancestors_at_most_whichever_of_them_is_given_a_parent() {
    let shop = Shop::open().await;
    let follow = async |list: &str, parent: &str| {
        let input = json!({ "priceList": list, "rule": { "parent": parent } });
        wrong(&try_price(&shop, "priceListRuleSet", input).await)
    };
    let mut line = vec![make(&shop, "first", Value::Null).await];
    assign(&shop, &line[0], json!({ "channel": "web-sa" })).await;
    for n in 1..8 {
        let above = make(&shop, &format!("list-{n}"), Value::Null).await;
        assert_eq!(follow(&line[n - 1], &above).await, Vec::<String>::new());
        line.push(above);
    }
    set(&shop, &line[7], "TEA", "7.00", json!({})).await;
    let guest = shop.anonymous();
    assert_eq!(cost(&guest, "TEA", 1).await, "7.00");
    let base = list(&shop, "sar").await;
    assert_eq!(follow(&line[7], &base).await, ["PRICE_LIST_TOO_DEEP rule.parent"]);
    assert_eq!(follow(&line[7], &line[0]).await, ["PRICE_LIST_LOOP rule.parent"]);
    assert_eq!(cost(&guest, "TEA", 1).await, "7.00");
    // In the middle what is above counts with what is below.
    let second = make(&shop, "second", json!({ "parent": base })).await;
    let third = make(&shop, "third", json!({ "parent": second })).await;
    let fourth = make(&shop, "fourth", json!({ "parent": third })).await;
    assert_eq!(follow(&line[4], &fourth).await, ["PRICE_LIST_TOO_DEEP rule.parent"]);
    assert_eq!(cost(&guest, "TEA", 1).await, "7.00");
    assert_eq!(follow(&line[4], &third).await, Vec::<String>::new());
    assert_eq!(cost(&guest, "TEA", 1).await, "11.50");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_renamed_and_goes_for_its_time() {
    let shop = Shop::open().await;
    let (base, guest) = (list(&shop, "sar").await, shop.anonymous());
    let rule = json!({ "parent": base, "adjustmentPercent": "-20" });
    let input =
        json!({ "code": "sale", "nameEn": "sale", "currencyCode": "SAR", "rule": rule, "startsAt": shop.in_hours(2) });
    let sale = text(&price(&shop, "priceListCreate", input).await["id"]);
    assign(&shop, &sale, json!({ "channel": "web-sa" })).await;
    let staff = shop.staff("PRICE_MANAGE");
    let wanted = "priceList { id name version startsAt endsAt }";
    let (starts_at, ends_at) = (shop.in_hours(1), shop.in_hours(3));
    let input = json!({ "priceList": sale, "nameAr": "تخفيضات", "startsAt": starts_at, "endsAt": ends_at, "expectedVersion": 1 });
    // Nobody else changed it: that somebody buys by it counts, too.
    let stale = try_set(&staff, "priceListUpdate", wanted, input.clone()).await;
    assert_eq!(codes(&stale), ["CONFLICT"]);
    let mut input = input;
    input["expectedVersion"] = json!(2);
    let changed = try_set(&staff, "priceListUpdate", wanted, input).await;
    let name = json!({ "id": sale, "name": "تخفيضات", "version": 3, "startsAt": starts_at, "endsAt": ends_at });
    assert_eq!(changed["priceList"], name);
    let mut seen = Vec::new();
    for _hour in 0..4 {
        seen.push(cost(&guest, "TEA", 1).await);
        shop.later(Duration::from_hours(1));
    }
    assert_eq!(seen, ["11.50", "9.20", "9.20", "11.50"]);
    assert_eq!(
        text(&try_set(&staff, "priceListUpdate", LIST, json!({ "priceList": sale })).await["priceList"]["id"]),
        sale
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_list_went_stays_as_it_was() {
    let shop = Shop::open().await;
    let (base, staff) = (list(&shop, "sar").await, shop.staff_all());
    let sale = make(&shop, "sale", json!({ "parent": base, "adjustmentPercent": "-20" })).await;
    assign(&shop, &sale, json!({ "channel": "web-sa" })).await;
    let then = shop.in_hours(0);
    let at_then = async || {
        let query = "query ($input: PriceQuoteInput!) { priceQuote(input: $input) { userErrors { code }
            quote { lines { unitPrice { amount } } } } }";
        let lines = json!([{ "variant": { "sku": "TEA" }, "quantity": 1 }]);
        let quoted = staff.run(query, json!({ "input": { "lines": lines, "at": then } })).await;
        text(&quoted["priceQuote"]["quote"]["lines"][0]["unitPrice"]["amount"])
    };
    let update = async |starts_at: Value, ends_at: Value| {
        let input = json!({ "priceList": sale, "startsAt": starts_at, "endsAt": ends_at });
        wrong(&try_set(&shop.staff("PRICE_MANAGE"), "priceListUpdate", LIST, input).await)
    };
    shop.later(Duration::from_hours(1));
    assert_eq!(at_then().await, "9.20");
    let (past, soon) = (json!(shop.in_hours(-1)), json!(shop.in_hours(1)));
    assert_eq!(update(past.clone(), Value::Null).await, ["IN_THE_PAST startsAt"]);
    assert_eq!(update(soon.clone(), Value::Null).await, ["IN_THE_PAST startsAt"], "it always went");
    assert_eq!(update(Value::Null, past.clone()).await, ["IN_THE_PAST endsAt"]);
    assert_eq!(
        update(past.clone(), past).await,
        ["IN_THE_PAST startsAt", "IN_THE_PAST endsAt", "END_BEFORE_START endsAt"]
    );
    assert_eq!(at_then().await, "9.20");
    assert_eq!(update(Value::Null, soon.clone()).await, Vec::<String>::new());
    shop.later(Duration::from_hours(2));
    assert_eq!(cost(&shop.anonymous(), "TEA", 1).await, "11.50");
    assert_eq!(update(Value::Null, Value::Null).await, ["IN_THE_PAST endsAt"], "it ended");
    assert_eq!(update(Value::Null, json!(shop.in_hours(1))).await, ["IN_THE_PAST endsAt"]);
    assert_eq!(update(Value::Null, soon).await, Vec::<String>::new(), "as it is");
    assert_eq!((at_then().await, cost(&shop.anonymous(), "TEA", 1).await), ("9.20".to_owned(), "11.50".to_owned()));
    shop.close().await;
}
