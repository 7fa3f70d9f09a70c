//! Carts that do not become orders.

use serde_json::{Value, json};
use tests::{
    client::{Client, codes},
    shop::Shop,
    world::alula,
};

use crate::cart::{
    read::{cart_with, delivery, line, read},
    refusal::{refused, try_it, wrong},
};

/// What checkout is asked with a cart; each time with another key.
fn input(client: &Client, cart: &str) -> Value {
    json!({ "cart": cart, "idempotencyKey": client.key() })
}

/// What each place holds of all that is sold.
async fn stock(shop: &Shop) -> Value {
    let query = "{ products { nodes { variants { sku stock { location onHand reserved } } } } }";
    shop.staff("STOCK_READ").run(query, json!({})).await
}

/// Has a checkout refused in both languages, and nothing changed by it: neither the cart, nor the stock, nor the
/// count of orders.
async fn refused_whole(shop: &Shop, client: &Client, input: Value, wanted: &[&str]) {
    let cart = input["cart"].as_str().unwrap().to_owned();
    let before = (read(client, &cart).await, stock(shop).await);
    refused(client, "checkoutComplete", input, wanted).await;
    assert_eq!((read(client, &cart).await, stock(shop).await), before);
    let orders = shop.staff("ORDER_READ").run("{ orders { totalCount } }", json!({})).await;
    assert_eq!(orders["orders"]["totalCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_cart_is_no_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[], "CASH_ON_DELIVERY").await;
    refused_whole(&shop, &guest, input(&guest, &id), &["CART_EMPTY cart"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_a_cart_lacks_is_told_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let wanted = [
        "CONTACT_REQUIRED cart.email",
        "ADDRESS_REQUIRED cart.shippingAddress",
        "DELIVERY_METHOD_REQUIRED cart.deliveryMethod",
        "PAYMENT_METHOD_REQUIRED cart.paymentMethod",
    ];
    refused_whole(&shop, &guest, input(&guest, &id), &wanted).await;
    guest.steps(&id, json!([{ "contactSet": { "email": "sara@example.com" } }])).await;
    refused_whole(&shop, &guest, input(&guest, &id), &wanted[1..]).await;
    guest.steps(&id, json!([{ "shippingAddressSet": { "address": alula() } }])).await;
    refused_whole(&shop, &guest, input(&guest, &id), &wanted[2..]).await;
    let standard = delivery(&read(&guest, &id).await, "standard");
    guest.steps(&id, json!([{ "deliveryMethodSet": { "deliveryMethod": standard } }])).await;
    refused_whole(&shop, &guest, input(&guest, &id), &wanted[3..]).await;
    guest.steps(&id, json!([{ "paymentMethodSet": { "paymentMethod": "BANK_TRANSFER" } }])).await;
    assert_eq!(guest.checkout(&id).await.number, "W1001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_of_delivery_that_the_new_address_does_not_have_is_told() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let express = delivery(&read(&guest, &id).await, "express");
    guest.steps(&id, json!([{ "deliveryMethodSet": { "deliveryMethod": express } }])).await;
    guest.steps(&id, json!([{ "shippingAddressSet": { "address": alula() } }])).await;
    refused_whole(&shop, &guest, input(&guest, &id), &["DELIVERY_METHOD_UNAVAILABLE cart.deliveryMethod"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_to_pay_that_is_not_taken_any_more_is_told() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    shop.db_execute("DELETE FROM channel_payment WHERE method = 'CASH_ON_DELIVERY'").await;
    refused_whole(&shop, &guest, input(&guest, &id), &["PAYMENT_METHOD_UNAVAILABLE cart.paymentMethod"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_total_that_is_not_the_one_agreed_to_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let agreed = |total: &str| json!({ "cart": id, "idempotencyKey": guest.key(), "expectedTotal": total });
    for other in ["44.49", "0", "-44.50", "44.51", "1000000"] {
        refused_whole(&shop, &guest, agreed(other), &["TOTAL_CHANGED expectedTotal"]).await;
    }
    for wrong in ["", "44.500001", "44,50", "SAR 44.50", "\0", "1e2"] {
        refused_whole(&shop, &guest, agreed(wrong), &["INVALID_AMOUNT expectedTotal"]).await;
    }
    shop.db_execute("UPDATE list_price SET amount_minor = 1380 WHERE amount_minor = 1150").await;
    let payload = try_it(&guest.clone().in_language("en"), "checkoutComplete", agreed("44.50")).await;
    let error = &payload["userErrors"][0];
    assert_eq!(
        (&error["code"], &error["params"]),
        (&json!("TOTAL_CHANGED"), &json!([{ "name": "total", "value": "46.80" }]))
    );
    let said = "The order total is now \u{2068}SAR\u{a0}46.80\u{2069}. Please review it and confirm your purchase.";
    assert_eq!(error["message"], said);
    assert_eq!(codes(&try_it(&guest, "checkoutComplete", agreed("46.8")).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_was_changed_since_it_was_seen_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let version = read(&guest, &id).await["version"].as_i64().unwrap();
    let seen = |version: i64| json!({ "cart": id, "idempotencyKey": guest.key(), "expectedVersion": version });
    refused_whole(&shop, &guest, seen(version - 1), &["CONFLICT expectedVersion"]).await;
    assert_eq!(codes(&try_it(&guest, "checkoutComplete", seen(version)).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_lines_of_which_there_is_too_little_are_told_with_what_there_is() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let wanted = [("INCENSE", 1), ("TEA", 18), ("COFFEE-250-DARK", 1), ("DATES", 5)];
    let id = guest.cart_ready(&wanted, "CASH_ON_DELIVERY").await;
    let cart = read(&guest, &id).await;
    let payload = try_it(&guest, "checkoutComplete", input(&guest, &id)).await;
    let mut short: Vec<_> = payload["userErrors"].as_array().unwrap().iter().collect();
    short.sort_by_key(|error| error["params"][0]["value"].as_str().unwrap().parse::<i64>().unwrap());
    for (error, (sku, available)) in short.iter().zip([("INCENSE", "0"), ("DATES", "4"), ("TEA", "17")]) {
        assert_eq!(error["code"], "OUT_OF_STOCK");
        assert_eq!(error["field"], json!(["cart", "lines", line(&cart, sku)]), "{sku}");
        assert_eq!(error["params"], json!([{ "name": "available", "value": available }]), "{sku}");
    }
    assert_eq!(short.len(), 3);
    assert_eq!(short[0]["message"], "نفدت الكمية من هذا المنتج.");
    assert_eq!(short[1]["message"], "لم يتبقَّ من هذا المنتج سوى \u{2068}4\u{2069} قطع.");
    assert_eq!(short[2]["message"], "لم يتبقَّ من هذا المنتج سوى \u{2068}17\u{2069} قطعة.");
    let told = wrong(&payload);
    refused_whole(&shop, &guest, input(&guest, &id), &told.iter().map(String::as_str).collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sold_any_more_keeps_a_cart_from_becoming_an_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1), ("CUP", 1)], "CASH_ON_DELIVERY").await;
    let tea = line(&read(&guest, &id).await, "TEA");
    shop.db_execute("DELETE FROM publication WHERE product_id IN (SELECT id FROM product WHERE slug = 'tea')").await;
    let told = format!("VARIANT_NOT_SOLD_HERE cart.lines.{tea}");
    refused_whole(&shop, &guest, input(&guest, &id), &[&told]).await;
    guest.steps(&id, json!([{ "linesRemove": { "lines": [tea] } }])).await;
    assert_eq!(guest.checkout(&id).await.number, "W1001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_of_nothing_but_what_is_not_sold_any_more_is_no_order() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let tea = line(&read(&guest, &id).await, "TEA");
    shop.db_execute("DELETE FROM list_price WHERE variant_id IN (SELECT id FROM variant WHERE sku = 'TEA')").await;
    let told = format!("VARIANT_NOT_SOLD_HERE cart.lines.{tea}");
    refused_whole(&shop, &guest, input(&guest, &id), &[&told]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn to_pay_by_card_one_needs_a_card_of_the_gateway_and_a_way_back() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CARD").await;
    let by = |token: &str, url: &str| json!({ "cart": id, "idempotencyKey": guest.key(), "card": { "token": token, "returnUrl": url } });
    let (card, way_back) = ("tok_approved", "https://shop.example/return");
    refused_whole(&shop, &guest, input(&guest, &id), &["REQUIRED card"]).await;
    for (token, code) in [
        ("4111111111111111", "INVALID_CARD"),
        ("tok_", "INVALID_CARD"),
        ("", "REQUIRED"),
        ("tok_approved\0x", "CONTROL_CHARACTER"),
    ] {
        refused_whole(&shop, &guest, by(token, way_back), &[format!("{code} card.token").as_str()]).await;
    }
    let long = format!("https://shop.example/{}", "a".repeat(2000));
    for url in ["", "shop.example", "javascript:alert(1)", "ftp://shop.example", "https://shop.example/\u{202e}", &long]
    {
        refused_whole(&shop, &guest, by(card, url), &["INVALID_URL card.returnUrl"]).await;
    }
    let both = ["INVALID_CARD card.token", "INVALID_URL card.returnUrl"];
    refused_whole(&shop, &guest, by("4111111111111111", "javascript:alert(1)"), &both).await;
    assert_eq!(guest.checkout_by_card(&id, card).await.number, "W1001");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_becomes_an_order_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    guest.checkout(&id).await;
    let before = stock(&shop).await;
    refused(&guest, "checkoutComplete", input(&guest, &id), &["CART_COMPLETED cart"]).await;
    assert_eq!(stock(&shop).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_cart_is_not_found() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let id = layla.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let before = read(&layla, &id).await;
    let neighbour = shop.neighbour().customer("layla");
    for other in
        [shop.anonymous(), shop.customer("omar"), shop.staff_all(), neighbour, layla.clone().in_channel("app-sa")]
    {
        refused(&other, "checkoutComplete", input(&other, &id), &["NOT_FOUND cart"]).await;
    }
    assert_eq!(read(&layla, &id).await, before);
    let unknown = input(&layla, "cart_01h455vb4pex5vsknk084sn02q");
    refused(&layla, "checkoutComplete", unknown, &["NOT_FOUND cart"]).await;
    assert_eq!(layla.checkout(&id).await.number, "W1001");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_is_wrong_with_the_input_is_told_at_once() {
    let shop = Shop::open().await;
    let input = json!({
        "cart": "order_01h455vb4pex5vsknk084sn02q", "idempotencyKey": " ", "card": { "token": "4111111111111111", "returnUrl": "x" },
    });
    let wanted =
        ["REQUIRED idempotencyKey", "INVALID_ID cart", "INVALID_CARD card.token", "INVALID_URL card.returnUrl"];
    refused(&shop.anonymous(), "checkoutComplete", input, &wanted).await;
}
