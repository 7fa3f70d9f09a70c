//! What promotions take off carts and orders.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{change, off_order, plain, promote, steps};
use crate::{
    cart::read::{read, total},
    identity::groups::group,
    inventory::ask::told,
};

fn amounts(steps: &[(String, String)]) -> Vec<&str> {
    steps.iter().map(|(_, amount)| amount.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_effect_takes_off_what_it_says() {
    let shop = plain().await;
    let guest = shop.anonymous();
    // A tea is 11.50, a cup 23.00; delivery 18.00, cash on delivery 15.00.
    let (tea, cup) =
        (json!({ "variants": [shop.variant("TEA").await] }), json!({ "variants": [shop.variant("CUP").await] }));
    let percent = |percent: &str| json!({ "percent": percent });
    for (code, effect, lines, expected) in [
        ("lines", json!({ "lines": { "of": tea, "off": percent("10") } }), vec![("TEA", 3), ("CUP", 1)], "3.45"),
        ("each", json!({ "lines": { "of": tea, "off": { "amount": "2.00" } } }), vec![("TEA", 3)], "6.00"),
        ("price", json!({ "lines": { "of": tea, "off": { "price": "10.00" } } }), vec![("TEA", 3)], "4.50"),
        (
            "get-one",
            json!({ "buyGet": { "buy": tea, "buyQuantity": 2, "getQuantity": 1, "off": percent("100") } }),
            vec![("TEA", 5)],
            "11.50",
        ),
        (
            "get-other",
            json!({ "buyGet": { "buy": tea, "buyQuantity": 2, "get": cup, "getQuantity": 1, "off": percent("50"),
                "times": 1 } }),
            vec![("TEA", 4), ("CUP", 3)],
            "11.50",
        ),
        (
            "most",
            json!({ "buyGet": { "buyQuantity": 1, "getQuantity": 1, "off": percent("100"), "pick": "MOST_EXPENSIVE" } }),
            vec![("TEA", 1), ("CUP", 1)],
            "23.00",
        ),
        (
            "bundle",
            json!({ "bundle": { "parts": [{ "of": tea }, { "of": cup, "quantity": 2 }], "off": { "price": "50.00" } } }),
            vec![("TEA", 2), ("CUP", 4)],
            "15.00",
        ),
        ("gift", json!({ "gift": { "of": cup } }), vec![("TEA", 1), ("CUP", 2)], "23.00"),
        (
            "spend",
            json!({ "order": { "tiers": [{ "atLeast": "20.00", "off": percent("5") },
                { "atLeast": "40.00", "off": { "amount": "7.00" } }] } }),
            vec![("TEA", 4)],
            "7.00",
        ),
        ("delivery", json!({ "delivery": { "price": "5.00" } }), vec![("TEA", 1)], "13.00"),
        ("cash", json!({ "fee": percent("100") }), vec![("TEA", 1)], "15.00"),
    ] {
        let id = promote(&shop, code, json!({ "effect": effect }), json!({})).await;
        let cart = guest.cart_ready(&lines, "CASH_ON_DELIVERY").await;
        let (applied, refused) = steps(&guest, &cart).await;
        assert_eq!((amounts(&applied), refused), (vec![expected], Vec::new()), "{code}");
        change(&shop, &id, json!({ "endsAt": shop.in_hours(0) })).await;
    }
    assert_eq!(told(&shop, "promotion.created").await.len(), 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_seen_while_browsing_is_that_of_the_cart() {
    let shop = plain().await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let tea = json!({ "variants": [shop.variant("TEA").await] });
    let sale = |percent: &str| json!({ "catalogue": { "of": tea, "off": { "percent": percent } } });
    promote(&shop, "all", json!({ "effect": sale("10") }), json!({ "nameEn": "For all" })).await;
    let rule = json!({ "effect": sale("20"), "condition": { "customerGroups": [loyal] } });
    promote(&shop, "loyal", rule, json!({ "nameEn": "For the loyal" })).await;
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { price { amount }
        pricing { price { amount } discounted { name price { amount } off { amount } } } } }";
    for (client, name, price, off, of_cart) in [
        (shop.anonymous(), "For all", "10.35", "1.15", "3.45"),
        (shop.customer("layla"), "For the loyal", "9.20", "2.30", "6.90"),
    ] {
        let client = client.in_language("en");
        let seen = client.run(query, json!({ "sku": "TEA" })).await["productVariant"].take();
        let discounted = json!({ "name": name, "price": { "amount": price }, "off": { "amount": off } });
        assert_eq!(seen["pricing"]["discounted"], discounted);
        assert_eq!((&seen["price"]["amount"], &seen["pricing"]["price"]["amount"]), (&json!("11.50"), &json!("11.50")));
        let cup = client.run(query, json!({ "sku": "CUP" })).await["productVariant"].take();
        assert_eq!(cup["pricing"]["discounted"], Value::Null);
        let cart = client.cart_ready(&[("TEA", 3), ("CUP", 1)], "CARD").await;
        assert_eq!(steps(&client, &cart).await.0, [(name.to_owned(), of_cart.to_owned())]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn conditions_look_at_who_buys_what_and_how() {
    let shop = plain().await;
    let (guest, layla) = (shop.anonymous(), shop.customer("layla"));
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let when = async |code: &str, condition: Value| {
        let mut rule = off_order("10");
        rule["condition"] = condition;
        promote(&shop, code, rule, json!({})).await
    };
    when("much", json!({ "amount": { "atLeast": "50.00" } })).await;
    when("many", json!({ "quantity": { "of": { "variants": [shop.variant("CUP").await] }, "atLeast": 2 } })).await;
    when("card", json!({ "all": [{ "paymentMethods": ["CARD"] }, { "countries": ["SA"] }] })).await;
    when("loyal", json!({ "customerGroups": [loyal] })).await;
    when("first", json!({ "firstOrder": true })).await;
    when("guests", json!({ "signedIn": false })).await;
    when("never-now", json!({ "hours": { "days": ["MONDAY"], "from": "03:00", "until": "03:01" } })).await;

    let cart = guest.cart_ready(&[("TEA", 1), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let (applied, refused) = steps(&guest, &cart).await;
    assert_eq!(applied, [("guests".to_owned(), "3.45".to_owned())]);
    let of = |name: &str| refused.iter().find(|(of, _)| of == name).map(|(_, why)| why.clone()).unwrap_or_default();
    assert!(of("much").starts_with("Buy for") && of("much").contains("15.50"), "{}", of("much"));
    assert_eq!(of("many"), "Buy one more of what counts towards “many” to get it.");
    assert_eq!(of("card"), "“card” is for other ways to pay.");
    assert_eq!(of("loyal"), "", "what others have is not told");
    let (_, seen_by_staff) = steps(&shop.staff_all(), &cart).await;
    assert!(seen_by_staff.contains(&("loyal".to_owned(), "“loyal” is for other customers.".to_owned())));
    assert_eq!(of("first"), "“first” is for customers who are signed in.");
    assert_eq!(of("never-now"), "“never-now” runs at other hours.");

    let cart = layla.cart_ready(&[("TEA", 1)], "CARD").await;
    let names = |applied: &[(String, String)]| applied.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let of_layla = names(&steps(&layla, &cart).await.0);
    assert_eq!(of_layla, ["card", "loyal", "first"], "in the order in which they were made");
    layla.checkout_by_card(&cart, "tok_approved").await;
    let again = layla.cart_ready(&[("TEA", 1)], "CARD").await;
    assert_eq!(names(&steps(&layla, &again).await.0), ["card", "loyal"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_together_and_what_does_not_is_told_in_the_readers_language() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let grouped = |percent: &str| {
        let mut rule = off_order(percent);
        rule["group"] = json!("eid");
        rule
    };
    promote(&shop, "ten", grouped("10"), json!({ "nameAr": "عشرة" })).await;
    promote(&shop, "five", grouped("5"), json!({ "nameAr": "خمسة" })).await;
    let cart = guest.cart_ready(&[("CUP", 4)], "CARD").await;
    let (applied, refused) = steps(&guest, &cart).await;
    assert_eq!(applied, [("ten".to_owned(), "9.20".to_owned())]);
    assert_eq!(refused, [("five".to_owned(), "“ten” takes off more than “five”.".to_owned())]);

    let mut alone = off_order("40");
    alone["isExclusive"] = json!(true);
    let forty = promote(&shop, "forty", alone, json!({ "nameAr": "أربعون" })).await;
    let (applied, refused) = steps(&guest, &cart).await;
    assert_eq!(applied, [("forty".to_owned(), "36.80".to_owned())]);
    assert_eq!(refused.len(), 2);
    assert_eq!(refused[0].1, "“forty” takes off more, and cannot be combined with “ten”.");
    let query = "query ($id: ID!) { cart(id: $id) { pricing { explanation { message } } } }";
    let arabic = guest.clone().in_language("ar").run(query, json!({ "id": cart })).await;
    let messages = arabic["cart"]["pricing"]["explanation"].as_array().unwrap().clone();
    assert!(messages[0]["message"].as_str().unwrap().contains("خصم"), "{messages:?}");

    let mut capped = off_order("40");
    capped["maxDiscount"] = json!("5.00");
    change(&shop, &forty, json!({ "rule": capped, "currencyCode": "SAR" })).await;
    let (applied, _) = steps(&guest, &cart).await;
    assert_eq!(applied, [("ten".to_owned(), "9.20".to_owned()), ("forty".to_owned(), "5.00".to_owned())]);
    let seen = read(&guest, &cart).await;
    assert_eq!((total(&seen, "subtotal"), total(&seen, "discount")), ("92.00", "14.20"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_what_was_explained() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let ten = promote(&shop, "ten", off_order("10"), json!({})).await;
    let mut much = off_order("50");
    much["condition"] = json!({ "amount": { "atLeast": "500.00" } });
    promote(&shop, "much", much, json!({})).await;
    let placed = guest.order(&[("TEA", 2), ("CUP", 1)]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { totals { discount { amount } } lines { id }
        promotions { name amount { amount } }
        pricing { explanation { kind name amount { amount } missingAmount { amount } lines { line amount { amount } } } } } }";
    let seen = async || shop.staff_all().in_language("en").run(query, json!({ "id": placed.id })).await["order"].take();
    let order = seen().await;
    let share =
        |line: usize, amount: &str| json!({ "line": order["lines"][line]["id"], "amount": { "amount": amount } });
    assert_eq!(
        order["pricing"]["explanation"],
        json!([
            { "kind": "APPLIED", "name": "ten", "amount": { "amount": "4.60" }, "missingAmount": null,
              "lines": [share(0, "2.30"), share(1, "2.30")] },
            { "kind": "REFUSED", "name": "much", "amount": null, "missingAmount": { "amount": "458.60" }, "lines": [] },
        ])
    );
    change(&shop, &ten, json!({ "rule": off_order("90"), "currencyCode": "SAR" })).await;
    assert_eq!(seen().await, order, "as it was when it was placed");
    assert_eq!(order["totals"]["discount"]["amount"], "4.60");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_is_shown_as_it_was_said() {
    let shop = Shop::open().await;
    let cup = shop.variant("CUP").await;
    let rule = json!({
        "priority": 3, "group": "eid", "isExclusive": false, "needsCoupon": true, "maxDiscount": "100.00",
        "condition": { "all": [
            { "not": { "countries": ["KW"] } }, { "firstOrder": false }, { "spentAtLeast": "10.50" },
            { "hours": { "days": ["FRIDAY"], "from": "22:00", "until": "02:00" } },
            { "amount": { "of": { "not": { "variants": [cup] } }, "atLeast": "7.25" } },
        ] },
        "effect": { "buyGet": { "buy": { "any": [{ "variants": [cup] }, { "attribute": { "code": "origin", "values": ["الأحساء"] } }] },
            "buyQuantity": 2, "sameVariant": true, "getQuantity": 1, "off": { "percent": "12.5" }, "pick": "CHEAPEST", "times": 3 } },
    });
    promote(&shop, "said", rule.clone(), json!({})).await;
    let selector = "variants attribute { code values }";
    let query = format!(
        "{{ promotion(by: {{ code: \"said\" }}) {{ rule {{ priority group isExclusive needsCoupon maxDiscount
            condition {{ all {{ not {{ countries }} countries firstOrder spentAtLeast hours {{ days from until }}
                amount {{ of {{ not {{ {selector} }} }} atLeast }} }} }}
            effect {{ buyGet {{ buy {{ any {{ {selector} }} }} buyQuantity get {{ variants }} sameVariant getQuantity
                off {{ percent amount price }} pick times }} lines {{ off {{ percent }} }} }} }} }} }}"
    );
    let mut shown = shop.staff("PROMOTION_READ").run(&query, json!({})).await["promotion"]["rule"].take();
    said(&mut shown);
    assert_eq!(shown, rule);
}

/// Leaves out what was not said, which is null.
fn said(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.values_mut().for_each(said);
        }
        Value::Array(all) => all.iter_mut().for_each(said),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_ordered_in_another_currency_ordered_before() {
    let shop = plain().await;
    let layla = shop.customer("layla");
    let when = async |code: &str, condition: Value| {
        let mut rule = off_order("10");
        rule["condition"] = condition;
        promote(&shop, code, rule, json!({})).await;
    };
    when("first", json!({ "firstOrder": true })).await;
    when("again", json!({ "ordersAtLeast": 1 })).await;
    when("spender", json!({ "spentAtLeast": "0.01" })).await;
    let cart = layla.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let applied = async || steps(&layla, &cart).await.0.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(applied().await, ["first"]);
    let in_kuwait = layla.clone().in_channel("web-kw");
    in_kuwait.checkout(&in_kuwait.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await).await;
    assert_eq!(applied().await, ["again"], "but what was spent in dinars is no amount in riyals");
    layla.checkout(&layla.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await).await;
    assert_eq!(applied().await, ["again", "spender"]);
}
