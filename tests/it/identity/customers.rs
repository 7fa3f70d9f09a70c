//! Customers, as staff see them, and as other customers do not.

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::entering::{register, sara};

const CUSTOMERS: &str = "query ($filter: CustomerFilter!, $page: Paging!) { customers(filter: $filter, page: $page) {
    totalCount pageInfo { hasNextPage endCursor } nodes { id email name phone language { tag } createdAt } } }";

fn emails(listed: &Value) -> Vec<&str> {
    let nodes = listed["customers"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["email"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_the_customers_the_latest_first_and_none_of_the_staff() {
    let shop = Shop::open().await;
    shop.later(std::time::Duration::from_secs(1));
    let registered = register(&shop.anonymous(), sara()).await;
    let staff = shop.staff("CUSTOMER_READ");
    let listed = staff.run(CUSTOMERS, json!({ "filter": {}, "page": {} })).await;
    assert_eq!(listed["customers"]["totalCount"], 3);
    assert_eq!(emails(&listed)[0], "sara@customer.example");
    let mut rest = emails(&listed)[1..].to_vec();
    rest.sort_unstable();
    assert_eq!(rest, ["layla@customer.example", "omar@customer.example"]);
    let wanted = json!({
        "id": registered["account"]["id"], "email": "sara@customer.example", "name": "سارة العتيبي", "phone": null,
        "language": { "tag": "ar" }, "createdAt": "2026-03-01T09:00:01Z",
    });
    assert_eq!(listed["customers"]["nodes"][0], wanted);

    let first = staff.run(CUSTOMERS, json!({ "filter": {}, "page": { "first": 2 } })).await;
    assert_eq!(first["customers"]["pageInfo"]["hasNextPage"], true);
    let after = &first["customers"]["pageInfo"]["endCursor"];
    let second = staff.run(CUSTOMERS, json!({ "filter": {}, "page": { "first": 2, "after": after } })).await;
    assert_eq!([emails(&first), emails(&second)].concat(), emails(&listed));
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_find_a_customer_by_the_whole_address() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_READ");
    for (email, found) in [
        (" Layla@Customer.Example", vec!["layla@customer.example"]),
        ("layla", vec![]),
        ("%", vec![]),
        ("all@staff.example", vec![]),
    ] {
        let listed = staff.run(CUSTOMERS, json!({ "filter": { "email": email }, "page": {} })).await;
        assert_eq!(
            (emails(&listed), listed["customers"]["totalCount"].as_u64()),
            (found.clone(), Some(found.len() as _))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn others_do_not_see_customers() {
    let shop = Shop::open().await;
    let query = "{ customers { nodes { email } } }";
    for (who, code) in [
        (shop.anonymous(), "UNAUTHENTICATED"),
        (shop.customer("layla"), "FORBIDDEN"),
        (shop.staff("ORDER_READ"), "FORBIDDEN"),
        (shop.staff("AUDIT_READ"), "FORBIDDEN"),
    ] {
        let reply = who.try_run(query, json!({})).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec![code], &Value::Null));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_s_cart_is_not_found_and_stays_as_it_is() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let cart = layla.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    let query = "query ($id: ID!) { cart(id: $id) { version totalQuantity email } node(id: $id) { id } }";
    let before = layla.run(query, json!({ "id": cart })).await;
    assert_eq!(before["cart"]["totalQuantity"], 2);

    let update =
        "mutation ($input: CartUpdateInput!) { cartUpdate(input: $input) { cart { id } userErrors { code field } } }";
    let steps = json!([{ "contactSet": { "email": "omar@customer.example" } }]);
    let complete = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
        order { id } userErrors { code field } } }";
    for other in [shop.customer("omar"), shop.anonymous(), shop.staff_all()] {
        assert_eq!(other.run(query, json!({ "id": cart })).await, json!({ "cart": null, "node": null }));
        let updated = other.run(update, json!({ "input": { "cart": cart, "steps": steps } })).await;
        let wanted = json!({ "cart": null, "userErrors": [{ "code": "NOT_FOUND", "field": ["cart"] }] });
        assert_eq!(updated["cartUpdate"], wanted);
        let key = other.key();
        let placed = other.run(complete, json!({ "input": { "cart": cart, "idempotencyKey": key } })).await;
        assert_eq!(codes(&placed["checkoutComplete"]), ["NOT_FOUND"]);
        assert_eq!(placed["checkoutComplete"]["order"], Value::Null);
    }
    assert_eq!(layla.run(query, json!({ "id": cart })).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_customer_s_order_is_not_found() {
    let shop = Shop::open().await;
    let (layla, omar) = (shop.customer("layla"), shop.customer("omar"));
    let placed = layla.order(&[("TEA", 1)]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { id customer { email } } node(id: $id) { id } }";
    let own = layla.run(query, json!({ "id": placed.id })).await;
    assert_eq!(own["order"]["customer"]["email"], "layla@customer.example");
    for other in [omar.clone(), shop.anonymous(), shop.staff("CUSTOMER_READ")] {
        assert_eq!(other.run(query, json!({ "id": placed.id })).await, json!({ "order": null, "node": null }));
    }
    let mine = "{ myOrders { totalCount nodes { id } } }";
    assert_eq!(omar.run(mine, json!({})).await["myOrders"], json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(layla.run(mine, json!({})).await["myOrders"]["nodes"], json!([{ "id": placed.id }]));
    let reply = shop.anonymous().try_run(mine, json!({})).await;
    assert_eq!(reply.codes(), ["UNAUTHENTICATED"]);

    let seen = shop.staff("ORDER_READ").run(query, json!({ "id": placed.id })).await;
    assert_eq!(seen["order"], json!({ "id": placed.id, "customer": null }), "who it is takes another permission");
}
