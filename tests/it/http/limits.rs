//! What a query may cost.

use std::fmt::Write;

use api::config::flags::ConfigFlags;
use serde_json::{Value, json};
use tests::{client::Reply, shop::Shop};

use super::asking::plain;

/// What the server says to a query, in English.
async fn said(set: impl FnOnce(&mut ConfigFlags), query: &str) -> Reply {
    let shop = Shop::open_with(set).await;
    shop.anonymous().in_language("en").try_run(query, json!({})).await
}

fn assert_refused(reply: &Reply, code: &str, message: &str) {
    assert_eq!(reply.codes(), [code], "{reply}");
    assert_eq!(plain(&reply.body["errors"][0]["message"]), message);
    assert_eq!((&reply.body["data"], reply.header("content-language")), (&Value::Null, "en"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_is_nested_too_deep_is_refused() {
    let set = |flags: &mut ConfigFlags| flags.max_query_depth = Some("5".to_owned());
    let within = said(set, "{ products { nodes { category { parent { slug } } } } }").await;
    assert_eq!(within.body.get("errors"), None, "{within}");
    let message = "The query is nested more deeply than the limit of 5 levels.";
    let beyond = said(set, "{ products { nodes { category { parent { parent { slug } } } } } }").await;
    assert_refused(&beyond, "QUERY_TOO_DEEP", message);
    let spread = "{ products { nodes { ...A } } } fragment A on Product { category { parent { parent { slug } } } }";
    assert_refused(&said(set, spread).await, "QUERY_TOO_DEEP", message);
}

#[tokio::test(flavor = "multi_thread")]
async fn brackets_without_end_are_refused_and_the_server_lives() {
    let shop = Shop::open().await;
    for (query, code) in [
        ("{a".repeat(100_000), "MALFORMED_QUERY"),
        (format!("{{ node(id: {}", "[".repeat(200_000)), "QUERY_TOO_DEEP"),
        (format!("{{ node(id: {}", "{a:".repeat(100_000)), "QUERY_TOO_DEEP"),
        (format!("query ($a: {}", "[".repeat(200_000)), "QUERY_TOO_DEEP"),
        (format!("{{ {} __typename {} }}", "... { ".repeat(50_000), "}".repeat(50_000)), "MALFORMED_QUERY"),
    ] {
        let reply = shop.anonymous().try_run(&query, json!({})).await;
        assert_eq!(reply.codes(), [code], "{}", &query[..30]);
    }
    assert_eq!(shop.anonymous().run("{ __typename }", json!({})).await, json!({ "__typename": "Query" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn arguments_in_arguments_are_refused_and_the_server_lives() {
    let shop = Shop::open().await;
    let conditions = |levels: usize| {
        let condition = format!("{}signedIn: true{}", "not: { ".repeat(levels), " }".repeat(levels));
        let rule = format!("effect: {{ fee: {{ percent: \"5\" }} }}, condition: {{ {condition} }}");
        format!(
            "mutation {{ promotionCreate(input: {{ code: \"d\", nameEn: \"d\", rule: {{ {rule} }} }}) {{
            userErrors {{ code field }} }} }}"
        )
    };
    let lists = |levels: usize| {
        format!("{{ products(filter: {{ ids: {}{} }}) {{ nodes {{ id }} }} }}", "[".repeat(levels), "]".repeat(levels))
    };
    for client in [shop.anonymous(), shop.staff_all()] {
        // Four quotes are two strings.
        let quoted = lists(400).replacen('[', "[\"\"\"\" [", 1);
        for query in [quoted, conditions(70), conditions(400), lists(70), lists(2_000), lists(100_000)] {
            assert_eq!(client.try_run(&query, json!({})).await.codes(), ["QUERY_TOO_DEEP"], "{}", query.len());
        }
        let filter = (0..100).fold(json!("x"), |inside, _| json!([inside]));
        let query = "query ($filter: ProductFilter) { products(filter: $filter) { nodes { id } } }";
        assert_eq!(client.try_run(query, json!({ "filter": { "ids": filter } })).await.codes(), ["QUERY_TOO_DEEP"]);
    }
    // What is within the limit of a request is looked at, and a rule has a limit of its own.
    let refused = shop.staff_all().run(&conditions(50), json!({})).await["promotionCreate"].take();
    assert_eq!(refused["userErrors"], json!([{ "code": "TOO_DEEP", "field": ["rule", "condition"] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_costs_too_much_is_refused() {
    let set = |flags: &mut ConfigFlags| flags.max_query_complexity = Some("20".to_owned());
    let within = said(set, "{ context { channel { code name } language { tag } } }").await;
    assert_eq!(within.body.get("errors"), None, "{within}");
    let message = "The query costs more than the limit of 20. Please ask for fewer fields or items.";
    let wide = format!("{{ context {{ channel {{ {} }} }} }}", "code ".repeat(30));
    assert_refused(&said(set, &wide).await, "QUERY_TOO_COMPLEX", message);
}

/// Fragments that each spread the next one twice: `n` of them stand for two to the power of `n`.
fn doubling(n: usize) -> String {
    let mut query = String::from("{ ...F0 }");
    for i in 0..n {
        write!(query, " fragment F{i} on Query {{ ...F{next} ...F{next} }}", next = i + 1).unwrap();
    }
    write!(query, " fragment F{n} on Query {{ __typename }}").unwrap();
    query
}

#[tokio::test(flavor = "multi_thread")]
async fn fragments_that_double_are_refused_before_anybody_walks_through_them() {
    let shop = Shop::open().await;
    assert_eq!(shop.anonymous().run(&doubling(5), json!({})).await, json!({ "__typename": "Query" }));
    for query in [doubling(28), format!("{{ __typename }} {}", doubling(28).replacen("{ ...F0 }", "", 1))] {
        let reply = shop.anonymous().in_language("en").try_run(&query, json!({})).await;
        let message = "The query costs more than the limit of 2,000. Please ask for fewer fields or items.";
        assert_refused(&reply, "QUERY_TOO_COMPLEX", message);
    }
    let chain = (0..5000)
        .fold(String::from("{ ...F0 }"), |query, i| format!("{query} fragment F{i} on Query {{ ...F{} }}", i + 1));
    let reply = shop.anonymous().try_run(&chain, json!({})).await;
    assert_eq!(reply.codes(), ["QUERY_TOO_COMPLEX"], "a chain that is longer than any stack");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_with_too_many_aliases_is_refused() {
    let set = |flags: &mut ConfigFlags| flags.max_query_aliases = Some("3".to_owned());
    let within = said(set, "{ a: __typename b: __typename ... { c: __typename } __typename }").await;
    assert_eq!(within.body.get("errors"), None, "{within}");
    let message = "The query has more than 3 aliases. Please split it.";
    for query in [
        "{ a: __typename b: __typename c: __typename d: __typename }",
        "{ a: __typename ... { b: __typename } ...F } fragment F on Query { c: __typename context { d: language { tag } } }",
    ] {
        let reply = said(set, query).await;
        assert_refused(&reply, "QUERY_TOO_MANY_ALIASES", message);
        assert_eq!(reply.status, 400);
    }
}
