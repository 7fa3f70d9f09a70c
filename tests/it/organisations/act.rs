//! A customer buys for a company.

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{buying_for, company, join, leave, suspend, unit};
use crate::{cart::read::cart_with, inventory::ask::told, orders::ask::done};

/// For whom a cart is bought: the codes of the company and the unit.
async fn bought_for(client: &Client, cart: &str) -> (Value, Value) {
    let query = "query ($id: ID!) { cart(id: $id) { organisation { code } organisationUnit { code } } }";
    let mut cart = client.run(query, json!({ "id": cart })).await["cart"].take();
    (cart["organisation"]["code"].take(), cart["organisationUnit"]["code"].take())
}

/// Changes a cart.
async fn touch(client: &Client, cart: &str) {
    let query = "mutation ($input: CartLanguageSetInput!) { cartLanguageSet(input: $input) { userErrors { code } } }";
    client.done(query, json!({ "input": { "cart": cart, "language": "EN" } })).await;
}

const ASK: &str = "{ context { organisation { id } } }";

#[tokio::test(flavor = "multi_thread")]
async fn only_a_member_buys_for_a_company_and_the_answer_says_for_which() {
    let shop = Shop::open().await;
    let (wadi, other) = (company(&shop, "wadi").await, company(&shop, "other").await);
    join(&shop, &wadi, None, &["layla"]).await;
    let reply = buying_for(shop.customer("layla"), &wadi).try_run(ASK, json!({})).await;
    assert_eq!((reply.status, &reply.body["extensions"]["context"]["organisation"]), (200, &json!(wadi)), "{reply}");
    assert_eq!(reply.body["data"]["context"]["organisation"]["id"], json!(wadi));
    let alone = shop.customer("layla").try_run(ASK, json!({})).await;
    assert_eq!(alone.body["extensions"]["context"]["organisation"], Value::Null);
    let nobodys = "organisation_01h455vb4pex5vsknk084sn02q";
    let theirs = company(shop.neighbour(), "wadi").await;
    join(shop.neighbour(), &theirs, None, &["layla"]).await;
    let refused = [
        buying_for(shop.customer("layla"), &other),
        buying_for(shop.customer("layla"), nobodys),
        buying_for(shop.customer("layla"), &theirs),
        buying_for(shop.customer("layla"), "wadi"),
        buying_for(shop.customer("layla"), ""),
        buying_for(shop.customer("omar"), &wadi),
        buying_for(shop.anonymous(), &wadi),
        buying_for(shop.staff_all(), &wadi),
        buying_for(shop.neighbour().customer("layla"), &wadi),
    ];
    for client in refused {
        for (language, said) in [("ar", "لا يمكنك الشراء باسم هذه الشركة."), ("en", "You cannot buy for this company.")]
        {
            let reply = client.clone().in_language(language).try_run(ASK, json!({})).await;
            assert_eq!((reply.status, reply.codes()), (400, vec!["ORGANISATION_UNKNOWN"]), "{reply}");
            assert_eq!(reply.body["errors"][0]["message"], said);
        }
    }
    suspend(&shop, &wadi, true).await;
    let reply = buying_for(shop.customer("layla"), &wadi).try_run(ASK, json!({})).await;
    assert_eq!(reply.codes(), ["ORGANISATION_UNKNOWN"], "a suspended company");
    suspend(&shop, &wadi, false).await;
    buying_for(shop.customer("layla"), &wadi).run(ASK, json!({})).await;
    leave(&shop, &wadi, &["layla"]).await;
    let reply = buying_for(shop.customer("layla"), &wadi).try_run(ASK, json!({})).await;
    assert_eq!(reply.codes(), ["ORGANISATION_UNKNOWN"], "no member any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_bought_for_whom_it_was_changed_for_last_as_long_as_its_customer_may() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let north = unit(&shop, &wadi, "north", None).await;
    join(&shop, &wadi, Some(&north), &["layla"]).await;
    let (layla, buyer) = (shop.customer("layla"), buying_for(shop.customer("layla"), &wadi));
    let for_wadi = (json!("wadi"), json!("north"));
    let cart = cart_with(&buyer, &[("TEA", 1)]).await;
    assert_eq!(bought_for(&layla, &cart).await, for_wadi, "whoever of hers looks at it");
    touch(&layla, &cart).await;
    assert_eq!(bought_for(&buyer, &cart).await, (Value::Null, Value::Null));
    touch(&buyer, &cart).await;
    assert_eq!(bought_for(&layla, &cart).await, for_wadi);
    // A guest's cart comes to hers at sign-in: for whom that is bought stays.
    let guests = cart_with(&shop.anonymous(), &[("CUP", 1)]).await;
    let query =
        "mutation ($input: SignInInput!) { signIn(input: $input) { cart { id organisation { code } lines { id } }
        userErrors { code } } }";
    let input = json!({ "email": "layla@customer.example", "password": tests::client::PASSWORD, "cart": guests });
    let merged = shop.anonymous().done(query, json!({ "input": input })).await["cart"].take();
    assert_eq!((&merged["id"], &merged["organisation"]["code"]), (&json!(cart), &json!("wadi")));
    assert_eq!(merged["lines"].as_array().unwrap().len(), 2);

    suspend(&shop, &wadi, true).await;
    assert_eq!(bought_for(&layla, &cart).await, (Value::Null, Value::Null));
    suspend(&shop, &wadi, false).await;
    assert_eq!(bought_for(&layla, &cart).await, for_wadi);
    leave(&shop, &wadi, &["layla"]).await;
    assert_eq!(bought_for(&layla, &cart).await, (Value::Null, Value::Null));

    // What anybody sees who knows its id is bought for no company, whoever changes it.
    let open = cart_with(&shop.anonymous(), &[("CUP", 1)]).await;
    join(&shop, &wadi, None, &["layla"]).await;
    touch(&buyer, &open).await;
    assert_eq!(bought_for(&buyer, &open).await, (Value::Null, Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_keeps_for_whom_it_was_bought() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    let north = unit(&shop, &wadi, "north", None).await;
    join(&shop, &wadi, Some(&north), &["layla"]).await;
    let (layla, buyer) = (shop.customer("layla"), buying_for(shop.customer("layla"), &wadi));
    let theirs = buyer.order(&[("TEA", 1)]).await;
    let hers = layla.order(&[("TEA", 1)]).await;
    leave(&shop, &wadi, &["layla"]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { organisation { id } organisationUnit { code } } }";
    let seen = layla.run(query, json!({ "id": theirs.id })).await["order"].take();
    assert_eq!(seen, json!({ "organisation": { "id": wadi }, "organisationUnit": { "code": "north" } }));
    let seen = shop.staff("ORDER_READ").run(query, json!({ "id": hers.id })).await["order"].take();
    assert_eq!(seen, json!({ "organisation": null, "organisationUnit": null }));
    let query = "query ($id: ID!) { orders(filter: { organisation: $id }) { totalCount nodes { id } } }";
    let found = shop.staff("ORDER_READ").run(query, json!({ "id": wadi })).await["orders"].take();
    assert_eq!(found, json!({ "totalCount": 1, "nodes": [{ "id": theirs.id }] }));
    let csv = shop.staff("ORDER_READ").get(&format!("/export/orders?organisation={wadi}")).await;
    assert_eq!(csv.status, 200, "{csv}");
    assert!(csv.body.as_str().unwrap().contains(&theirs.number) && !csv.body.as_str().unwrap().contains(&hers.number));
    let wrong = shop.staff("ORDER_READ").get("/export/orders?organisation=wadi").await;
    assert_eq!(wrong.codes(), ["INVALID_PARAMETER"]);
    done(&shop.staff_all(), "orderConfirm", &theirs.id, json!({})).await;
    assert_eq!(told(&shop, "order.placed").await.len(), 2);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_places_orders_for_companies_too() {
    let shop = Shop::open().await;
    let wadi = company(&shop, "wadi").await;
    join(&shop, &wadi, None, &["layla"]).await;
    let buyer = buying_for(shop.customer("layla"), &wadi);
    let cart = buyer.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let submit = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } userErrors { code } } }";
    buyer.done(submit, json!({ "input": { "cart": cart, "idempotencyKey": buyer.key() } })).await;
    shop.work().await;
    let query = "{ myOrders { nodes { organisation { code } organisationUnit { code } } } }";
    let mine = buyer.run(query, json!({})).await["myOrders"]["nodes"].take();
    assert_eq!(mine, json!([{ "organisation": { "code": "wadi" }, "organisationUnit": null }]));
    let mut placed = told(&shop, "order.placed").await.remove(0);
    assert_eq!(placed["organisation"].take(), json!(wadi), "the event says so, too");
    assert_eq!(placed.get("unit"), None);
}
