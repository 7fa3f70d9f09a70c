//! Coupons in carts and orders.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::ask::{
    add_coupon, change, issue, issue_for, off_order, plain, promote, steps, try_promote, usage, with_coupons,
};
use crate::{
    cart::refusal::{refused, try_it, wrong},
    fulfilment::ask::{text, try_set},
};

async fn complete(client: &Client, cart: &str) -> Value {
    let input = json!({ "cart": cart, "idempotencyKey": client.key() });
    try_it(client, "checkoutComplete", input).await
}

async fn coupons(client: &Client, cart: &str) -> Value {
    client.run("query ($id: ID!) { cart(id: $id) { coupons } }", json!({ "id": cart })).await["cart"]["coupons"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_read_as_it_is_typed_and_taken_out_again() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let eid = with_coupons(&shop, "eid", "10").await;
    issue(&shop, &eid, json!({ "code": "Eid-2026" })).await;
    issue(&shop, &eid, json!({ "code": "EID-VIP" })).await;
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&guest, &cart).await, (vec![], vec![]), "nobody is told of it");
    assert_eq!(add_coupon(&guest, &cart, " eid-٢٠٢٦ ").await["userErrors"], json!([]));
    assert_eq!(coupons(&guest, &cart).await, json!(["EID-2026"]));
    assert_eq!(steps(&guest, &cart).await.0, [("eid".to_owned(), "2.30".to_owned())]);
    assert_eq!(add_coupon(&guest, &cart, "eid-vip").await["userErrors"], json!([]));
    assert_eq!(coupons(&guest, &cart).await, json!(["EID-VIP"]), "one for the same promotion is in its place");
    assert_eq!(steps(&guest, &cart).await.0.len(), 1);
    let out = try_it(&guest, "cartCouponRemove", json!({ "cart": cart, "code": "eid-vip" })).await;
    assert_eq!(out["userErrors"], json!([]));
    assert_eq!((coupons(&guest, &cart).await, steps(&guest, &cart).await.0), (json!([]), vec![]));
    refused(&guest, "cartCouponRemove", json!({ "cart": cart, "code": "EID-VIP" }), &["NOT_FOUND code"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_that_is_none_is_refused_each_with_its_own_code() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let eid = with_coupons(&shop, "eid", "10").await;
    let gone = issue(&shop, &eid, json!({ "code": "GONE" })).await;
    issue_for(&shop, &eid, json!({ "code": "ONCE" }), json!(1)).await;
    let mut later = off_order("10");
    later["needsCoupon"] = json!(true);
    let later = promote(&shop, "later", later, json!({ "startsAt": shop.in_hours(5) })).await;
    issue(&shop, &later, json!({ "code": "LATER" })).await;
    let theirs = with_coupons(shop.neighbour(), "theirs", "10").await;
    issue(shop.neighbour(), &theirs, json!({ "code": "THEIRS" })).await;
    let revoked = try_set(&shop.staff_all(), "couponRevoke", "coupon { revokedAt }", json!({ "coupon": gone })).await;
    assert_ne!(revoked["coupon"]["revokedAt"], Value::Null);
    let again = try_set(&shop.staff_all(), "couponRevoke", "coupon { id }", json!({ "coupon": gone })).await;
    assert_eq!(wrong(&again), ["NOT_FOUND coupon"]);

    let used = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    add_coupon(&guest, &used, "ONCE").await;
    guest.checkout(&used).await;
    for (code, refusal) in [
        ("", "REQUIRED code"),
        ("ab", "TOO_SHORT code"),
        ("a b c d", "INVALID_CODE code"),
        ("UNKNOWN", "COUPON_NOT_FOUND code"),
        ("THEIRS", "COUPON_NOT_FOUND code"),
        ("LATER", "COUPON_NOT_FOUND code"),
        ("GONE", "COUPON_EXPIRED code"),
        ("ONCE", "COUPON_USED_UP code"),
    ] {
        refused(&guest, "cartCouponAdd", json!({ "cart": cart, "code": code }), &[refusal]).await;
    }
    for n in 0..11 {
        let more = with_coupons(&shop, &format!("more-{n}"), "1").await;
        issue(&shop, &more, json!({ "code": format!("MORE-{n}") })).await;
        let added = add_coupon(&guest, &cart, &format!("MORE-{n}")).await;
        let expected: &[&str] = if n < 10 { &[] } else { &["TOO_MANY_COUPONS code"] };
        assert_eq!(wrong(&added), expected, "{n}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_counts_on_a_coupon_is_not_sold_without_it() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let eid = with_coupons(&shop, "eid", "10").await;
    let coupon = issue(&shop, &eid, json!({ "code": "EID" })).await;
    issue_for(&shop, &eid, json!({ "code": "ONCE" }), json!(1)).await;
    let with = async |code: &str| {
        let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
        assert_eq!(add_coupon(&guest, &cart, code).await["userErrors"], json!([]));
        cart
    };
    let (first, second) = (with("ONCE").await, with("ONCE").await);
    let placed = guest.checkout(&first).await;
    assert_eq!(wrong(&complete(&guest, &second).await), ["COUPON_USED_UP cart.coupons.ONCE"]);
    let cart = with("EID").await;
    try_set(&shop.staff_all(), "couponRevoke", "coupon { id }", json!({ "coupon": coupon })).await;
    assert_eq!(wrong(&complete(&guest, &cart).await), ["COUPON_EXPIRED cart.coupons.EID"]);
    try_it(&guest, "cartCouponRemove", json!({ "cart": cart, "code": "EID" })).await;
    guest.checkout(&cart).await;
    // What a cancelled order used can be used again.
    shop.make(&["orderCancel"], &placed.id).await;
    guest.checkout(&second).await;
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_has_codes_that_cannot_be_guessed_and_each_is_good_once() {
    let shop = plain().await;
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let eid = with_coupons(&shop, "eid", "10").await;
    let batch = json!({ "batch": { "prefix": "eid", "count": 1_000_000 } });
    issue_for(&shop, &eid, batch, json!(1)).await;
    let query = "query ($from: Int!) { coupon(code: \"EID\") { count codes(offset: $from, first: 3) } }";
    let codes = async |from: i64| staff.run(query, json!({ "from": from })).await["coupon"]["codes"].take();
    // The batch itself is no coupon that anybody has.
    assert_eq!(codes(0).await, Value::Null);
    let listed = "{ promotion(by: { code: \"eid\" }) { coupons { totalCount nodes { count codes(offset: 999998, first: 9) } } } }";
    let listed = staff.run(listed, json!({})).await["promotion"]["coupons"].take();
    assert_eq!((&listed["totalCount"], &listed["nodes"][0]["count"]), (&json!(1), &json!(1_000_000)));
    let codes: Vec<_> = listed["nodes"][0]["codes"].as_array().unwrap().iter().map(text).collect();
    assert_eq!((codes.len(), codes.iter().collect::<BTreeSet<_>>().len()), (2, 2), "the last two of a million");
    assert!(codes.iter().all(|code| code.starts_with("EID-") && code.len() == 16), "{codes:?}");

    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    let mut guessed = codes[0].clone();
    let last = guessed.pop().unwrap();
    guessed.push(if last == 'Z' { 'Y' } else { 'Z' });
    for wrong in ["EID", guessed.as_str(), "EID-000000000000"] {
        refused(&guest, "cartCouponAdd", json!({ "cart": cart, "code": wrong }), &["COUPON_NOT_FOUND code"]).await;
    }
    assert_eq!(add_coupon(&guest, &cart, &codes[0].to_lowercase()).await["userErrors"], json!([]));
    guest.checkout(&cart).await;
    let next = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(wrong(&add_coupon(&guest, &next, &codes[0]).await), ["COUPON_USED_UP code"]);
    assert_eq!(add_coupon(&guest, &next, &codes[1]).await["userErrors"], json!([]));
    let found = staff.run("query ($code: String!) { coupon(code: $code) { code } }", json!({ "code": codes[1] })).await;
    assert_eq!(found["coupon"]["code"], "EID");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_uses_a_promotion_as_often_as_they_may() {
    let shop = plain().await;
    let (layla, omar, guest) = (shop.customer("layla"), shop.customer("omar"), shop.anonymous());
    promote(&shop, "once", off_order("10"), json!({ "limits": { "ordersMaxPerCustomer": 1 } })).await;
    let cart = layla.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&layla, &cart).await.0.len(), 1);
    let placed = layla.checkout(&cart).await;
    let again = layla.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&layla, &again).await.1, [("once".to_owned(), "You have already used “once”.".to_owned())]);
    let his = omar.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&omar, &his).await.0.len(), 1);
    let theirs = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&guest, &theirs).await.1[0].1, "“once” is for customers who are signed in.");
    shop.make(&["orderCancel"], &placed.id).await;
    assert_eq!(steps(&layla, &again).await.0.len(), 1, "the order was cancelled");
    assert_eq!(usage(&shop, "once").await, (0, "0.00".to_owned()));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promotion_ends_when_it_is_said_to() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = promote(&shop, "short", off_order("10"), json!({ "endsAt": shop.in_hours(1) })).await;
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&guest, &cart).await.0.len(), 1);
    shop.later(std::time::Duration::from_hours(1));
    assert_eq!(steps(&guest, &cart).await.0.len(), 0);
    change(&shop, &id, json!({ "endsAt": null, "currencyCode": null, "channels": ["web-kw"], "rule": off_order("5") }))
        .await;
    let (here, there) = (guest.clone(), guest.in_channel("web-kw"));
    assert_eq!(steps(&here, &cart).await.0.len(), 0);
    let cart = there.cart_ready(&[("TEA", 2)], "CASH_ON_DELIVERY").await;
    assert_eq!(steps(&there, &cart).await.0, [("short".to_owned(), "0.100".to_owned())], "percent know no currency");
    let input = json!({ "promotion": id, "nameEn": "x", "expectedVersion": 1 });
    assert_eq!(wrong(&try_promote(&shop, "promotionUpdate", input).await), ["CONFLICT expectedVersion"]);
}
