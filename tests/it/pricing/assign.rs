//! Who buys by which list.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, shop::Shop};

use super::ask::{assign, cost, list, make, price, set, try_price};
use crate::{
    cart::{
        read::{cart_with, read},
        refusal::wrong,
    },
    fulfilment::ask::try_set,
    identity::groups::{customer, group},
    inventory::ask::told,
    orders::ask::done,
};

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_groups_come_before_those_of_the_channel_and_these_before_the_base() {
    let shop = Shop::open().await;
    let (layla, guest) = (shop.customer("layla"), shop.anonymous());
    let (loyal, staff) = (group(&shop, "loyal", &["layla"]).await, group(&shop, "staff", &["layla"]).await);
    let of = async |code: &str, amount: &str| {
        let list = make(&shop, code, Value::Null).await;
        set(&shop, &list, "TEA", amount, json!({})).await;
        list
    };
    let (channels, groups, first) =
        (of("channel", "10.00").await, of("group", "9.00").await, of("first", "8.00").await);
    assign(&shop, &channels, json!({ "channel": "web-sa" })).await;
    assert_eq!((cost(&layla, "TEA", 1).await, cost(&guest, "TEA", 1).await), ("10.00".to_owned(), "10.00".to_owned()));
    assign(&shop, &groups, json!({ "customerGroup": loyal, "priority": 5 })).await;
    assert_eq!((cost(&layla, "TEA", 1).await, cost(&guest, "TEA", 1).await), ("9.00".to_owned(), "10.00".to_owned()));
    assign(&shop, &first, json!({ "customerGroup": staff, "priority": 1 })).await;
    assert_eq!(cost(&layla, "TEA", 1).await, "8.00");
    assert_eq!(cost(&layla, "CUP", 1).await, "23.00", "what none of them has, the base list has");
    assert_eq!(cost(&layla.clone().in_channel("app-sa"), "TEA", 1).await, "8.00", "in every channel of the currency");
    assert_eq!(cost(&layla.in_channel("web-kw"), "TEA", 1).await, "1.000", "and in no other");
    assert_eq!(cost(&guest.in_channel("app-sa"), "TEA", 1).await, "11.50");
    assert_eq!(told(&shop, "price_list.assigned").await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_goes_for_its_countries_and_its_time() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let exports =
        make(&shop, "exports", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "10" })).await;
    let (starts_at, ends_at) = (shop.in_hours(1), shop.in_hours(2));
    assign(&shop, &exports, json!({ "channel": "web-sa", "countries": ["AE", "kw"] })).await;
    assert_eq!(cost(&guest, "TEA", 1).await, "11.50", "nobody said that it leaves the country");
    assign(&shop, &exports, json!({ "channel": "web-sa", "startsAt": starts_at, "endsAt": ends_at })).await;
    let mut seen = Vec::new();
    for _hour in 0..3 {
        seen.push(cost(&guest, "TEA", 1).await);
        shop.later(Duration::from_hours(1));
    }
    assert_eq!(seen, ["11.50", "12.65", "11.50"]);
    let query = "{ priceList(by: { code: \"exports\" }) { assignments {
        customerGroup { code } channel priority countries startsAt endsAt } } }";
    let assigned = shop.staff_all().run(query, json!({})).await["priceList"]["assignments"].take();
    assert_eq!(assigned.as_array().unwrap().len(), 1, "what is over is not shown");
    assert_eq!((&assigned[0]["countries"], &assigned[0]["customerGroup"]), (&json!(["AE", "KW"]), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_costs_what_it_costs_its_customer_and_the_order_stays_so() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let wholesale =
        make(&shop, "wholesale", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-20" })).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    assign(&shop, &wholesale, json!({ "customerGroup": loyal })).await;
    let guests = cart_with(&shop.anonymous(), &[("TEA", 2)]).await;
    assert_eq!(read(&shop.anonymous(), &guests).await["lines"][0]["unitPrice"]["amount"], "11.50");
    let cart = layla.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let seen = read(&layla, &cart).await;
    assert_eq!((&seen["lines"][0]["unitPrice"]["amount"], &seen["warnings"]), (&json!("9.20"), &json!([])));
    let order = layla.checkout(&cart).await;
    set(&shop, &wholesale, "TEA", "1.00", json!({})).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { unitPrice { amount }
        pricing { explanation { kind amount { amount } } } } } }";
    let line = shop.staff_all().run(query, json!({ "id": order.id })).await["order"]["lines"][0].take();
    let step = |kind: &str, amount: Option<&str>| {
        let amount = amount.map(|amount| json!({ "amount": amount }));
        json!({ "kind": kind, "amount": amount })
    };
    let steps = [step("LIST_CHOSEN", None), step("PRICE_FIXED", Some("11.50")), step("PRICE_DERIVED", Some("9.20"))];
    assert_eq!((&line["unitPrice"]["amount"], &line["pricing"]["explanation"]), (&json!("9.20"), &json!(steps)));
    // What comes in later costs them what it does then.
    let add = json!([{ "add": { "variant": shop.variant("TEA").await, "quantity": 1 } }]);
    done(&shop.staff_all(), "orderEdit", &order.id, json!({ "steps": add, "paymentMethod": "CASH_ON_DELIVERY" })).await;
    let lines = shop.staff_all().run(query, json!({ "id": order.id })).await["order"]["lines"].take();
    assert_eq!(lines[1]["unitPrice"]["amount"], "1.00");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_costs_what_it_costs_its_customer_until_another_price_is_agreed_on() {
    let shop = Shop::open().await;
    let wholesale =
        make(&shop, "wholesale", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-20" })).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    assign(&shop, &wholesale, json!({ "customerGroup": loyal })).await;
    let staff = shop.staff_all();
    let select = "draft { id cart { lines { id unitPrice { amount } pricing { explanation { kind } } } } }";
    let lines = json!([{ "variant": shop.variant("TEA").await, "quantity": 1 }]);
    let input = json!({ "customer": customer(&shop, "layla").await, "lines": lines, "idempotencyKey": "draft" });
    let draft = try_set(&staff, "draftOrderCreate", select, input).await["draft"].take();
    assert_eq!(draft["cart"]["lines"][0]["unitPrice"]["amount"], "9.20", "{draft}");
    let agreed = json!({ "draft": draft["id"], "line": draft["cart"]["lines"][0]["id"], "price": "7.00",
        "reason": "صديق", "idempotencyKey": "agreed" });
    let draft = try_set(&staff, "draftOrderLinePriceSet", select, agreed).await["draft"].take();
    let line = &draft["cart"]["lines"][0];
    let kinds: Vec<_> =
        line["pricing"]["explanation"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(line["unitPrice"]["amount"], "7.00");
    assert_eq!(kinds, ["LIST_CHOSEN", "PRICE_FIXED", "PRICE_DERIVED", "PRICE_AGREED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_is_no_more_buys_by_no_list() {
    let shop = Shop::open().await;
    let cheap = make(&shop, "cheap", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-50" })).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    assign(&shop, &cheap, json!({ "customerGroup": loyal })).await;
    assert_eq!(cost(&shop.customer("layla"), "TEA", 1).await, "5.75");
    let staff = shop.staff("CUSTOMER_MANAGE");
    try_set(&staff, "customerGroupDelete", "deletedCustomerGroup", json!({ "group": loyal })).await;
    assert_eq!(cost(&shop.customer("layla"), "TEA", 1).await, "11.50");
    let query = "{ priceList(by: { code: \"cheap\" }) { assignments { id } } }";
    assert_eq!(shop.staff_all().run(query, json!({})).await["priceList"]["assignments"], json!([]));
    price(&shop, "priceListUpdate", json!({ "priceList": cheap, "nameEn": "Cheap" })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_buy_by_a_list_for_the_same_reason_once() {
    let shop = Shop::open().await;
    let cheap = make(&shop, "cheap", json!({ "parent": list(&shop, "sar").await, "adjustmentPercent": "-50" })).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let other = group(&shop, "other", &[]).await;
    let try_assign = async |more: Value| {
        let mut input = json!({ "priceList": cheap, "customerGroup": loyal, "countries": ["SA", "KW"] });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        wrong(&try_price(&shop, "priceListAssign", input).await)
    };
    // Of several at once one does.
    let mut said = at_once(4, async |_n| try_assign(json!({})).await.concat()).await;
    said.sort_unstable();
    let already = "PRICE_LIST_ASSIGNED_ALREADY priceList";
    assert_eq!(said, ["", already, already, already]);
    for more in [
        json!({ "countries": ["KW", "SA"] }),
        json!({ "endsAt": shop.in_hours(5) }),
        json!({ "startsAt": shop.in_hours(5) }),
        json!({ "startsAt": shop.in_hours(5), "endsAt": shop.in_hours(6), "dryRun": true }),
    ] {
        assert_eq!(try_assign(more.clone()).await, [already], "{more}");
    }
    for more in [
        json!({ "countries": ["SA"] }),
        json!({ "countries": [] }),
        json!({ "priority": 1 }),
        json!({ "channel": "web-sa" }),
        json!({ "customerGroup": null, "channel": "web-sa" }),
        json!({ "customerGroup": other }),
    ] {
        assert_eq!(try_assign(more.clone()).await, Vec::<String>::new(), "{more}");
        assert_eq!(try_assign(more.clone()).await, [already], "{more}");
    }
    // Again, once it is over.
    let for_days = |from: i64, until: i64| json!({ "priority": 9, "startsAt": shop.in_hours(from), "endsAt": shop.in_hours(until) });
    assert_eq!(try_assign(for_days(1, 3)).await, Vec::<String>::new());
    assert_eq!(try_assign(for_days(2, 3)).await, [already]);
    assert_eq!(try_assign(for_days(2, 4)).await, Vec::<String>::new(), "it goes for longer");
    assert_eq!(try_assign(for_days(5, 6)).await, Vec::<String>::new());
    assert_eq!(
        try_assign(json!({ "countries": ["SA", "KW", "sa", "KW"] })).await,
        ["DUPLICATE countries.2", "DUPLICATE countries.3"]
    );
    assert_eq!(cost(&shop.customer("layla"), "TEA", 1).await, "5.75");
    shop.close().await;
}
