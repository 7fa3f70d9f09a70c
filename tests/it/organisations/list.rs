//! The companies that buy.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

const LIST: &str = "query ($page: Paging! = {}) { organisations(page: $page) {
    totalCount nodes { id code name registrationNumber vatNumber city } pageInfo { hasNextPage hasPreviousPage endCursor } } }";

#[tokio::test(flavor = "multi_thread")]
async fn staff_who_see_customers_see_the_companies_in_their_language() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_READ");
    for (language, name) in [("ar", "شركة رمال"), ("en", "Rimal Company")] {
        let mut found = staff.clone().in_language(language).run(LIST, json!({})).await["organisations"].take();
        assert!(found["nodes"][0]["id"].take().as_str().unwrap().starts_with("organisation_"), "{found}");
        let company = json!({
            "id": null, "code": "rimal", "name": name, "registrationNumber": "1010999001",
            "vatNumber": "300999000100003", "city": "الرياض",
        });
        assert_eq!((&found["nodes"], &found["totalCount"]), (&json!([company]), &json!(1)));
        let info = &found["pageInfo"];
        assert_eq!((&info["hasNextPage"], &info["hasPreviousPage"]), (&json!(false), &json!(false)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_companies_ends_and_is_bounded() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_READ");
    let first = staff.run(LIST, json!({ "page": { "first": 1 } })).await["organisations"].take();
    let after = json!({ "page": { "first": 1, "after": first["pageInfo"]["endCursor"] } });
    let rest = staff.run(LIST, after).await["organisations"].take();
    assert_eq!((&rest["nodes"], &rest["totalCount"]), (&json!([]), &json!(1)));
    for (page, code) in [
        (json!({ "first": 101 }), "PAGE_TOO_LARGE"),
        (json!({ "last": 101 }), "PAGE_TOO_LARGE"),
        (json!({ "after": "x" }), "INVALID_CURSOR"),
    ] {
        assert_eq!(staff.try_run(LIST, json!({ "page": page })).await.codes(), [code], "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbours_company_is_another_one() {
    let shop = Shop::open().await;
    let query = "{ organisations { nodes { id code } } }";
    let ours = shop.staff("CUSTOMER_READ").run(query, json!({})).await["organisations"]["nodes"].take();
    let theirs = shop.neighbour().staff("CUSTOMER_READ").run(query, json!({})).await["organisations"]["nodes"].take();
    assert_eq!(ours[0]["code"], theirs[0]["code"]);
    assert_ne!(ours[0]["id"], theirs[0]["id"]);
    let node = "query ($id: ID!) { node(id: $id) { id } }";
    let found = async |client: Client, id: &Value| client.run(node, json!({ "id": id })).await["node"]["id"].take();
    assert_eq!(found(shop.staff("CUSTOMER_READ"), &ours[0]["id"]).await, ours[0]["id"]);
    assert_eq!(found(shop.staff("CUSTOMER_READ"), &theirs[0]["id"]).await, Value::Null);
    for other in [shop.anonymous(), shop.customer("layla"), shop.staff("CUSTOMER_MANAGE")] {
        assert_eq!(found(other, &ours[0]["id"]).await, Value::Null, "not theirs to see");
    }
}
