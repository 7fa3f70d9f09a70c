//! What a promotion would change, before it is made.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};

use super::ask::{add_coupon, change, issue, off_order, plain, promote, promotion, try_promote, usage, with_coupons};
use crate::{
    cart::read::read,
    fulfilment::ask::text,
    identity::groups::group,
    orders::ask::done,
    organisations::ask::{buying_for, company, join},
    pricing::ask::{list, set},
};

const SIMULATE: &str = "query ($input: PromotionSimulateInput!) { promotionSimulate(input: $input) {
    userErrors { code field } simulation { channel { code }
        cases { id order { id } at before { discount { amount } total { amount } } after { discount { amount } total { amount } }
            difference { amount } isApplied step { kind name message amount { amount } missingAmount { amount } lines { line } } }
        sums { tried affected before { discount { amount } total { amount } } after { discount { amount } total { amount } }
            difference { amount } average { amount } } } } }";

async fn try_simulate(tenant: &Tenant, input: Value) -> Value {
    let staff = tenant.staff_all().in_language("en");
    staff.run(SIMULATE, json!({ "input": input })).await["promotionSimulate"].take()
}

/// What a promotion would change of something.
async fn simulate(tenant: &Tenant, promotion: Value, on: Value) -> Value {
    let mut done = try_simulate(tenant, json!({ "promotion": promotion, "on": on })).await;
    assert_eq!(done["userErrors"], json!([]));
    done["simulation"].take()
}

/// A promotion as `promotionCreate` takes it.
fn draft(code: &str, rule: &Value) -> Value {
    json!({ "code": code, "nameEn": code, "currencyCode": "SAR", "rule": rule })
}

/// Discount and total of figures.
fn figures(of: &Value) -> (String, String) {
    (text(&of["discount"]["amount"]), text(&of["total"]["amount"]))
}

fn amounts(discount: &str, total: &str) -> (String, String) {
    (discount.to_owned(), total.to_owned())
}

/// What a cart comes to.
async fn total(client: &Client, cart: &str) -> String {
    text(&read(client, cart).await["totals"]["total"]["amount"])
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_simulated_on_a_cart_is_what_happens_when_the_promotion_is_made() {
    let shop = Shop::open().await;
    let (guest, layla) = (shop.anonymous(), shop.customer("layla"));
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["omar"]).await;
    let for_wadi = buying_for(shop.customer("omar"), &wadi);
    let mut carts = Vec::new();
    for client in [&guest, &layla, &for_wadi] {
        carts.push((client, client.cart_ready(&[("TEA", 3), ("CUP", 2), ("DATES", 2)], "CASH_ON_DELIVERY").await));
    }
    let with = |mut rule: Value, field: &str, value: Value| {
        rule[field] = value;
        rule
    };
    let effect = |effect: Value| json!({ "effect": effect });
    let rules = [
        off_order("7"),
        with(off_order("3"), "condition", json!({ "customerGroups": [loyal] })),
        with(off_order("4"), "condition", json!({ "organisations": [wadi] })),
        with(effect(json!({ "fee": { "percent": "100" } })), "condition", json!({ "paymentMethods": ["CARD"] })),
        effect(json!({ "fee": { "percent": "50" } })),
        effect(json!({ "catalogue": { "off": { "amount": "1.15" } } })),
        effect(json!({ "buyGet": { "buyQuantity": 2, "getQuantity": 1, "off": { "percent": "100" } } })),
        with(off_order("30"), "isExclusive", json!(true)),
        with(off_order("9"), "condition", json!({ "amount": { "atLeast": "1000" } })),
    ];
    let mut applied = 0;
    for (n, rule) in rules.into_iter().enumerate() {
        let draft = draft(&format!("d{n}"), &rule);
        let mut said = Vec::new();
        for (client, cart) in &carts {
            let simulated = simulate(&shop, json!({ "draft": draft }), json!({ "cart": cart })).await;
            assert_eq!(figures(&simulated["cases"][0]["before"]).1, total(client, cart).await, "before {rule}");
            assert_eq!(simulated["cases"][0]["after"], simulated["sums"]["after"]);
            said.push(simulated["cases"][0].clone());
        }
        let made = try_promote(&shop, "promotionCreate", draft).await;
        assert_eq!(made["userErrors"], json!([]), "{rule}");
        let id = text(&made["promotion"]["id"]);
        for ((client, cart), said) in carts.iter().zip(said) {
            assert_eq!(figures(&said["after"]).1, total(client, cart).await, "after {rule}");
            let query = "query ($id: ID!) { cart(id: $id) { promotions { name amount { amount } } } }";
            let there = Client::clone(client).in_language("en").run(query, json!({ "id": cart })).await;
            let own = there["cart"]["promotions"]
                .as_array()
                .unwrap()
                .iter()
                .find(|one| one["name"] == json!(format!("d{n}")));
            assert_eq!(own.is_some(), said["isApplied"] == true, "{rule}");
            assert_eq!(own.map_or(&Value::Null, |own| &own["amount"]), &said["step"]["amount"], "{rule}");
            applied += usize::from(own.is_some());
            // Once it is made, it is what it is with it; and without it what it was.
            let again = simulate(&shop, json!({ "id": id }), json!({ "cart": cart })).await["cases"][0].take();
            assert_eq!((&again["before"], &again["after"]), (&said["before"], &said["after"]), "{rule}");
        }
        change(&shop, &id, json!({ "endsAt": shop.in_hours(0) })).await;
    }
    assert!((10..=20).contains(&applied), "some apply and some do not: {applied}");
}

