//! The feed: nothing is skipped, nothing is twice, and each record's events stand in their order.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::receiver::text;
use crate::payments::wiretap::Wiretap;

const FEED: &str = "query ($after: String, $types: [String!], $first: Int) {
    events(after: $after, types: $types, first: $first) { endCursor hasNextPage
        nodes { id type at schemaVersion sequence aggregate actor correlationId cause payload } } }";

async fn feed(client: &Client, variables: Value) -> Value {
    client.run(FEED, variables).await["events"].take()
}

/// All there is beyond a cursor, a few at a time, and where it ended.
async fn rest(client: &Client, mut after: Value) -> (Vec<Value>, Value) {
    let mut all = Vec::new();
    loop {
        let page = feed(client, json!({ "after": after, "first": 3 })).await;
        all.extend(page["nodes"].as_array().unwrap().iter().cloned());
        after = page["endCursor"].clone();
        if page["hasNextPage"] == false {
            return (all, after);
        }
    }
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

fn assert_in_order(events: &[Value]) {
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for event in events {
        let sequence = event["sequence"].as_i64().unwrap();
        let before = last.insert(text(&event["aggregate"]), sequence).unwrap_or(0);
        assert_eq!(sequence, before + 1, "{event}");
    }
    let ids: BTreeSet<_> = events.iter().map(|event| text(&event["id"])).collect();
    assert_eq!(ids.len(), events.len(), "none is twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_tells_what_happened_and_goes_on_where_one_stopped() {
    let shop = Shop::open().await;
    let reader = shop.staff("EVENT_READ");
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    shop.work().await;
    let (events, end) = rest(&reader, Value::Null).await;
    let of_order: Vec<_> = events.iter().filter(|event| event["aggregate"] == order.id.as_str()).cloned().collect();
    assert_eq!(kinds(&of_order), ["order.placed", "order.confirmed", "order.allocated"]);
    let placed = &of_order[0];
    assert_eq!((&placed["sequence"], &placed["schemaVersion"]), (&json!(1), &json!(2)));
    assert_eq!((&placed["actor"], &placed["at"]), (&json!("guest"), &json!("2026-03-01T09:00:00Z")));
    assert_eq!(placed["payload"]["number"], order.number);
    assert!(text(&placed["id"]).starts_with("event_"));
    assert_eq!(placed["cause"], placed["correlationId"]);
    assert_in_order(&events);

    let nothing = feed(&reader, json!({ "after": end })).await;
    assert_eq!(nothing, json!({ "nodes": [], "endCursor": end, "hasNextPage": false }));
    let staff = shop.staff("ORDER_MANAGE").with_header("x-request-id", "the-end");
    let cancel = "mutation ($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code } } }";
    staff.done(cancel, json!({ "input": { "order": order.id, "idempotencyKey": "k" } })).await;
    shop.work().await;
    let (next, _) = rest(&reader, end).await;
    assert!(kinds(&next).contains(&"order.cancelled"), "{next:?}");
    let cancelled = next.iter().find(|event| event["type"] == "order.cancelled").unwrap();
    assert_eq!((&cancelled["correlationId"], &cancelled["sequence"]), (&json!("the-end"), &json!(4)));
    let both: Vec<_> = events.into_iter().chain(next).collect();
    assert_in_order(&both);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_event_led_to_bears_it_as_cause_and_the_request_it_all_began_with() {
    let (shop, _tap) = Wiretap::open().await;
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 1)], "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.work().await;
    let staff = shop.staff_all().with_header("x-request-id", "all-of-it");
    staff.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    shop.work().await;
    let (events, _) = rest(&shop.staff("EVENT_READ"), Value::Null).await;
    let found = |name: &str| events.iter().find(|event| event["type"] == name).unwrap_or_else(|| panic!("no {name}"));
    let (asked, captured) = (found("payment.capture_requested"), found("payment.captured"));
    assert_eq!(asked["cause"], "all-of-it");
    assert_eq!((&captured["cause"], &captured["correlationId"]), (&asked["id"], &json!("all-of-it")));
    assert_eq!(captured["actor"], "system");
    assert_in_order(&events);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_asks_for_types_and_groups_of_events_and_moves_on_over_the_others() {
    let shop = Shop::open().await;
    let reader = shop.staff("EVENT_READ");
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm"], &order.id).await;
    shop.work().await;
    let placed = feed(&reader, json!({ "types": ["order.placed"] })).await;
    assert_eq!(kinds(placed["nodes"].as_array().unwrap()), ["order.placed"]);
    let of_orders = feed(&reader, json!({ "types": ["order.*", "payment.voided"] })).await;
    assert_eq!(kinds(of_orders["nodes"].as_array().unwrap()), ["order.placed", "order.confirmed"]);
    let none = feed(&reader, json!({ "types": ["stock.lost"] })).await;
    assert_eq!(none["nodes"], json!([]));
    assert_eq!(none["endCursor"], of_orders["endCursor"], "who waits for what is rare does not begin anew each time");
    let first = feed(&reader, json!({ "types": ["order.*"], "first": 1 })).await;
    assert_eq!(first["hasNextPage"], true);
    let second = feed(&reader, json!({ "types": ["order.*"], "first": 1, "after": first["endCursor"] })).await;
    assert_eq!(kinds(second["nodes"].as_array().unwrap()), ["order.confirmed"]);
    assert_eq!(second["hasNextPage"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_while_many_write_misses_nothing() {
    let shop = Shop::open().await;
    let reader = shop.staff("EVENT_READ");
    feed(&reader, json!({})).await;
    let orders = async { at_once(12, |_| shop.order(&[("COFFEE-250-LIGHT", 1)])).await };
    // Two workers at once, as in two replicas, and somebody who reads all the while.
    let working = async {
        for _ in 0..15 {
            tokio::join!(shop.work(), shop.work());
        }
    };
    let reading = async {
        let (mut all, mut after) = (Vec::new(), Value::Null);
        for _ in 0..30 {
            let (next, end) = rest(&reader, after).await;
            all.extend(next);
            after = end;
        }
        (all, after)
    };
    let (orders, (), (mut all, after)) = tokio::join!(orders, working, reading);
    shop.work().await;
    all.extend(rest(&reader, after).await.0);
    let (again, _) = rest(&reader, Value::Null).await;
    assert_eq!(all, again, "who read meanwhile read what who reads later does");
    assert_eq!(kinds(&all).into_iter().filter(|name| *name == "order.placed").count(), orders.len());
    assert_in_order(&all);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_of_the_feed_is_refused() {
    let shop = Shop::open().await;
    let reader = shop.staff("EVENT_READ");
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let products = "{ products { pageInfo { endCursor } } }";
    let other = reader.run(products, json!({})).await["products"]["pageInfo"]["endCursor"].take();
    let (_, theirs) = rest(&shop.neighbour().staff("EVENT_READ"), Value::Null).await;
    let many = vec!["order.placed"; 101];
    for (variables, code) in [
        (json!({ "after": "x" }), "INVALID_CURSOR"),
        (json!({ "after": other }), "INVALID_CURSOR"),
        (json!({ "after": "ZXZlbnRzOjk5OTk5" }), "INVALID_CURSOR"),
        (json!({ "first": 0 }), "PAGE_TOO_LARGE"),
        (json!({ "first": 101 }), "PAGE_TOO_LARGE"),
        (json!({ "types": ["order"] }), "INVALID_EVENT_TYPE"),
        (json!({ "types": ["order.%"] }), "INVALID_EVENT_TYPE"),
        (json!({ "types": many }), "TOO_LONG"),
    ] {
        assert_eq!(reader.try_run(FEED, variables.clone()).await.codes(), [code], "{variables}");
    }
    let nothing_theirs = feed(&reader, json!({ "after": theirs })).await;
    assert!(!nothing_theirs["nodes"].as_array().unwrap().is_empty(), "a place of theirs is a place of ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_merchant_has_a_feed_of_their_own() {
    let shop = Shop::open().await;
    let (ours, theirs) = (shop.order(&[("TEA", 1)]).await, shop.neighbour().order(&[("TEA", 1)]).await);
    shop.work().await;
    for (tenant, order) in [(&*shop, &ours), (shop.neighbour(), &theirs)] {
        let placed = feed(&tenant.staff("EVENT_READ"), json!({ "types": ["order.placed"] })).await;
        let about: Vec<_> = placed["nodes"].as_array().unwrap().iter().map(|event| text(&event["aggregate"])).collect();
        assert_eq!(about, [order.id.as_str()]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_events_are_trimmed_and_who_comes_too_late_is_told() {
    let shop = Shop::open().await;
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    let before = feed(&shop.staff("EVENT_READ"), json!({ "first": 1 })).await;
    shop.later(Duration::from_hours(29 * 24));
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    let kept = feed(&shop.staff("EVENT_READ"), json!({ "types": ["order.placed"] })).await;
    assert_eq!(kept["nodes"].as_array().unwrap().len(), 2);
    shop.later(Duration::from_hours(2 * 24));
    shop.work().await;
    let kept = feed(&shop.staff("EVENT_READ"), json!({ "types": ["order.placed"] })).await;
    assert_eq!(kept["nodes"].as_array().unwrap().len(), 1);
    assert_eq!(kept["nodes"][0]["aggregate"], order.id);
    let late = shop.staff("EVENT_READ").try_run(FEED, json!({ "after": before["endCursor"] })).await;
    assert_eq!(late.codes(), ["EVENTS_TRIMMED"]);
    shop.verify().await;
}
