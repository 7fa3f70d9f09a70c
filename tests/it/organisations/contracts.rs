//! What was agreed on with companies: each buyer sees their own price, always.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::ask::{buying_for, company, join, leave, suspend, try_company, unit};
use crate::{
    cart::{
        read::{cart_with, read},
        refusal::wrong,
    },
    fulfilment::ask::try_set,
    identity::groups::group,
    inventory::ask::told,
    orders::ask::done,
    pricing::{
        ask::{LIST, assign, cost, list, make, pricing, set, try_price},
        promotions::ask::{change, off_order, promote},
    },
};

/// Makes a list with a price of tea, and has somebody buy by it.
async fn tea_at(shop: &Shop, code: &str, amount: &str, whom: Value) -> String {
    let list = make(shop, code, Value::Null).await;
    set(shop, &list, "TEA", amount, json!({})).await;
    assign(shop, &list, whom).await;
    list
}

/// What a piece of tea costs in somebody's cart.
async fn in_cart(client: &Client, cart: &str) -> String {
    read(client, cart).await["lines"][0]["unitPrice"]["amount"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_of_the_unit_come_before_those_above_it_and_these_before_group_channel_and_base() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let region = unit(&shop, &wadi, "region", None).await;
    let branch = unit(&shop, &wadi, "branch", Some(&region)).await;
    let aside = unit(&shop, &wadi, "aside", Some(&region)).await;
    join(&shop, &wadi, Some(&branch), &["layla"]).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    let mut seen = vec![cost(&buyer, "TEA", 1).await];
    let steps = [
        ("10.00", json!({ "channel": "web-sa", "priority": -9 })),
        ("9.00", json!({ "customerGroup": loyal, "priority": -8 })),
        ("8.00", json!({ "organisation": wadi, "priority": -7 })),
        ("7.00", json!({ "organisationUnit": region, "priority": 9 })),
        ("1.00", json!({ "organisationUnit": aside, "priority": -9 })),
        ("6.00", json!({ "organisationUnit": branch, "priority": 10 })),
        ("5.00", json!({ "organisationUnit": branch, "priority": 5 })),
    ];
    for (n, (amount, whom)) in steps.into_iter().enumerate() {
        tea_at(&shop, &format!("l{n}"), amount, whom).await;
        seen.push(cost(&buyer, "TEA", 1).await);
    }
    assert_eq!(seen, ["11.50", "10.00", "9.00", "8.00", "7.00", "7.00", "6.00", "5.00"]);
    assert_eq!(cost(&buyer, "CUP", 1).await, "23.00", "what no contract has, the base list has");
    assert_eq!(cost(&shop.customer("layla"), "TEA", 1).await, "9.00", "for herself");
    assert_eq!(cost(&buyer.clone().in_channel("web-kw"), "TEA", 1).await, "1.000", "of another currency");
    let put = json!({ "unit": branch, "parent": aside });
    try_company(&shop, "organisationUnitUpdate", "unit { id }", put).await;
    assert_eq!(cost(&buyer, "TEA", 1).await, "5.00");
    join(&shop, &wadi, Some(&aside), &["layla"]).await;
    assert_eq!(cost(&buyer, "TEA", 1).await, "1.00", "she moved");
    join(&shop, &wadi, None, &["layla"]).await;
    assert_eq!(cost(&buyer, "TEA", 1).await, "8.00", "in the company itself");

    let told = told(&shop, "price_list.assigned").await;
    let unit = told.iter().find(|event| event["organisation_unit"] == json!(branch)).expect("told of");
    assert_eq!(unit["organisation"], json!(wadi));
    let query = "{ priceList(by: { code: \"l5\" }) { assignments { id organisation { code } organisationUnit { code }
        customerGroup { code } channel } } }";
    let mut found = shop.staff("PRICE_READ").run(query, json!({})).await["priceList"]["assignments"][0].take();
    let id = found["id"].take();
    let wanted = json!({ "id": null, "organisation": { "code": "wadi" }, "organisationUnit": { "code": "branch" },
        "customerGroup": null, "channel": null });
    assert_eq!(found, wanted);
    join(&shop, &wadi, Some(&branch), &["layla"]).await;
    let l6 = "{ priceList(by: { code: \"l6\" }) { assignments { id } } }";
    let l6 = shop.staff("PRICE_READ").run(l6, json!({})).await["priceList"]["assignments"][0]["id"].take();
    for (assignment, after) in [(l6, "6.00"), (id, "1.00")] {
        try_price(&shop, "priceListUnassign", json!({ "assignment": assignment })).await;
        assert_eq!(cost(&buyer, "TEA", 1).await, after);
        shop.later(Duration::from_secs(1));
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_buyers_of_two_companies_each_see_their_own_price_always() {
    let shop = Shop::open().await;
    let (wadi, sahel) = (company(&shop, "wadi").await, company(&shop, "sahel").await);
    tea_at(&shop, "wadi", "7.00", json!({ "organisation": wadi })).await;
    tea_at(&shop, "sahel", "8.00", json!({ "organisation": sahel })).await;
    join(&shop, &wadi, None, &["layla"]).await;
    join(&shop, &sahel, None, &["layla", "omar"]).await;
    let people = [
        (buying_for(shop.customer("layla"), &wadi), "7.00"),
        (buying_for(shop.customer("omar"), &sahel), "8.00"),
        (buying_for(shop.customer("layla"), &sahel), "8.00"),
        (shop.customer("layla"), "11.50"),
        (shop.customer("omar"), "11.50"),
        (shop.anonymous(), "11.50"),
    ];
    let mut carts = Vec::new();
    for (client, price) in [&people[0], &people[1], &people[5]] {
        carts.push((client.clone(), cart_with(client, &[("TEA", 1)]).await, *price));
    }
    // The first round warms whatever keeps something; then all at once, in one process and in another.
    for (client, price) in &people {
        assert_eq!(cost(client, "TEA", 1).await, *price);
    }
    let seen = at_once(60, async |n| {
        let (client, price) = &people[n % people.len()];
        let (owner, cart, in_it) = &carts[n % carts.len()];
        (cost(client, "TEA", 1).await, (*price).to_owned(), in_cart(owner, cart).await, (*in_it).to_owned())
    });
    for (seen, price, in_cart, in_it) in seen.await {
        assert_eq!((seen, in_cart), (price, in_it));
    }
    // Within one request of many variants and carts, too.
    let query =
        "query ($a: ID!, $b: ID!) { a: cart(id: $a) { lines { unitPrice { amount } variant { price { amount } } } }
        b: cart(id: $b) { id } tea: productVariant(by: { sku: \"TEA\" }) { price { amount } } }";
    let both = people[2].0.run(query, json!({ "a": carts[0].1, "b": carts[1].1 })).await;
    let line = json!({ "unitPrice": { "amount": "7.00" }, "variant": { "price": { "amount": "8.00" } } });
    assert_eq!(both["a"]["lines"], json!([line]), "her cart is for the one, her look for the other");
    assert_eq!((&both["b"], &both["tea"]["price"]["amount"]), (&Value::Null, &json!("8.00")));

    // While she is taken out and put back, she is refused or sees one of the two prices; afterwards the right one.
    let buyer = &people[0].0;
    let changes = at_once(8, async |n| {
        if n == 0 {
            leave(&shop, &wadi, &["layla"]).await;
            return;
        }
        let query = "{ productVariant(by: { sku: \"TEA\" }) { price { amount } } }";
        for _ in 0..5 {
            let reply = buyer.try_run(query, json!({})).await;
            let price = &reply.body["data"]["productVariant"]["price"]["amount"];
            let is_right = price == "7.00" || price == "11.50" || reply.codes() == ["ORGANISATION_UNKNOWN"];
            assert!(is_right, "{reply}");
            let other = cost(&people[1].0, "TEA", 1).await;
            assert_eq!(other, "8.00");
        }
    });
    changes.await;
    assert_eq!(in_cart(&shop.customer("layla"), &carts[0].1).await, "11.50", "her cart forgot the contract");
    assert_eq!(buyer.try_run("{ context { organisation { id } } }", json!({})).await.codes(), ["ORGANISATION_UNKNOWN"]);
    assert_eq!(in_cart(&people[1].0, &carts[1].1).await, "8.00");
    suspend(&shop, &sahel, true).await;
    assert_eq!(in_cart(&shop.customer("omar"), &carts[1].1).await, "11.50");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_costs_what_was_agreed_on_only_while_its_customer_may_buy_for_the_company() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let north = unit(&shop, &wadi, "north", None).await;
    tea_at(&shop, "wadi", "7.00", json!({ "organisationUnit": north })).await;
    join(&shop, &wadi, Some(&north), &["layla"]).await;
    let (layla, buyer) = (shop.customer("layla"), buying_for(shop.customer("layla"), &wadi));
    let cart = buyer.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    assert_eq!(read(&layla, &cart).await["warnings"], json!([]), "she saw this price when she put it in");
    let order = layla.checkout(&cart).await;
    let steps = async |language: &str, order: &str| {
        let query = "query ($id: ID!) { order(by: { id: $id }) { lines { unitPrice { amount } pricing { explanation {
            kind message } } } } }";
        let client = shop.staff_all().in_language(language);
        client.run(query, json!({ "id": order })).await["order"]["lines"].take()
    };
    let plain = |line: &Value| {
        let said = line["pricing"]["explanation"][0]["message"].as_str().unwrap();
        said.replace(['\u{2068}', '\u{2069}', '\u{2066}', '\u{2067}'], "")
    };
    let lines = steps("en", &order.id).await;
    assert_eq!(lines[0]["unitPrice"]["amount"], "7.00");
    assert_eq!(plain(&lines[0]), "The price list “wadi” applies: it was agreed on with north of wadi.");
    let arabic = plain(&steps("ar", &order.id).await[0]);
    assert_eq!(arabic, "تسري قائمة الأسعار «wadi» المتفق عليها مع north في شركة wadi.");

    // What comes in later costs what it does then, as long as she buys for the company.
    let add = json!([{ "add": { "variant": shop.variant("TEA").await, "quantity": 1 } }]);
    let edit = json!({ "steps": add, "paymentMethod": "CASH_ON_DELIVERY" });
    done(&shop.staff_all(), "orderEdit", &order.id, edit.clone()).await;
    assert_eq!(steps("en", &order.id).await[1]["unitPrice"]["amount"], "7.00");
    let cart = buyer.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    leave(&shop, &wadi, &["layla"]).await;
    done(&shop.staff_all(), "orderEdit", &order.id, edit).await;
    assert_eq!(steps("en", &order.id).await[2]["unitPrice"]["amount"], "11.50");
    let warnings = read(&layla, &cart).await["warnings"].take();
    assert_eq!((&warnings[0]["code"], &warnings[0]["now"]["amount"]), (&json!("PRICE_CHANGED"), &json!("11.50")));
    let order = layla.checkout(&cart).await;
    assert_eq!(steps("en", &order.id).await[0]["unitPrice"]["amount"], "11.50");
    let query = "query ($id: ID!) { order(by: { id: $id }) { organisation { id } } }";
    assert_eq!(layla.run(query, json!({ "id": order.id })).await["order"]["organisation"], Value::Null);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_tells_what_things_were_called_when_it_was_placed() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let north = unit(&shop, &wadi, "north", None).await;
    let list = tea_at(&shop, "wadi", "7.00", json!({ "organisationUnit": north })).await;
    join(&shop, &wadi, Some(&north), &["layla"]).await;
    let tenth = promote(&shop, "tenth", off_order("10"), json!({})).await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    let cart = buyer.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let placed = buyer.checkout(&cart).await;
    let told = async |language: &str| {
        let query =
            "query ($id: ID!) { order(by: { id: $id }) { promotions { name } pricing { explanation { name message } }
            lines { pricing { explanation { message } } } } }";
        shop.staff_all().in_language(language).run(query, json!({ "id": placed.id })).await["order"].take()
    };
    let before = (told("en").await, told("ar").await);
    assert!(before.0.to_string().contains("tenth") && before.0.to_string().contains("north"), "{}", before.0);

    let new = |what: &str, id: &str| json!({ what: id, "nameEn": "Other", "nameAr": "غيره" });
    change(&shop, &tenth, json!({ "nameEn": "Other", "nameAr": "غيره" })).await;
    let renamed = [
        try_price(&shop, "priceListUpdate", new("priceList", &list)).await,
        try_company(&shop, "organisationUpdate", "organisation { id }", new("organisation", &wadi)).await,
        try_company(&shop, "organisationUnitUpdate", "unit { id }", new("unit", &north)).await,
    ];
    assert!(renamed.iter().all(|done| done["userErrors"] == json!([])), "{renamed:?}");
    assert_eq!((told("en").await, told("ar").await), before);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contracts_follow_other_lists_and_go_for_their_channel_and_their_time() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["layla"]).await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    let follows =
        make(&shop, "follows", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-10" })).await;
    let (starts_at, ends_at) = (shop.in_hours(1), shop.in_hours(2));
    let whom = json!({ "organisation": wadi, "channel": "app-sa", "startsAt": starts_at, "endsAt": ends_at });
    assign(&shop, &follows, whom).await;
    let mut seen = Vec::new();
    for _hour in 0..3 {
        seen.push((cost(&buyer, "TEA", 1).await, cost(&buyer.clone().in_channel("app-sa"), "TEA", 1).await));
        shop.later(Duration::from_hours(1));
    }
    let seen: Vec<_> = seen.iter().map(|(web, app)| (web.as_str(), app.as_str())).collect();
    assert_eq!(seen, [("11.50", "11.50"), ("11.50", "10.35"), ("11.50", "11.50")]);
    assign(&shop, &follows, json!({ "organisation": wadi })).await;
    let said = pricing(&buyer.clone().in_language("en"), "TEA").await["pricing"].take();
    let message = said["explanation"][0]["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(message, "The price list “follows” applies: it was agreed on with wadi.");
    assert_eq!((&said["price"]["amount"], &said["lowestPriceBefore"]["amount"]), (&json!("10.35"), &json!("11.50")));
    // Contracts are no guest's: what lists of products are sorted by stays.
    let query = "{ products(filter: { search: \"tea\" }) { nodes { priceFrom { amount } } } }";
    let reply = shop.anonymous().try_run(query, json!({})).await;
    if reply.codes().is_empty() {
        assert!(!reply.body.to_string().contains("10.35"), "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_with_what_there_is_not_is_refused() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let north = unit(&shop, &wadi, "north", None).await;
    let loyal = group(&shop, "loyal", &[]).await;
    let list = make(&shop, "wadi", Value::Null).await;
    let theirs = company(shop.neighbour(), "wadi").await;
    let their_unit = unit(shop.neighbour(), &theirs, "north", None).await;
    for (whom, refusals) in [
        (json!({}), vec!["REQUIRED channel"]),
        (json!({ "organisation": theirs }), vec!["NOT_FOUND organisation"]),
        (json!({ "organisationUnit": their_unit }), vec!["NOT_FOUND organisationUnit"]),
        (json!({ "organisation": north }), vec!["INVALID_ID organisation"]),
        (json!({ "organisationUnit": wadi }), vec!["INVALID_ID organisationUnit"]),
        (json!({ "organisation": wadi, "organisationUnit": north }), vec!["EXACTLY_ONE_REQUIRED organisationUnit"]),
        (json!({ "organisation": wadi, "customerGroup": loyal }), vec!["EXACTLY_ONE_REQUIRED organisation"]),
        (json!({ "organisation": wadi, "channel": "web-kw" }), vec!["PRICE_LIST_CURRENCY channel"]),
    ] {
        let mut input = json!({ "priceList": list });
        input.as_object_mut().unwrap().extend(whom.as_object().unwrap().clone());
        for is_dry_run in [true, false] {
            input["dryRun"] = json!(is_dry_run);
            let refused = try_set(&shop.staff("PRICE_MANAGE"), "priceListAssign", LIST, input.clone()).await;
            assert_eq!(wrong(&refused), refusals, "{input}");
        }
    }
    assign(&shop, &list, json!({ "organisationUnit": north })).await;
    try_company(&shop, "organisationUnitDelete", "deletedUnit", json!({ "unit": north })).await;
    let query = "{ priceList(by: { code: \"wadi\" }) { assignments { id } } }";
    assert_eq!(
        shop.staff_all().run(query, json!({})).await["priceList"]["assignments"],
        json!([]),
        "nobody's any more"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_cost_as_many_statements_however_many_companies_and_units_there_are() {
    let shop = Shop::open().await;
    let mut costs = Vec::new();
    for n in 0..3 {
        let id = company(&shop, &format!("c{n}")).await;
        let top = unit(&shop, &id, "top", None).await;
        for code in ["a", "b", "c"] {
            let one = unit(&shop, &id, code, Some(&top)).await;
            tea_at(&shop, &format!("l-{n}-{code}"), "7.00", json!({ "organisationUnit": one })).await;
            join(&shop, &id, Some(&one), &["layla"]).await;
        }
        let buyer = buying_for(shop.customer("layla"), &id);
        // She signs in.
        cost(&buyer, "TEA", 1).await;
        let (seen, n_statements) = shop.counted(cost(&buyer, "TEA", 1)).await;
        assert_eq!(seen, "7.00");
        costs.push(n_statements);
    }
    assert_eq!(costs, [costs[0]; 3]);
}
