//! Ids of the neighbour find nothing and change nothing: to us there are none.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{
    operations::{reads, writes},
    things::{Things, nobodys},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_the_neighbour_finds_nothing_by_any_query() {
    let shop = Shop::open().await;
    let theirs = Things::of(shop.neighbour()).await;
    let (us, them) = (shop.staff_all(), shop.neighbour().staff_all());
    for read in reads() {
        let id = (read.id)(&theirs);
        let found = them.run(read.query, json!({ "id": id })).await;
        assert_ne!(found, (read.nothing)(), "{}: they find it", read.place);
        for id in [id, &nobodys(id)] {
            let found = us.run(read.query, json!({ "id": id })).await;
            assert_eq!(found, (read.nothing)(), "{}: {id}", read.place);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_the_neighbour_changes_nothing_by_any_mutation() {
    let shop = Shop::open().await;
    let (ours, theirs) = (Things::of(&shop).await, Things::of(shop.neighbour()).await);
    let (their_staff, their_guest) = (shop.neighbour().staff_all(), shop.neighbour().anonymous());
    let before = theirs.seen_by(&their_staff, &their_guest).await;
    for write in writes() {
        let us = if write.is_of_staff() { shop.staff_all() } else { shop.anonymous() };
        let (name, query) = (write.name(), write.query());
        let answer = async |things: &Things, id: &str| {
            us.run(&query, json!({ "input": (write.input)(things, id) })).await[name].take()
        };
        let refused = json!([{ "code": write.code, "field": write.field }]);
        let id = (write.id)(&theirs);
        for id in [id, &nobodys(id)] {
            let said = answer(&ours, id).await;
            assert_eq!(said["userErrors"], refused, "{}: {id}", write.place);
            assert!([Value::Null, json!([])].contains(&said["shown"]), "{}: {id}", write.place);
        }
        assert_eq!(theirs.seen_by(&their_staff, &their_guest).await, before, "{}", write.place);
        let with_ours = answer(&ours, (write.id)(&ours)).await;
        assert_ne!(with_ours["userErrors"], refused, "{}: ours is found", write.place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_and_a_token_of_the_neighbour_show_no_order_though_we_have_one_of_that_number() {
    let shop = Shop::open().await;
    let (ours, theirs) = (Things::of(&shop).await, Things::of(shop.neighbour()).await);
    assert_eq!(ours.order.number, theirs.order.number);
    let query = "query ($by: OrderBy!) { order(by: $by) { id } }";
    let by = |number: &str, token: &str| json!({ "by": { "guest": { "number": number, "token": token } } });
    for guest in [shop.anonymous(), shop.staff_all()] {
        let asked = by(&theirs.order.number, &theirs.order.token);
        assert_eq!(guest.run(query, asked).await["order"], Value::Null);
    }
    let asked = by(&ours.order.number, &ours.order.token);
    assert_eq!(shop.anonymous().run(query, asked).await["order"]["id"], ours.order.id);

    let pay =
        "mutation ($input: OrderPayInput!) { orderPay(input: $input) { order { id } userErrors { code field } } }";
    let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/return" });
    let input = json!({
        "order": theirs.waiting.id, "orderToken": theirs.waiting.token, "card": card, "idempotencyKey": "intruder",
    });
    let refused = shop.anonymous().run(pay, json!({ "input": input })).await;
    assert_eq!(
        refused["orderPay"],
        json!({ "order": null, "userErrors": [{ "code": "NOT_FOUND", "field": ["order"] }] })
    );
    let paid = shop.neighbour().anonymous().run(pay, json!({ "input": input })).await;
    assert_eq!(paid["orderPay"]["order"]["id"], theirs.waiting.id, "to them it is their order's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_the_neighbour_used_is_new_to_us() {
    let shop = Shop::open().await;
    let create =
        "mutation ($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } userErrors { code } } }";
    let mut carts = Vec::new();
    for (tenant, email) in [(shop.neighbour(), "a@customer.example"), (&*shop, "b@customer.example")] {
        let input = json!({ "input": { "email": email, "idempotencyKey": "the same" } });
        carts.push(tenant.anonymous().done(create, input).await["cart"]["id"].take());
    }
    assert_ne!(carts[0], carts[1]);
}
