//! Which products are shown, when only some are asked for.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

const FILTERED: &str = "query ($filter: ProductFilter!) { products(filter: $filter) { totalCount nodes { slug } } }";

/// The slugs of what is found, the newest first, in one line.
async fn found(client: &Client, filter: Value) -> String {
    let data = client.run(FILTERED, json!({ "filter": filter })).await;
    let slugs: Vec<_> =
        data["products"]["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect();
    assert_eq!(data["products"]["totalCount"], slugs.len(), "{data}");
    slugs.join(" ")
}

/// The id of a category, a collection or a product.
async fn id(client: &Client, kind: &str, slug: &str) -> String {
    let query = format!("query ($slug: String!) {{ {kind}(by: {{ slug: $slug }}) {{ id }} }}");
    let data = client.run(&query, json!({ "slug": slug })).await;
    data[kind]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_holds_what_is_in_it_and_beneath_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (food, drinks) = (id(&guest, "category", "food").await, id(&guest, "category", "drinks").await);
    let home = id(&guest, "category", "home").await;
    assert_eq!(found(&guest, json!({ "categories": [food] })).await, "dates tea coffee");
    assert_eq!(found(&guest, json!({ "categories": [drinks] })).await, "tea coffee");
    assert_eq!(found(&guest, json!({ "categories": [food, drinks] })).await, "dates tea coffee", "none twice");
    assert_eq!(found(&guest, json!({ "categories": [drinks, home] })).await, "incense dallah cup tea coffee");
    assert_eq!(found(&guest, json!({ "categories": ["category_01h455vb4pex5vsknk084sn02q"] })).await, "");
    assert_eq!(found(&guest, json!({ "categories": [] })).await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn collections_types_skus_and_ids_choose_products() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (gifts, favourites) = (id(&guest, "collection", "gifts").await, id(&guest, "collection", "favourites").await);
    assert_eq!(found(&guest, json!({ "collections": [gifts] })).await, "dates");
    assert_eq!(found(&guest, json!({ "collections": [gifts, favourites] })).await, "dates coffee", "none twice");
    assert_eq!(found(&guest, json!({ "productTypes": ["home"] })).await, "incense dallah cup");
    assert_eq!(
        found(&guest, json!({ "productTypes": ["home", "food", "nothing"] })).await,
        "incense dallah cup dates tea coffee"
    );
    assert_eq!(found(&guest, json!({ "productTypes": ["nothing"] })).await, "");
    let skus = json!({ "skus": ["COFFEE-250-DARK", "COFFEE-500-DARK", "TEA", "NOTHING", "LANTERN"] });
    assert_eq!(found(&guest, skus).await, "tea coffee", "the lantern's time has not come");
    let (tea, cup) = (id(&guest, "product", "tea").await, id(&guest, "product", "cup").await);
    assert_eq!(found(&guest, json!({ "ids": [tea, cup] })).await, "cup tea");
    let kuwait = guest.clone().in_channel("web-kw");
    assert_eq!(found(&kuwait, json!({ "ids": [tea, cup] })).await, "tea", "the cup is not sold there");
    let theirs = id(&shop.neighbour().anonymous(), "product", "tea").await;
    assert_eq!(found(&guest, json!({ "ids": [theirs] })).await, "", "the neighbour's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_span_of_prices_is_of_the_lowest_price_in_the_channel() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let span = |from: &str, to: &str| json!({ "price": { "from": from, "to": to } });
    assert_eq!(found(&guest, span("23.00", "46.00")).await, "incense cup coffee", "both ends are in it");
    assert_eq!(found(&guest, span("23.01", "45.99")).await, "incense");
    assert_eq!(found(&guest, span("46.01", "86.25")).await, "", "the coffees' highest price does not count");
    assert_eq!(found(&guest, json!({ "price": { "from": "100" } })).await, "dallah dates");
    assert_eq!(found(&guest, json!({ "price": { "to": "11.5" } })).await, "tea");
    assert_eq!(found(&guest, span("50", "20")).await, "");
    let kuwait = guest.clone().in_channel("web-kw");
    assert_eq!(found(&kuwait, span("2.800", "9.250")).await, "incense dates coffee");

    for wrong in ["11.555", "eleven", "", "1e3", "1_000", "99999999999999999999"] {
        let reply = guest.try_run(FILTERED, json!({ "filter": { "price": { "from": wrong } } })).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec!["INVALID_AMOUNT"], &Value::Null), "{wrong}");
    }
    let reply = kuwait.try_run(FILTERED, json!({ "filter": { "price": { "to": "1.0001" } } })).await;
    assert_eq!(reply.codes(), ["INVALID_AMOUNT"], "dinars have three places");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_folds_what_is_often_spelt_otherwise() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for (words, wanted) in [
        ("قهوه", "coffee"),
        ("قَهْـوَة", "coffee"),
        ("شاى", "tea"),
        ("دله نُحاسيه", "dallah"),
        ("للإهداء", "dates"),
        ("للأهداء", "dates"),
        ("COFFEE", "dallah coffee"),
        ("harazi قهوة", "coffee"),
        ("coffee brass", "dallah"),
        ("coffee tea", ""),
        ("محامص", "coffee"),
        ("fav", ""),
        ("%", ""),
        ("_", ""),
        ("' OR 1=1 --", ""),
        ("lantern", ""),
        ("  ", "incense dallah cup dates tea coffee"),
    ] {
        assert_eq!(found(&guest, json!({ "search": words })).await, wanted, "{words}");
        let english = guest.clone().in_language("en");
        assert_eq!(found(&english, json!({ "search": words })).await, wanted, "{words}, by a reader of English");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_restrict_together() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let home = id(&guest, "category", "home").await;
    assert_eq!(found(&guest, json!({ "categories": [home], "price": { "to": "34.50" } })).await, "incense cup");
    assert_eq!(found(&guest, json!({ "categories": [home], "skus": ["TEA"] })).await, "");
    let favourites = id(&guest, "collection", "favourites").await;
    assert_eq!(
        found(&guest, json!({ "collections": [favourites], "productTypes": ["food"], "search": "تمر" })).await,
        "dates"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_total_is_of_the_whole_list() {
    let shop = Shop::open().await;
    let query = "{ products(page: { first: 1 }, filter: { productTypes: [\"food\"] }) { totalCount nodes { slug } } }";
    let page = shop.anonymous().run(query, json!({})).await;
    assert_eq!(page["products"], json!({ "totalCount": 3, "nodes": [{ "slug": "dates" }] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_has_a_limit_and_says_so() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let tea = id(&guest, "product", "tea").await;
    for (field, item) in [("ids", tea.as_str()), ("skus", "TEA"), ("productTypes", "food")] {
        let reply = guest.try_run(FILTERED, json!({ "filter": { field: vec![item; 201] } })).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec!["TOO_LONG"], &Value::Null), "{field}");
        let said = reply.body["errors"][0]["message"].as_str().unwrap();
        assert!(said.contains("200"), "{said}");
    }
    assert_eq!(found(&guest, json!({ "ids": vec![tea; 200] })).await, "tea");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_another_type_are_no_filter() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let product = id(&guest, "product", "tea").await;
    let category = id(&guest, "category", "food").await;
    for filter in [
        json!({ "categories": [product] }),
        json!({ "collections": [category] }),
        json!({ "ids": [product, category] }),
        json!({ "ids": ["tea"] }),
    ] {
        let reply = guest.try_run(FILTERED, json!({ "filter": filter })).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec!["INVALID_ID"], &Value::Null), "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_null_byte_is_not_looked_for() {
    let shop = Shop::open().await;
    let variables = |filter: Value| (FILTERED, json!({ "filter": filter }));
    let literal = |query: &'static str| (query, json!({}));
    for (query, variables) in [
        variables(json!({ "search": "te\0a" })),
        variables(json!({ "skus": ["TEA", "TEA\0"] })),
        variables(json!({ "productTypes": ["fo\0od"] })),
        variables(json!({ "ids": ["\0"] })),
        literal(r#"{ product(by: { slug: "tea\u0000" }) { id } }"#),
        literal(r#"{ productVariant(by: { sku: "\u0000" }) { id } }"#),
        literal(r#"query ($slug: String! = "\u0000") { category(by: { slug: $slug }) { id } }"#),
        literal(r#"{ ...all } fragment all on Query { collection(by: { slug: "\u0000" }) { id } }"#),
        literal(r#"{ ... on Query { products { nodes { name(language: "\u0000") } } } }"#),
    ] {
        let reply = shop.anonymous().in_language("en").try_run(query, variables.clone()).await;
        assert_eq!((reply.status, reply.codes()), (400, vec!["CONTROL_CHARACTER"]), "{query} {variables}");
        let said =
            "This text contains invisible characters that cannot be accepted. Please type it again without them.";
        assert_eq!(reply.body["errors"][0]["message"], said);
    }
    let with_a_name = r#"{ product(by: { slug: "\\u0000" }) { id } }"#;
    assert_eq!(shop.anonymous().run(with_a_name, json!({})).await["product"], Value::Null, "this is no null byte");
}
