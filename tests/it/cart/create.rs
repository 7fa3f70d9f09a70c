//! Making carts.

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::{
    read::{cart_with, lines, read, total},
    refusal::{refused, try_it},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_cart_costs_nothing_and_wants_nothing() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = read(&guest, &cart_with(&guest, &[]).await).await;
    assert_eq!((&cart["state"], &cart["version"], &cart["totalQuantity"]), (&json!("OPEN"), &json!(1), &json!(0)));
    assert_eq!(cart["language"]["tag"], "ar");
    for field in ["subtotal", "discount", "delivery", "deliveryDiscount", "paymentFee", "tax", "total"] {
        assert_eq!(total(&cart, field), "0.00");
    }
    for none in ["email", "phone", "shippingAddress", "deliveryMethod", "paymentMethod"] {
        assert_eq!(cart[none], Value::Null, "{none}");
    }
    for none in ["lines", "deliveryOptions", "promotions", "warnings"] {
        assert_eq!(cart[none], json!([]), "{none}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_made_with_lines_contact_and_language() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let input = json!({
        "lines": [{ "variant": tea, "quantity": 2 }, { "variant": cup, "quantity": 1 }, { "variant": tea, "quantity": 1 }],
        "email": " Sara@Example.COM ", "language": "en", "currency": "SAR",
    });
    let made = try_it(&guest, "cartCreate", input).await;
    assert_eq!(codes(&made), [""; 0]);
    let cart = read(&guest, made["cart"]["id"].as_str().unwrap()).await;
    assert_eq!(lines(&cart), [("TEA", 3), ("CUP", 1)], "in the order in which they were put in; the same adds up");
    assert_eq!((&cart["email"], &cart["language"]["tag"]), (&json!("sara@example.com"), &json!("en")));
    assert_eq!((total(&cart, "total"), &cart["totalQuantity"]), ("57.50", &json!(4)));

    let english = guest.in_language("en");
    let cart = read(&english, &cart_with(&english, &[]).await).await;
    assert_eq!(cart["language"]["tag"], "en", "the request's, if none is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_has_one_open_cart_a_channel() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let first = cart_with(&layla, &[("TEA", 2)]).await;
    let again = cart_with(&layla, &[("TEA", 1), ("CUP", 1)]).await;
    assert_eq!(first, again);
    let cart = read(&layla, &first).await;
    assert_eq!((lines(&cart), &cart["version"]), (vec![("TEA", 3), ("CUP", 1)], &json!(2)));
    let mine = layla.run("{ me { cart { id } } }", json!({})).await;
    assert_eq!(mine["me"]["cart"]["id"], first.as_str());

    let app = layla.clone().in_channel("app-sa");
    assert_ne!(cart_with(&app, &[("TEA", 1)]).await, first, "another channel, another cart");
    assert_ne!(cart_with(&shop.customer("omar"), &[("TEA", 1)]).await, first);

    let ready = layla.cart_ready(&[], "CASH_ON_DELIVERY").await;
    assert_eq!(ready, first);
    layla.checkout(&ready).await;
    let next = cart_with(&layla, &[("TEA", 1)]).await;
    assert_ne!(next, first, "the first one became an order");
    assert_eq!(lines(&read(&layla, &next).await), [("TEA", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_a_new_cart_is_told_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let tea = shop.variant("TEA").await;
    let input = json!({
        "lines": [{ "variant": tea, "quantity": 1 }, { "variant": "tea", "quantity": 0 }, { "variant": tea, "quantity": 1000 }],
        "email": "nobody", "language": "fr", "currency": "USD", "idempotencyKey": "",
    });
    let wanted = [
        "REQUIRED idempotencyKey",
        "INVALID_ID lines.1.variant",
        "QUANTITY_NOT_POSITIVE lines.1.quantity",
        "QUANTITY_TOO_LARGE lines.2.quantity",
        "INVALID_EMAIL email",
        "UNSUPPORTED_LANGUAGE language",
        "UNSUPPORTED_CURRENCY currency",
    ];
    refused(&guest, "cartCreate", input, &wanted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_in_another_currency_is_refused() {
    let shop = Shop::open().await;
    for (channel, sold, other) in [("web-sa", "SAR", "KWD"), ("web-kw", "KWD", "SAR")] {
        let guest = shop.anonymous().in_channel(channel);
        for wrong in [other, "sar", "", "\0", "riyal"] {
            refused(&guest, "cartCreate", json!({ "currency": wrong }), &["UNSUPPORTED_CURRENCY currency"]).await;
        }
        assert_eq!(codes(&try_it(&guest, "cartCreate", json!({ "currency": sold })).await), [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_cart_is_not_made() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let unknown = "variant_01h455vb4pex5vsknk084sn02q";
    let lines = json!([{ "variant": tea, "quantity": 1 }, { "variant": unknown, "quantity": 1 }]);
    refused(&layla, "cartCreate", json!({ "lines": lines }), &["NOT_FOUND lines.1.variant"]).await;
    let kuwait = layla.clone().in_channel("web-kw");
    let lines = json!([{ "variant": cup, "quantity": 1 }, { "variant": tea, "quantity": 1 }]);
    refused(&kuwait, "cartCreate", json!({ "lines": lines }), &["VARIANT_NOT_SOLD_HERE lines.0.variant"]).await;
    for client in [layla, kuwait] {
        assert_eq!(client.run("{ me { cart { id } } }", json!({})).await["me"]["cart"], Value::Null);
    }
}
