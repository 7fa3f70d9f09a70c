//! Records by their ids and their names.

use serde_json::{Value, json};
use tests::shop::Shop;

const NODE: &str = "query ($id: ID!) { node(id: $id) { __typename id } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_record_of_each_type_is_found_by_its_id() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let query = r#"{ product(by: { slug: "dates" }) { id variants { id } category { id } collections { id } } }"#;
    let product = layla.run(query, json!({})).await["product"].take();
    let order = layla.order(&[("TEA", 1)]).await;
    let cart = layla.cart_ready(&[("TEA", 1)], "CARD").await;
    for (kind, id) in [
        ("Product", &product["id"]),
        ("ProductVariant", &product["variants"][0]["id"]),
        ("Category", &product["category"]["id"]),
        ("Collection", &product["collections"][0]["id"]),
        ("Order", &json!(order.id)),
        ("Cart", &json!(cart)),
    ] {
        let wanted = json!({ "node": { "__typename": kind, "id": id } });
        assert_eq!(layla.run(NODE, json!({ "id": id })).await, wanted);
        let theirs = shop.neighbour().customer("layla").run(NODE, json!({ "id": id })).await;
        assert_eq!(theirs["node"], Value::Null, "{kind}: the neighbour's shoppers do not see it");
    }
    for id in [order.id, cart] {
        for other in [shop.anonymous(), shop.customer("omar")] {
            assert_eq!(other.run(NODE, json!({ "id": id })).await["node"], Value::Null, "{id} is somebody else's");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_names_nothing_finds_nothing() {
    let shop = Shop::open().await;
    for kind in ["product", "variant", "category", "collection", "cart", "order"] {
        let id = format!("{kind}_01h455vb4pex5vsknk084sn02q");
        assert_eq!(shop.anonymous().run(NODE, json!({ "id": id })).await["node"], Value::Null, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_is_refused() {
    let shop = Shop::open().await;
    for id in [
        "",
        "tea",
        "1",
        "01h455vb4pex5vsknk084sn02q",
        "product_01h455vb4pex5vsknk084sn02",
        "product_z1h455vb4pex5vsknk084sn02q",
        "PRODUCT_01h455vb4pex5vsknk084sn02q",
        "session_01h455vb4pex5vsknk084sn02q",
        "account_01h455vb4pex5vsknk084sn02q",
    ] {
        let reply = shop.anonymous().try_run(NODE, json!({ "id": id })).await;
        assert_eq!((reply.codes(), &reply.body["data"]["node"]), (vec!["INVALID_ID"], &Value::Null), "{id}");
        assert_eq!(reply.body["errors"][0]["message"], "هذا المعرّف غير صحيح.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_another_type_is_refused_where_one_type_is_wanted() {
    let shop = Shop::open().await;
    let right =
        [("product", "product"), ("productVariant", "variant"), ("category", "category"), ("collection", "collection")];
    for (field, kind) in right {
        for other in ["product", "variant", "category", "collection", "cart", "order"] {
            let query = format!("query ($id: ID!) {{ {field}(by: {{ id: $id }}) {{ id }} }}");
            let id = format!("{other}_01h455vb4pex5vsknk084sn02q");
            let reply = shop.anonymous().in_language("en").try_run(&query, json!({ "id": id })).await;
            assert_eq!(reply.body["data"][field], Value::Null, "{field} {id}");
            let refused = if other == kind { vec![] } else { vec!["INVALID_ID"] };
            assert_eq!(reply.codes(), refused, "{field} {id}");
        }
    }
    let reply =
        shop.anonymous().try_run(r#"{ cart(id: "product_01h455vb4pex5vsknk084sn02q") { id } }"#, json!({})).await;
    assert_eq!(reply.codes(), ["INVALID_ID"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_are_found_by_slug_and_sku() {
    let shop = Shop::open().await;
    let query = r#"{ product(by: { slug: "tea" }) { slug variants { sku gtin weightGrams product { slug } } }
        productVariant(by: { sku: "TEA" }) { sku } category(by: { slug: "drinks" }) { slug level parent { slug level } children { slug } }
        collection(by: { slug: "gifts" }) { slug description } }"#;
    let found = shop.anonymous().in_language("en").run(query, json!({})).await;
    let wanted = json!({
        "product": { "slug": "tea", "variants": [
            { "sku": "TEA", "gtin": "6281999000057", "weightGrams": 120, "product": { "slug": "tea" } },
        ] },
        "productVariant": { "sku": "TEA" },
        "category": { "slug": "drinks", "level": 2, "parent": { "slug": "food", "level": 1 }, "children": [] },
        "collection": { "slug": "gifts", "description": "Wrapped on request." },
    });
    assert_eq!(found, wanted);

    let query = r#"{ product(by: { slug: "nothing" }) { id } productVariant(by: { sku: "tea" }) { id }
        category(by: { slug: "" }) { id } collection(by: { slug: "GIFTS" }) { id } }"#;
    let none = json!({ "product": null, "productVariant": null, "category": null, "collection": null });
    assert_eq!(shop.anonymous().run(query, json!({})).await, none);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_of_categories_and_the_collections_are_listed_in_their_order() {
    let shop = Shop::open().await;
    let query = "{ categories { totalCount nodes { slug } }
        roots: categories(rootsOnly: true) { totalCount nodes { slug children { slug } } }
        collections { totalCount nodes { slug } } }";
    let lists = shop.anonymous().run(query, json!({})).await;
    assert_eq!(lists["categories"]["totalCount"], 3);
    let roots = json!([{ "slug": "food", "children": [{ "slug": "drinks" }] }, { "slug": "home", "children": [] }]);
    assert_eq!(lists["roots"], json!({ "totalCount": 2, "nodes": roots }));
    assert_eq!(
        lists["collections"],
        json!({ "totalCount": 2, "nodes": [{ "slug": "gifts" }, { "slug": "favourites" }] })
    );
}
