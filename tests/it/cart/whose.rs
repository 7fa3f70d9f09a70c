//! Whose a cart is.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::{
    read::{cart_with, line, lines, read},
    refusal::{refused, try_it},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_customers_cart_is_theirs_alone() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let id = cart_with(&layla, &[("TEA", 1)]).await;
    let before = read(&layla, &id).await;
    let tea = line(&before, "TEA");
    let neighbour = shop.neighbour().customer("layla");
    for other in
        [shop.anonymous(), shop.customer("omar"), shop.staff_all(), neighbour, layla.clone().in_channel("web-kw")]
    {
        assert_eq!(read(&other, &id).await, Value::Null);
        for (mutation, mut input) in [
            ("cartLinesUpdate", json!({ "lines": [{ "line": tea, "quantity": 5 }] })),
            ("cartLinesRemove", json!({ "lines": [tea] })),
            ("cartContactSet", json!({ "email": "sara@example.com" })),
            ("cartUpdate", json!({ "steps": [{ "languageSet": { "language": "en" } }] })),
        ] {
            input["cart"] = json!(id);
            refused(&other, mutation, input, &["NOT_FOUND cart"]).await;
        }
    }
    assert_eq!(read(&layla, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_cart_is_open_to_whoever_knows_its_id_in_its_channel() {
    let shop = Shop::open().await;
    let id = cart_with(&shop.anonymous(), &[("TEA", 1)]).await;
    assert_eq!(lines(&read(&shop.customer("layla"), &id).await), [("TEA", 1)]);
    for other in [shop.anonymous().in_channel("app-sa"), shop.neighbour().anonymous()] {
        assert_eq!(read(&other, &id).await, Value::Null);
        refused(&other, "cartLanguageSet", json!({ "cart": id, "language": "en" }), &["NOT_FOUND cart"]).await;
    }
    assert_eq!(read(&shop.anonymous(), &id).await["version"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_is_not_there_is_not_found_by_any_mutation() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let there = cart_with(&guest, &[("TEA", 1)]).await;
    let tea = line(&read(&guest, &there).await, "TEA");
    let inputs = [
        ("cartLinesAdd", json!({ "lines": [{ "variant": shop.variant("TEA").await, "quantity": 1 }] })),
        ("cartLinesUpdate", json!({ "lines": [{ "line": tea, "quantity": 5 }] })),
        ("cartLinesRemove", json!({ "lines": [tea] })),
        ("cartContactSet", json!({ "email": "sara@example.com" })),
        ("cartShippingAddressSet", json!({ "address": tests::world::riyadh() })),
        ("cartDeliveryMethodSet", json!({ "deliveryMethod": "delivery_01h455vb4pex5vsknk084sn02q" })),
        ("cartPaymentMethodSet", json!({ "paymentMethod": "CARD" })),
        ("cartLanguageSet", json!({ "language": "en" })),
        ("cartUpdate", json!({ "steps": [{ "languageSet": { "language": "en" } }] })),
    ];
    for (mutation, mut input) in inputs {
        input["cart"] = json!("cart_01h455vb4pex5vsknk084sn02q");
        refused(&guest, mutation, input.clone(), &["NOT_FOUND cart"]).await;
        for id in ["order_01h455vb4pex5vsknk084sn02q", "cart", "", "cart_\0"] {
            input["cart"] = json!(id);
            refused(&guest, mutation, input.clone(), &["INVALID_ID cart"]).await;
        }
    }
    assert_eq!(read(&guest, "cart_01h455vb4pex5vsknk084sn02q").await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_another_cart_is_not_found() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (mine, other) = (cart_with(&guest, &[("TEA", 1)]).await, cart_with(&guest, &[("TEA", 2)]).await);
    let theirs = line(&read(&guest, &other).await, "TEA");
    let update = json!({ "cart": mine, "lines": [{ "line": theirs, "quantity": 5 }] });
    refused(&guest, "cartLinesUpdate", update, &["NOT_FOUND lines.0.line"]).await;
    refused(&guest, "cartLinesRemove", json!({ "cart": mine, "lines": [theirs] }), &["NOT_FOUND lines.0"]).await;
    assert_eq!(lines(&read(&guest, &other).await), [("TEA", 2)]);
    assert_eq!(
        try_it(&guest, "cartLinesRemove", json!({ "cart": other, "lines": [theirs] })).await["cart"]["version"],
        2
    );
}
