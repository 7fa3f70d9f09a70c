//! Two merchants on one server.

use serde_json::{Value, json};
use tests::shop::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn tenants_do_not_see_each_other() {
    let shop = Shop::open().await;
    let ours = shop.order(&[("TEA", 1)]).await;
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    assert_eq!(ours.number, theirs.number, "each counts its own orders");
    assert_ne!(ours.id, theirs.id);

    let query = "query ($id: ID!) { node(id: $id) { id } }";
    let asked = json!({ "id": theirs.id });
    assert_eq!(shop.staff_all().run(query, asked.clone()).await["node"], Value::Null);
    assert_eq!(shop.neighbour().staff_all().run(query, asked).await["node"]["id"], theirs.id.as_str());

    let orders = shop.staff("ORDER_READ").run("{ orders { totalCount nodes { id } } }", json!({})).await;
    assert_eq!(orders["orders"], json!({ "totalCount": 1, "nodes": [{ "id": ours.id }] }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_of_one_tenant_is_nothing_to_another() {
    let shop = Shop::open().await;
    let token = shop.staff_all().token().await.unwrap();
    let reply = shop.neighbour().anonymous().bearing(&token).try_run("{ me { id } }", json!({})).await;
    assert_eq!((reply.status, reply.codes()), (401, vec!["TOKEN_INVALID"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_tenant_is_refused() {
    let shop = Shop::open().await;
    let reply = shop.anonymous().with_header("qafila-tenant", "nowhere").try_run("{ __typename }", json!({})).await;
    assert_eq!((reply.status, reply.codes()), (404, vec!["TENANT_UNKNOWN"]));
}
