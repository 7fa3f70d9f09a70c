//! What a request must be like.

use reqwest::Method;
use serde_json::{Value, json};
use tests::{client::Reply, shop::Shop};

use super::asking::{get, path, plain};

const MUTATION: &str = "mutation { cartCreate(input: {}) { cart { id } userErrors { code } } }";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_json_is_refused_in_the_caller_s_language() {
    let shop = Shop::open().await;
    for body in ["", "{", "null", "5", "\"{ __typename }\"", "[]", "{\"query\": 5}", "query { __typename }", "\u{0}"] {
        for (language, message) in
            [("ar", "البيانات المرسلة ليست بصيغة JSON صحيحة."), ("en", "The data sent is not valid JSON.")]
        {
            let reply = shop.anonymous().with_header("accept-language", language).post(body).await;
            assert_eq!((reply.status, reply.codes()), (400, vec!["INVALID_JSON"]), "{body:?}");
            assert_eq!(reply.body["errors"][0]["message"], message);
            assert_eq!(reply.header("content-language"), language);
            assert_eq!(reply.header("content-type"), "application/json");
        }
    }
    let reply = shop.anonymous().post(b"{\"query\": \"\xff\"}".to_vec()).await;
    assert_eq!((reply.status, reply.codes()), (400, vec!["INVALID_JSON"]), "not UTF-8");
    let deep = format!(r#"{{ "query": "{{ __typename }}", "variables": {}{} }}"#, "[".repeat(5000), "]".repeat(5000));
    assert_eq!(shop.anonymous().post(deep).await.codes(), ["INVALID_JSON"], "nested without end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_the_limit_is_refused() {
    let shop = Shop::open_with(|flags| flags.max_body_bytes = Some("1024".to_owned())).await;
    let body = |length: usize| {
        let empty = r#"{"query":"{ __typename #}"}"#;
        empty.replace('#', &" ".repeat(length + 1 - empty.len()))
    };
    assert_eq!((body(1024).len(), body(1025).len()), (1024, 1025));
    assert_eq!(shop.anonymous().post(body(1024)).await.body["data"], json!({ "__typename": "Query" }));
    for (language, said) in [("ar", "1,024"), ("en", "The limit in bytes is 1,024.")] {
        let reply = shop.anonymous().with_header("accept-language", language).post(body(1025)).await;
        assert_eq!((reply.status, reply.codes()), (413, vec!["BODY_TOO_LARGE"]));
        assert!(plain(&reply.body["errors"][0]["message"]).contains(said), "{reply}");
        assert_eq!(reply.header("content-language"), language);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_may_come_by_get() {
    let shop = Shop::open().await;
    let query = "query A($sku: String!) { productVariant(by: { sku: $sku }) { sku } } query B { __typename }";
    let guest = shop.anonymous();
    let reply = get(&guest, &[("query", query), ("operationName", "A"), ("variables", r#"{"sku":"TEA"}"#)]).await;
    assert_eq!((reply.status, &reply.body["data"]), (200, &json!({ "productVariant": { "sku": "TEA" } })));
    let reply = get(&guest, &[("query", "{ __typename }"), ("operationName", ""), ("variables", "null")]).await;
    assert_eq!((reply.status, &reply.body["data"]), (200, &json!({ "__typename": "Query" })));
    for wrong in [[("query", "{ __typename }"), ("variables", "{")], [("query", "{ __typename }"), ("extensions", "x")]]
    {
        let reply = get(&guest, &wrong).await;
        assert_eq!((reply.status, reply.codes()), (400, vec!["INVALID_JSON"]));
    }
    assert_eq!(get(&guest, &[]).await.codes(), ["MALFORMED_QUERY"], "no query at all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutation_over_get_is_refused_and_changes_nothing() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    layla.run("{ me { id } }", json!({})).await;
    let named = format!("query Read {{ __typename }} {}", MUTATION.replacen("mutation", "mutation Write", 1));
    for parameters in [
        vec![("query", MUTATION)],
        vec![("query", MUTATION), ("operationName", "")],
        vec![("query", named.as_str()), ("operationName", "Write")],
        vec![("query", named.as_str())],
    ] {
        let reply = get(&layla.clone().in_language("en"), &parameters).await;
        assert_eq!(reply.codes(), ["MUTATION_OVER_GET"], "{parameters:?}");
        assert_eq!((reply.status, reply.header("allow")), (405, "POST"));
        assert_eq!(reply.body["errors"][0]["message"], "Mutations are not run over GET. Please use POST.");
        assert_eq!(reply.header("content-language"), "en");
    }
    let reply = get(&layla, &[("query", named.as_str()), ("operationName", "Read")]).await;
    assert_eq!(reply.body["data"], json!({ "__typename": "Query" }), "the query beside it may be asked");
    let me = layla.run("{ me { cart { id } } }", json!({})).await;
    assert_eq!(me["me"]["cart"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_methods_are_refused() {
    let shop = Shop::open().await;
    for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::TRACE] {
        for (language, said) in [("ar", "GET"), ("en", "Please use GET or POST.")] {
            let client = shop.anonymous().with_header("accept-language", language);
            let reply = Reply::to(client.request(method.clone(), "/graphql").await).await;
            assert_eq!((reply.status, reply.codes()), (405, vec!["METHOD_NOT_ALLOWED"]), "{method}");
            assert!(plain(&reply.body["errors"][0]["message"]).contains(said), "{reply}");
            assert_eq!((reply.header("content-language"), reply.header("allow")), (language, "GET, POST"));
        }
    }
    let head = Reply::to(shop.anonymous().request(Method::HEAD, &path(&[("query", "{ __typename }")])).await).await;
    assert_eq!((head.status, head.body), (200, json!("")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_schema_cannot_answer_is_refused_before_it_is_executed() {
    let shop = Shop::open().await;
    let two = "query A { __typename } query B { __typename }";
    let typed = "query ($n: Int!) { products(page: { first: $n }) { totalCount } }";
    for (body, detail) in [
        (json!({ "query": "{ products { nodes { id } }" }), "expected"),
        (json!({}), "expected executable_definition"),
        (json!({ "query": "{ nope }" }), "Unknown field"),
        (json!({ "query": "{ products }" }), "must have a selection of subfields"),
        (json!({ "query": "{ products(first: 5) { totalCount } }" }), "Unknown argument"),
        (json!({ "query": "{ product { id } }" }), "by"),
        (json!({ "query": "{ product(by: { id: \"a\", slug: \"b\" }) { id } }" }), "by"),
        (json!({ "query": "query ($n: Nope) { __typename }" }), "Nope"),
        (json!({ "query": typed, "variables": { "n": "5" } }), "page"),
        (json!({ "query": typed, "variables": { "n": 1.5 } }), "page"),
        (json!({ "query": typed, "variables": { "n": 1e300 } }), "page"),
        (json!({ "query": typed, "variables": {} }), "Variable"),
        (json!({ "query": two, "operationName": "C" }), "Unknown operation"),
        (json!({ "query": two }), "peration"),
        (json!({ "query": "{ ...F } fragment F on Query { ...F }" }), ""),
        (json!({ "query": "{ ...F }" }), "fragment"),
        (json!({ "query": "subscription { __typename }" }), ""),
        (json!({ "query": "mutation { signIn(input: { email: \"a\" }) { accessToken } }" }), "password"),
    ] {
        let client = shop.anonymous().with_header("accept-language", "en");
        let reply = client.post(body.to_string()).await;
        let code = reply.codes().first().copied();
        assert_eq!((reply.status, code), (200, Some("MALFORMED_QUERY")), "{body}: {reply}");
        assert_eq!(reply.body["data"], Value::Null);
        let error = &reply.body["errors"][0];
        assert_eq!(error["message"], "The GraphQL query could not be understood. Please check its syntax.");
        assert!(error["extensions"]["detail"].as_str().unwrap().contains(detail), "{body}: {reply}");
        assert_eq!(reply.body["extensions"]["context"]["language"], "en");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_knows_the_new_media_type_is_told_by_the_status_whether_it_was_executed() {
    let shop = Shop::open().await;
    let kind = "application/graphql-response+json";
    let client = shop.anonymous().with_header("accept", &format!("{kind}, application/json;q=0.9"));
    for (query, status) in [
        ("{ __typename }", 200),
        ("{ nope }", 400),
        ("{", 400),
        ("{ product(by: { slug: \"nothing\" }) { id } }", 200),
        ("{ me { id } node(id: \"nonsense\") { id } }", 200),
    ] {
        let reply = client.try_run(query, json!({})).await;
        assert_eq!((reply.status, reply.header("content-type")), (status, kind), "{query}: {reply}");
    }
    let plain = shop.anonymous().try_run("{ nope }", json!({})).await;
    assert_eq!((plain.status, plain.header("content-type")), (200, "application/json"));
}
