//! The staff's list of orders: filters, sorting, pages.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, world::Placed};

use super::ask::text;

const LIST: &str = "query ($filter: OrderFilter! = {}, $page: Paging! = {}, $sortBy: OrderSort) {
    orders(filter: $filter, page: $page, sortBy: $sortBy) {
        totalCount nodes { number } edges { cursor node { number } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// Four orders, an hour apart, the oldest first: a guest's `W1001` of 44.50 SAR and Layla's `W1002` of 119.25, which is
/// confirmed, both in `web-sa`; Omar's `K1001` of 17.000 KWD in `web-kw`; and a guest's `A1001` of 29.50 SAR in
/// `app-sa`, which waits for a transfer.
async fn four(shop: &Shop) {
    shop.order(&[("TEA", 1)]).await;
    shop.later(Duration::from_hours(1));
    let layla = shop.customer("layla");
    let cart = layla.cart_ready(&[("COFFEE-500-DARK", 1)], "CASH_ON_DELIVERY").await;
    let contact = json!({ "email": "Layla.100%@shop.example", "phone": "+966598765432" });
    layla.steps(&cart, json!([{ "contactSet": contact }])).await;
    let order = layla.checkout(&cart).await;
    shop.make(&["orderConfirm"], &order.id).await;
    shop.later(Duration::from_hours(1));
    shop.customer("omar").in_channel("web-kw").order(&[("COFFEE-500-LIGHT", 2)]).await;
    shop.later(Duration::from_hours(1));
    let app = shop.anonymous().in_channel("app-sa");
    let cart = app.cart_ready(&[("TEA", 1)], "BANK_TRANSFER").await;
    app.checkout(&cart).await;
}

fn numbers(orders: &Value) -> Vec<&str> {
    orders["nodes"].as_array().unwrap().iter().map(|node| node["number"].as_str().unwrap()).collect()
}

async fn listed(client: &Client, variables: Value) -> Value {
    client.run(LIST, variables).await["orders"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_filter_restricts_and_all_restrict_together() {
    let shop = Shop::open().await;
    four(&shop).await;
    let staff = shop.staff("ORDER_READ");
    let layla = text(&shop.customer("layla").run("{ me { id } }", json!({})).await["me"]["id"]);
    let table = [
        (json!({}), vec!["A1001", "K1001", "W1002", "W1001"]),
        (json!({ "states": ["PLACED"] }), vec!["K1001", "W1001"]),
        (json!({ "states": ["AWAITING_PAYMENT", "CONFIRMED"] }), vec!["A1001", "W1002"]),
        (json!({ "states": ["REFUNDED"] }), vec![]),
        (json!({ "states": [] }), vec![]),
        (json!({ "number": "W1002" }), vec!["W1002"]),
        (json!({ "number": " W١٠٠٢ " }), vec!["W1002"]),
        (json!({ "number": "1002" }), vec![]),
        (json!({ "email": "layla.100%@SHOP.example" }), vec!["W1002"]),
        (json!({ "email": "layla" }), vec![]),
        (json!({ "customer": layla }), vec!["W1002"]),
        (json!({ "channel": "web-sa" }), vec!["W1002", "W1001"]),
        (json!({ "channel": "web-kw" }), vec!["K1001"]),
        (json!({ "placedFrom": "2026-03-01T10:00:00Z" }), vec!["A1001", "K1001", "W1002"]),
        (json!({ "placedUntil": "2026-03-01T10:00:00Z" }), vec!["W1001"]),
        (
            json!({ "placedFrom": "2026-03-01T10:00:00Z", "placedUntil": "2026-03-01T12:00:00Z" }),
            vec!["K1001", "W1002"],
        ),
        (json!({ "placedFrom": "2026-03-01T13:00:00+03:00", "placedUntil": "2026-03-01T10:00:01Z" }), vec!["W1002"]),
        (json!({ "search": "w10" }), vec!["W1002", "W1001"]),
        (json!({ "search": "W١٠" }), vec!["W1002", "W1001"]),
        (json!({ "search": "LAYLA" }), vec!["W1002"]),
        (json!({ "search": "98765" }), vec!["W1002"]),
        (json!({ "search": "w1002 shop.example" }), vec!["W1002"]),
        (json!({ "search": "w1001 shop.example" }), vec![]),
        (json!({ "search": "  " }), vec!["A1001", "K1001", "W1002", "W1001"]),
        (json!({ "search": "%" }), vec!["W1002"]),
        (json!({ "search": "100%@" }), vec!["W1002"]),
        (json!({ "search": "_" }), vec![]),
        (json!({ "search": "!" }), vec![]),
        (json!({ "search": "'; --" }), vec![]),
        (json!({ "channel": "web-sa", "states": ["PLACED"], "search": "guest" }), vec!["W1001"]),
        (json!({ "channel": "web-kw", "customer": layla }), vec![]),
    ];
    for (filter, expected) in table {
        let orders = listed(&staff, json!({ "filter": filter })).await;
        assert_eq!(numbers(&orders), expected, "{filter}");
        assert_eq!(orders["totalCount"], json!(expected.len()), "{filter}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_no_record_can_hold_is_not_looked_for() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 1)]).await;
    let staff = shop.staff("ORDER_READ");
    for field in ["search", "number", "email", "channel"] {
        let reply = staff.try_run(LIST, json!({ "filter": { field: "W\0" } })).await;
        assert_eq!(reply.codes(), ["CONTROL_CHARACTER"], "{field}");
    }
    let query = "query ($by: OrderBy!) { order(by: $by) { number } }";
    for (number, token) in [("W1001\0", "x"), ("W1001", "\0")] {
        let by = json!({ "guest": { "number": number, "token": token } });
        let reply = shop.anonymous().try_run(query, json!({ "by": by })).await;
        assert_eq!(reply.codes(), ["CONTROL_CHARACTER"], "{number} {token}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_sorted_by_each_field_both_ways() {
    let shop = Shop::open().await;
    four(&shop).await;
    let staff = shop.staff("ORDER_READ");
    let table = [
        ("PLACED_AT", ["W1001", "W1002", "K1001", "A1001"]),
        ("NUMBER", ["A1001", "K1001", "W1001", "W1002"]),
        ("TOTAL", ["A1001", "W1001", "W1002", "K1001"]),
    ];
    for (field, mut expected) in table {
        for direction in ["ASC", "DESC"] {
            let sort = json!({ "field": field, "direction": direction });
            let orders = listed(&staff, json!({ "sortBy": sort })).await;
            assert_eq!(numbers(&orders), expected, "{field} {direction}");
            expected.reverse();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_page_by_page_from_either_end() {
    let shop = Shop::open().await;
    four(&shop).await;
    let staff = shop.staff("ORDER_READ");
    let first = listed(&staff, json!({ "page": { "first": 2 } })).await;
    assert_eq!(numbers(&first), ["A1001", "K1001"]);
    assert_eq!(first["totalCount"], 4);
    let info = &first["pageInfo"];
    assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(false)));
    let edges = first["edges"].as_array().unwrap();
    assert_eq!((&info["startCursor"], &info["endCursor"]), (&edges[0]["cursor"], &edges[1]["cursor"]));

    let rest = listed(&staff, json!({ "page": { "first": 2, "after": info["endCursor"] } })).await;
    assert_eq!(numbers(&rest), ["W1002", "W1001"]);
    let after = &rest["pageInfo"];
    assert_eq!((&after["hasNextPage"], &after["hasPreviousPage"]), (&json!(false), &json!(true)));

    let last = listed(&staff, json!({ "page": { "last": 1 } })).await;
    assert_eq!(numbers(&last), ["W1001"]);
    let before = listed(&staff, json!({ "page": { "last": 2, "before": last["pageInfo"]["startCursor"] } })).await;
    assert_eq!(numbers(&before), ["K1001", "W1002"]);
    let info = &before["pageInfo"];
    assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(true), &json!(true)));

    let none = listed(&staff, json!({ "page": { "first": 0 } })).await;
    assert_eq!((numbers(&none), &none["totalCount"]), (vec![], &json!(4)));
    let filtered = listed(&staff, json!({ "page": { "first": 1 }, "filter": { "channel": "web-sa" } })).await;
    assert_eq!((numbers(&filtered), &filtered["totalCount"]), (vec!["W1002"], &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_equal_keys_are_neither_lost_nor_doubled_between_pages() {
    let shop = Shop::open().await;
    let mut placed: Vec<Placed> = Vec::new();
    for _ in 0..5 {
        placed.push(shop.order(&[("COFFEE-250-DARK", 1)]).await);
    }
    let mut expected: Vec<_> = placed.iter().map(|order| order.number.as_str()).collect();
    expected.sort_unstable();
    let staff = shop.staff("ORDER_READ");
    for field in ["PLACED_AT", "NUMBER", "TOTAL"] {
        for direction in ["ASC", "DESC"] {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            for _ in 0..3 {
                let page = json!({ "first": 2, "after": after });
                let sort = json!({ "field": field, "direction": direction });
                let orders = listed(&staff, json!({ "page": page, "sortBy": sort })).await;
                seen.extend(numbers(&orders).into_iter().map(str::to_owned));
                after = orders["pageInfo"]["endCursor"].clone();
            }
            seen.sort_unstable();
            assert_eq!(seen, expected, "{field} {direction}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_listed_is_refused_in_the_readers_language() {
    let shop = Shop::open().await;
    four(&shop).await;
    let staff = shop.staff("ORDER_READ");
    let order = staff.run("{ orders { nodes { id } } }", json!({})).await["orders"]["nodes"][0]["id"].take();
    let by_total = listed(&staff, json!({ "sortBy": { "field": "TOTAL", "direction": "ASC" } })).await;
    let cursor = by_total["pageInfo"]["startCursor"].clone();
    let by_number = json!({ "field": "NUMBER", "direction": "ASC" });
    let table = [
        (json!({ "page": { "first": 101 } }), "PAGE_TOO_LARGE"),
        (json!({ "page": { "last": 101 } }), "PAGE_TOO_LARGE"),
        (json!({ "page": { "after": "no cursor" } }), "INVALID_CURSOR"),
        (json!({ "page": { "before": "" } }), "INVALID_CURSOR"),
        (json!({ "page": { "after": cursor }, "sortBy": by_number }), "INVALID_CURSOR"),
        (json!({ "filter": { "channel": "web-xx" } }), "CHANNEL_UNKNOWN"),
        (json!({ "filter": { "customer": order } }), "INVALID_ID"),
        (json!({ "filter": { "customer": "x" } }), "INVALID_ID"),
        (json!({ "filter": { "placedFrom": "yesterday" } }), "MALFORMED_QUERY"),
        (json!({ "filter": { "states": ["LOST"] } }), "MALFORMED_QUERY"),
    ];
    for (variables, code) in table {
        let [arabic, english] = ["ar", "en"].map(|tag| staff.clone().in_language(tag));
        let (arabic, english) =
            (arabic.try_run(LIST, variables.clone()).await, english.try_run(LIST, variables.clone()).await);
        assert_eq!((arabic.codes(), english.codes()), (vec![code], vec![code]), "{variables}");
        assert_ne!(arabic.body["errors"][0]["message"], english.body["errors"][0]["message"], "{variables}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbours_orders_are_not_listed() {
    let shop = Shop::open().await;
    four(&shop).await;
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    assert_eq!(theirs.number, "W1001", "the same number as one of ours");
    let staff = shop.neighbour().staff("ORDER_READ");
    let orders = listed(&staff, json!({})).await;
    assert_eq!((numbers(&orders), &orders["totalCount"]), (vec!["W1001"], &json!(1)));
    let layla = text(&shop.customer("layla").run("{ me { id } }", json!({})).await["me"]["id"]);
    assert_eq!(listed(&staff, json!({ "filter": { "customer": layla } })).await["totalCount"], 0);
}