#[tokio::test(flavor = "multi_thread")]
async fn why_a_promotion_would_do_nothing_is_told() {
    let shop = plain().await;
    let guest = shop.anonymous();
    // 23.00 and 18.00 for the delivery.
    let cart = guest.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let mut grouped = off_order("20");
    grouped["group"] = json!("season");
    promote(&shop, "better", grouped.clone(), json!({})).await;
    let step = async |rule: Value| {
        let done = simulate(&shop, json!({ "draft": draft("tried", &rule) }), json!({ "cart": cart })).await;
        let case = done["cases"][0].clone();
        assert_eq!((&case["isApplied"], &done["sums"]["affected"]), (&json!(false), &json!(0)));
        assert_eq!(case["before"], case["after"]);
        (text(&case["step"]["message"]).replace(['\u{2068}', '\u{2069}'], ""), case["step"]["missingAmount"].clone())
    };
    let mut rule = off_order("10");
    rule["condition"] = json!({ "amount": { "atLeast": "30" } });
    let (message, missing) = step(rule).await;
    assert_eq!(
        (message.contains("tried"), &missing["amount"]),
        (true, &json!("11.60")),
        "what is left of 23.00 after the other: {message}"
    );
    grouped["effect"]["order"]["tiers"][0]["off"]["percent"] = json!("10");
    let (message, _) = step(grouped).await;
    assert!(message.contains("better"), "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_that_is_over_used_up_or_needs_a_coupon_is_tried_as_if_it_ran() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await;
    let eid = with_coupons(&shop, "eid", "10").await;
    change(&shop, &eid, json!({ "startsAt": null, "endsAt": shop.in_hours(0) })).await;
    let once = promote(&shop, "once", off_order("10"), json!({ "limits": { "ordersMax": 1 } })).await;
    guest.checkout(&guest.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await).await;
    assert_eq!(usage(&shop, "once").await, (1, "2.30".to_owned()));
    for id in [eid, once] {
        let done = simulate(&shop, json!({ "id": id }), json!({ "cart": cart })).await;
        assert_eq!(figures(&done["cases"][0]["before"]), amounts("0.00", "41.00"));
        assert_eq!(figures(&done["cases"][0]["after"]), amounts("2.30", "38.70"));
    }
    assert_eq!(usage(&shop, "once").await, (1, "2.30".to_owned()), "nothing is counted");
    let coupons = with_coupons(&shop, "with-code", "5").await;
    issue(&shop, &coupons, json!({ "code": "CODE5" })).await;
    assert_eq!(add_coupon(&guest, &cart, "CODE5").await["userErrors"], json!([]));
    let done = simulate(&shop, json!({ "draft": draft("d", &off_order("10")) }), json!({ "cart": cart })).await;
    assert_eq!(figures(&done["cases"][0]["before"]).0, "1.15", "the coupon of the cart goes");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_priced_again_by_what_was_kept_with_them() {
    let shop = Shop::open().await;
    let (guest, layla, omar) = (shop.anonymous(), shop.customer("layla"), shop.customer("omar"));
    let mut placed = Vec::new();
    for (client, wanted, payment) in [
        (&guest, [("TEA", 2), ("CUP", 1)], "CASH_ON_DELIVERY"),
        (&layla, [("TEA", 1), ("CUP", 2)], "BANK_TRANSFER"),
        (&omar, [("TEA", 2), ("CUP", 1)], "CASH_ON_DELIVERY"),
    ] {
        let cart = client.cart_ready(&wanted, payment).await;
        placed.push((client.checkout(&cart).await, wanted, payment, client));
    }
    let rule = off_order("10");
    let on = json!({ "orders": { "channel": "web-sa", "last": 3 } });
    let done = simulate(&shop, json!({ "draft": draft("ten", &rule) }), on.clone()).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { totals { total { amount } } } }";
    for (case, (order, ..)) in done["cases"].as_array().unwrap().iter().zip(&placed) {
        assert_eq!((&case["id"], &case["order"]["id"]), (&json!(order.id), &json!(order.id)));
        let kept = shop.staff("ORDER_READ").run(query, json!({ "id": order.id })).await;
        assert_eq!(case["before"]["total"], kept["order"]["totals"]["total"], "as it was placed");
        assert_eq!(case["step"]["lines"].as_array().unwrap().len(), 2);
    }
    assert_eq!((&done["sums"]["tried"], &done["sums"]["affected"]), (&json!(3), &json!(3)));

    // What is bought again when it is made costs as was said.
    let ten = promote(&shop, "ten", rule, json!({})).await;
    for (case, (_, wanted, payment, client)) in done["cases"].as_array().unwrap().iter().zip(&placed) {
        let cart = client.cart_ready(wanted, payment).await;
        assert_eq!(figures(&case["after"]).1, total(client, &cart).await);
    }
    // Prices that changed since do not matter: those of the lists are kept with the orders.
    let sar = list(&shop, "sar").await;
    set(&shop, &sar, "TEA", "99.00", json!({})).await;
    assert_eq!(simulate(&shop, json!({ "id": ten }), on).await, done);

    let minor = |of: &Value| text(&of["amount"]).replace('.', "").parse::<i64>().unwrap();
    let sum = |path: [&str; 2]| {
        done["cases"].as_array().unwrap().iter().map(|case| minor(&case[path[0]][path[1]])).sum::<i64>()
    };
    let sums = &done["sums"];
    for path in [["before", "discount"], ["before", "total"], ["after", "discount"], ["after", "total"]] {
        assert_eq!(minor(&sums[path[0]][path[1]]), sum(path), "{path:?}");
    }
    assert_eq!(minor(&sums["difference"]), sum(["after", "discount"]) - sum(["before", "discount"]));
    assert_eq!(minor(&sums["before"]["total"]) - minor(&sums["after"]["total"]), minor(&sums["difference"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_first_orders_go_by_one_order_after_the_other_and_cancelled_ones_do_not_count() {
    let shop = plain().await;
    let layla = shop.customer("layla");
    let mut placed = Vec::new();
    for _ in 0..3 {
        placed.push(layla.checkout(&layla.cart_ready(&[("TEA", 2)], "BANK_TRANSFER").await).await);
    }
    done(&shop.staff("ORDER_MANAGE"), "orderCancel", &placed[2].id, json!({})).await;
    let applied = async |rule: Value, limits: Value| {
        let mut draft = draft("tried", &rule);
        draft["limits"] = limits;
        let done = simulate(&shop, json!({ "draft": draft }), json!({ "orders": {} })).await;
        let step = |case: &Value| case["step"]["amount"]["amount"].as_str().unwrap_or("none").to_owned();
        done["cases"].as_array().unwrap().iter().map(step).collect::<Vec<_>>()
    };
    assert_eq!(applied(off_order("10"), Value::Null).await, ["2.30", "2.30"]);
    assert_eq!(applied(off_order("10"), json!({ "ordersMax": 1 })).await, ["2.30", "none"]);
    assert_eq!(applied(off_order("10"), json!({ "ordersMaxPerCustomer": 1 })).await, ["2.30", "none"]);
    assert_eq!(applied(off_order("10"), json!({ "budget": "3.00" })).await, ["2.30", "0.70"]);
    let mut first = off_order("10");
    first["condition"] = json!({ "firstOrder": true });
    assert_eq!(applied(first, Value::Null).await, ["2.30", "none"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_orders_cost_as_many_statements_as_one() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    simulate(&shop, json!({ "draft": draft("d", &off_order("10")) }), json!({ "orders": {} })).await;
    let mut counted = Vec::new();
    for n in [1, 4] {
        for _ in 0..n {
            layla.checkout(&layla.cart_ready(&[("TEA", 1), ("CUP", 1)], "BANK_TRANSFER").await).await;
        }
        let input = json!({ "promotion": { "draft": draft("d", &off_order("10")) }, "on": { "orders": {} } });
        let staff = shop.staff_all();
        let asked = staff.run(SIMULATE, json!({ "input": input }));
        let (done, n_statements) = shop.counted(asked).await;
        assert_eq!(done["promotionSimulate"]["userErrors"], json!([]));
        counted.push((done["promotionSimulate"]["simulation"]["sums"]["tried"].clone(), n_statements));
    }
    assert_eq!((&counted[0].0, &counted[1].0), (&json!(1), &json!(5)));
    assert_eq!(counted[0].1, counted[1].1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_tried_is_refused_by_field() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    let order_5 = promotion(&shop, "order-5").await;
    let some = json!({ "id": order_5 });
    let gone = guest.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    guest.checkout(&gone).await;
    let mut kuwait = draft("kw", &off_order("10"));
    kuwait["currencyCode"] = Value::Null;
    kuwait["channels"] = json!(["web-kw"]);
    let mut bad = draft("Bad Code", &off_order("0"));
    bad["channels"] = json!([]);
    let mut nowhere = draft("nowhere", &off_order("10"));
    nowhere["channels"] = json!(["no-such"]);
    let orders = |last: i64| json!({ "orders": { "last": last } });
    for (which, on, wrong) in [
        (some.clone(), orders(0), vec!["QUANTITY_NOT_POSITIVE on.orders.last"]),
        (some.clone(), orders(-1), vec!["QUANTITY_NOT_POSITIVE on.orders.last"]),
        (some.clone(), orders(201), vec!["NUMBER_TOO_LARGE on.orders.last"]),
        (some.clone(), json!({ "orders": { "channel": "no-such" } }), vec!["NOT_FOUND on.orders.channel"]),
        (some.clone(), json!({ "cart": gone }), vec!["NOT_FOUND on.cart"]),
        (some, json!({ "cart": "x" }), vec!["INVALID_ID on.cart"]),
        (json!({ "id": "x" }), orders(5), vec!["INVALID_ID promotion.id"]),
        (
            json!({ "draft": bad }),
            orders(201),
            vec![
                "INVALID_SLUG promotion.draft.code",
                "INVALID_PERCENT promotion.draft.rule.effect.order.tiers.0.off.percent",
                "NUMBER_TOO_LARGE on.orders.last",
            ],
        ),
        (json!({ "draft": nowhere }), orders(5), vec!["NOT_FOUND promotion.draft.channels.0"]),
        (json!({ "draft": kuwait }), json!({ "cart": cart }), vec!["NOT_ALLOWED_HERE on.cart"]),
        (
            json!({ "draft": kuwait }),
            json!({ "orders": { "channel": "web-sa" } }),
            vec!["NOT_ALLOWED_HERE on.orders.channel"],
        ),
    ] {
        let done = try_simulate(&shop, json!({ "promotion": which, "on": on })).await;
        assert_eq!(crate::cart::refusal::wrong(&done), wrong, "{which} {on}");
        assert_eq!(done["simulation"], Value::Null);
    }
    let plain = draft("plain", &off_order("10"));
    for (which, replaces, wrong) in [
        (json!({ "draft": plain }), "promotion_01h455vb4pex5vsknk084sn02q", "NOT_FOUND replaces"),
        (json!({ "draft": plain }), "x", "INVALID_ID replaces"),
        (json!({ "id": order_5 }), order_5.as_str(), "NOT_ALLOWED_HERE replaces"),
    ] {
        let done =
            try_simulate(&shop, json!({ "promotion": which, "replaces": replaces, "on": { "cart": cart } })).await;
        assert_eq!(crate::cart::refusal::wrong(&done), [wrong], "{which}");
    }
    let none = simulate(&shop, json!({ "draft": kuwait }), json!({ "orders": { "channel": "web-kw" } })).await;
    assert_eq!((&none["sums"]["tried"], &none["sums"]["average"]), (&json!(0), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_tried_in_the_place_of_what_it_edits() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let runs = promote(&shop, "runs", off_order("10"), json!({})).await;
    let other = promote(&shop, "other", off_order("20"), json!({})).await;
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let was = read(&guest, &cart).await["totals"]["discount"]["amount"].clone();
    guest.checkout(&guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await).await;
    let edited = json!({ "draft": draft("runs", &off_order("30")) });
    let tried = async |replaces: &Value, on: Value| {
        let input = json!({ "promotion": edited, "replaces": replaces, "on": on });
        let done = try_simulate(&shop, input).await;
        assert_eq!(done["userErrors"], json!([]));
        let case = &done["simulation"]["cases"][0];
        [&case["before"], &case["after"]].map(|of| text(&of["discount"]["amount"]))
    };
    // 10 % of 23.00, then 20 % of 20.70; with the edit 30 % of 23.00, then 20 % of 16.10.
    let instead = ["6.44".to_owned(), "10.12".to_owned()];
    assert_eq!(was, instead[0]);
    for on in [json!({ "cart": cart }), json!({ "orders": {} })] {
        assert_eq!(tried(&json!(runs), on.clone()).await, instead, "{on}");
        // In the place of nothing it comes after both: 30 % of 16.56.
        assert_eq!(tried(&Value::Null, on).await, ["6.44".to_owned(), "11.41".to_owned()]);
    }
    change(&shop, &other, json!({ "endsAt": shop.in_hours(0), "startsAt": null })).await;
    change(&shop, &runs, json!({ "rule": off_order("30") })).await;
    let alone = tried(&json!(runs), json!({ "cart": cart })).await;
    assert_eq!(alone, ["6.90".to_owned(), "6.90".to_owned()], "what is already so changes nothing");
}
