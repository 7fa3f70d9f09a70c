//! Queries that are sent once and named by their hash from then on.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::asking::get;

const TEA: &str = r#"{ productVariant(by: { sku: "TEA" }) { id } }"#;
const HASH_OF_TEA: &str = "ed09f451d26504c465cbca442dc55ef1cd0702ccdd19eea79dd4a365784fb708";
const CREATE: &str = "mutation { cartCreate(input: {}) { cart { id } userErrors { code } } }";
const HASH_OF_CREATE: &str = "0a7db16386bcdd538e42a4819eac0602ef66c6eae3e19127a801eb33ef101a47";

fn hash(hash: &str) -> Value {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_is_known_once_its_query_came_with_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let alone = json!({ "extensions": hash(HASH_OF_TEA) }).to_string();
    let reply = guest.post(alone.clone()).await;
    assert_eq!((reply.status, &reply.body["data"]), (200, &Value::Null));
    assert_eq!(reply.body["errors"][0]["message"], "PersistedQueryNotFound", "a client switches on these words");

    let tea = json!({ "productVariant": { "id": shop.variant("TEA").await } });
    let reply = guest.post(json!({ "query": TEA, "extensions": hash(HASH_OF_TEA) }).to_string()).await;
    assert_eq!(reply.body["data"], tea);
    assert_eq!(guest.post(alone.clone()).await.body["data"], tea);
    let reply = get(&guest, &[("extensions", &hash(HASH_OF_TEA).to_string())]).await;
    assert_eq!((reply.status, &reply.body["data"]), (200, &tea));

    let theirs = shop.neighbour().anonymous().post(alone).await;
    assert_eq!(theirs.body["data"]["productVariant"]["id"], shop.neighbour().variant("TEA").await, "in their shop");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_not_kept_under_the_hash_of_another() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let reply = guest.post(json!({ "query": "{ __typename }", "extensions": hash(HASH_OF_TEA) }).to_string()).await;
    assert_eq!((reply.codes(), &reply.body["data"]), (vec!["MALFORMED_QUERY"], &Value::Null));
    let reply = guest.post(json!({ "extensions": hash(HASH_OF_TEA) }).to_string()).await;
    assert_eq!(reply.body["errors"][0]["message"], "PersistedQueryNotFound");
    for odd in
        [json!({ "persistedQuery": { "version": 2, "sha256Hash": HASH_OF_TEA } }), json!({ "persistedQuery": 1 })]
    {
        let reply = guest.post(json!({ "query": TEA, "extensions": odd }).to_string()).await;
        assert_eq!(reply.codes(), ["MALFORMED_QUERY"], "{reply}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutation_that_is_named_by_its_hash_is_refused_over_get_too() {
    let shop = Shop::open().await;
    let made = shop.anonymous().post(json!({ "query": CREATE, "extensions": hash(HASH_OF_CREATE) }).to_string()).await;
    assert_eq!(made.body["data"]["cartCreate"]["userErrors"], json!([]), "{made}");
    let layla = shop.customer("layla");
    let reply = get(&layla, &[("extensions", &hash(HASH_OF_CREATE).to_string())]).await;
    assert_eq!((reply.status, reply.codes()), (405, vec!["MUTATION_OVER_GET"]));
    let with_text = [("query", CREATE), ("extensions", &hash(HASH_OF_CREATE).to_string())];
    assert_eq!(get(&layla, &with_text).await.codes(), ["MUTATION_OVER_GET"]);
    let me = "{ me { cart { id } } }";
    assert_eq!(layla.run(me, json!({})).await["me"]["cart"], Value::Null);
    layla.post(json!({ "extensions": hash(HASH_OF_CREATE) }).to_string()).await;
    assert_ne!(layla.run(me, json!({})).await["me"]["cart"], Value::Null, "by POST it is executed");
}
