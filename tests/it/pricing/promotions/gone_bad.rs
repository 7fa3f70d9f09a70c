//! Coupons that are worth nothing any more while they are in a cart.

use serde_json::{Value, json};
use tests::{
    client::{Client, PASSWORD},
    shop::Shop,
};

use super::ask::{add_coupon, change, issue, issue_for, off_order, plain, steps, with_coupons};
use crate::{
    cart::refusal::{try_it, wrong},
    fulfilment::ask::{text, try_set},
};

/// What a cart warns of.
async fn warned(client: &Client, cart: &str) -> Vec<String> {
    let query = "query ($id: ID!) { cart(id: $id) { warnings { code coupon message } } }";
    let english = client.clone().in_language("en");
    let cart = english.run(query, json!({ "id": cart })).await["cart"].take();
    let warnings = cart["warnings"].as_array().unwrap();
    let told = warnings.iter().map(|one| [&one["code"], &one["coupon"], &one["message"]].map(text).join(" "));
    told.map(|one| one.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

async fn with(client: &Client, code: &str) -> String {
    let cart = client.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(add_coupon(client, &cart, code).await["userErrors"], json!([]));
    cart
}

async fn completed(client: &Client, cart: &str) -> Value {
    try_it(client, "checkoutComplete", json!({ "cart": cart, "idempotencyKey": client.key() })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_that_went_bad_is_told_in_the_cart_where_it_is() {
    let shop: Shop = plain().await;
    let guest = shop.anonymous();
    let eid = with_coupons(&shop, "eid", "10").await;
    let revoked = issue(&shop, &eid, json!({ "code": "GONE" })).await;
    let once = with_coupons(&shop, "once", "10").await;
    issue_for(&shop, &once, json!({ "code": "ONCE" }), json!(1)).await;
    let elsewhere = with_coupons(&shop, "elsewhere", "10").await;
    issue(&shop, &elsewhere, json!({ "code": "THERE" })).await;
    let mut carts = Vec::new();
    for code in ["GONE", "ONCE", "THERE"] {
        carts.push(with(&guest, code).await);
        assert_eq!(warned(&guest, carts.last().unwrap()).await, [""; 0], "{code}");
    }
    try_set(&shop.staff_all(), "couponRevoke", "coupon { id }", json!({ "coupon": revoked })).await;
    guest.checkout(&with(&guest, "ONCE").await).await;
    change(&shop, &elsewhere, json!({ "currencyCode": null, "rule": { "needsCoupon": true, "effect": off_order("10")["effect"] }, "channels": ["web-kw"] })).await;
    for (cart, (code, warning, refusal)) in carts.iter().zip([
        ("GONE", "COUPON_EXPIRED GONE The coupon GONE is no longer valid.", "COUPON_EXPIRED"),
        ("ONCE", "COUPON_USED_UP ONCE The coupon ONCE has already been used up.", "COUPON_USED_UP"),
        ("THERE", "COUPON_NOT_FOUND THERE We do not know the coupon THERE any more.", "COUPON_NOT_FOUND"),
    ]) {
        assert_eq!(warned(&guest, cart).await, [warning]);
        assert_eq!(steps(&guest, cart).await.0, [], "{code}");
        assert_eq!(wrong(&add_coupon(&guest, cart, code).await), [format!("{refusal} code")], "it is in already");
        assert_eq!(wrong(&completed(&guest, cart).await), [format!("{refusal} cart.coupons.{code}")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_of_a_promotion_that_ended_or_is_used_up_is_told_in_the_cart_as_well() {
    let shop: Shop = plain().await;
    let guest = shop.anonymous();
    let (ended, used) = (with_coupons(&shop, "ended", "10").await, with_coupons(&shop, "used", "10").await);
    issue(&shop, &ended, json!({ "code": "ENDED" })).await;
    issue(&shop, &used, json!({ "code": "USED" })).await;
    let (one, other) = (with(&guest, "ENDED").await, with(&guest, "USED").await);
    change(&shop, &ended, json!({ "endsAt": shop.in_hours(0) })).await;
    change(&shop, &used, json!({ "limits": { "ordersMax": 1 } })).await;
    assert_eq!(warned(&guest, &other).await, [""; 0]);
    guest.checkout(&with(&guest, "USED").await).await;
    assert_eq!(warned(&guest, &one).await, ["COUPON_EXPIRED ENDED The coupon ENDED is no longer valid."]);
    assert_eq!(warned(&guest, &other).await, ["COUPON_USED_UP USED The coupon USED has already been used up."]);
    assert_eq!(wrong(&completed(&guest, &one).await), ["COUPON_EXPIRED cart.coupons.ENDED"]);
    assert_eq!(wrong(&completed(&guest, &other).await), ["COUPON_USED_UP cart.coupons.USED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_coupons_for_one_promotion_the_first_that_is_good_counts() {
    let shop = plain().await;
    let (guest, layla) = (shop.anonymous(), shop.customer("layla"));
    let honey = with_coupons(&shop, "honey", "10").await;
    issue_for(&shop, &honey, json!({ "code": "HOX" }), json!(1)).await;
    issue_for(&shop, &honey, json!({ "code": "HOY" }), json!(1)).await;
    let hers = with(&layla, "HOX").await;
    guest.checkout(&with(&guest, "HOX").await).await;
    let before = with(&guest, "HOY").await;
    let input = json!({ "email": "layla@customer.example", "password": PASSWORD, "cart": before });
    let merged = try_set(&guest, "signIn", "cart { id coupons }", input).await;
    assert_eq!(merged["cart"], json!({ "id": hers, "coupons": ["HOX", "HOY"] }));
    assert_eq!(steps(&layla, &hers).await.0, [("honey".to_owned(), "4.60".to_owned())], "of both cups");
    assert_eq!(warned(&layla, &hers).await, ["COUPON_USED_UP HOX The coupon HOX has already been used up."]);
    layla.checkout(&hers).await;
    let late = shop.anonymous().cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    assert_eq!(wrong(&add_coupon(&shop.anonymous(), &late, "HOY").await), ["COUPON_USED_UP code"], "it was counted");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_coupon_any_more_is_taken_off_those_who_have_a_bad_one() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let eid = with_coupons(&shop, "eid", "10").await;
    issue_for(&shop, &eid, json!({ "code": "ONCE" }), json!(1)).await;
    let cart = with(&guest, "ONCE").await;
    guest.checkout(&with(&guest, "ONCE").await).await;
    assert_eq!(steps(&guest, &cart).await.0, []);
    change(&shop, &eid, json!({ "rule": off_order("10") })).await;
    assert_eq!(steps(&guest, &cart).await.0, [("eid".to_owned(), "2.30".to_owned())]);
    guest.checkout(&cart).await;
    shop.verify().await;
}
