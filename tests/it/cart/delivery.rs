//! Ways of delivery, and what they cost.

use serde_json::{Value, json};
use tests::{
    client::{Client, codes},
    shop::Shop,
    world::{alula, kuwait, riyadh},
};

use super::{
    read::{cart_with, delivery, read, total},
    refusal::{refused, try_it},
};

/// The ways of delivery from a channel to an address: code, price, surcharge and days.
async fn ways(client: &Client, address: Value) -> Vec<String> {
    let id = cart_with(client, &[("TEA", 1)]).await;
    client.steps(&id, json!([{ "shippingAddressSet": { "address": address } }])).await;
    let cart = read(client, &id).await;
    let way = |way: &Value| {
        let (price, surcharge) = (&way["price"]["amount"], &way["remoteAreaSurcharge"]["amount"]);
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        format!("{} {} {} {}-{}", text(&way["code"]), text(price), text(surcharge), way["daysMin"], way["daysMax"])
    };
    cart["deliveryOptions"].as_array().unwrap().iter().map(way).collect()
}

fn in_city(city: &str) -> Value {
    let mut address = riyadh();
    address["city"] = json!(city);
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn delivery_costs_what_its_zone_costs() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    for city in ["الرياض", "Riyadh", "riyadh", "رياض", "الريَاض", "AL-RIYADH"] {
        let wanted = ["standard 18.00 0.00 1-2", "express 35.00 0.00 0-1"];
        assert_eq!(ways(&guest, in_city(city)).await, wanted, "{city}");
    }
    for city in ["العلا", "العُلا", "AlUla", "alula"] {
        assert_eq!(ways(&guest, in_city(city)).await, ["standard 45.00 20.00 5-9"], "{city} is remote");
    }
    for city in ["جدة", "Jeddah", "anywhere"] {
        assert_eq!(ways(&guest, in_city(city)).await, ["standard 25.00 0.00 3-6"], "{city}");
    }
    let there = guest.in_channel("web-kw");
    assert_eq!(ways(&there, kuwait()).await, ["standard 2.000 0.000 3-6"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ways_of_delivery_and_payment_are_named_in_the_readers_language() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let query = "query ($id: ID!) { cart(id: $id) { deliveryOptions { name price { formatted(digits: ARABIC) } }
        deliveryMethod { name } paymentOptions { method name fee { amount } } paymentMethod { name } } }";
    let arabic = guest.run(query, json!({ "id": id })).await["cart"].take();
    assert_eq!(
        arabic["deliveryOptions"][1],
        json!({ "name": "توصيل سريع", "price": { "formatted": "\u{200f}٣٥٫٠٠\u{a0}ر.س.\u{200f}" } })
    );
    assert_eq!(arabic["deliveryMethod"]["name"], "توصيل عادي");
    let english = guest.in_language("en").run(query, json!({ "id": id })).await["cart"].take();
    assert_eq!(english["deliveryOptions"][1]["name"], "Express delivery");
    assert_eq!(english["deliveryMethod"]["name"], "Standard delivery");
    let methods = ["CARD", "CASH_ON_DELIVERY", "BANK_TRANSFER"];
    for (at, (method, fee)) in methods.into_iter().zip(["0.00", "15.00", "0.00"]).enumerate() {
        let (ar, en) = (&arabic["paymentOptions"][at], &english["paymentOptions"][at]);
        assert_eq!((&en["method"], &en["fee"]["amount"]), (&json!(method), &json!(fee)));
        assert_ne!(ar["name"], en["name"]);
    }
    assert_eq!(english["paymentMethod"]["name"], english["paymentOptions"][1]["name"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_does_not_lead_to_the_address_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let elsewhere = cart_with(&guest, &[]).await;
    guest.steps(&elsewhere, json!([{ "shippingAddressSet": { "address": riyadh() } }])).await;
    let express = delivery(&read(&guest, &elsewhere).await, "express");
    let set = |method: &str| json!({ "cart": id, "deliveryMethod": method });
    refused(&guest, "cartDeliveryMethodSet", set(&express), &["ADDRESS_REQUIRED deliveryMethod"]).await;

    guest.steps(&id, json!([{ "shippingAddressSet": { "address": in_city("جدة") } }])).await;
    let before = read(&guest, &id).await;
    for method in [express.as_str(), "delivery_01h455vb4pex5vsknk084sn02q"] {
        refused(&guest, "cartDeliveryMethodSet", set(method), &["DELIVERY_METHOD_UNAVAILABLE deliveryMethod"]).await;
    }
    for method in ["express", "", "variant_01h455vb4pex5vsknk084sn02q"] {
        refused(&guest, "cartDeliveryMethodSet", set(method), &["INVALID_ID deliveryMethod"]).await;
    }
    assert_eq!(read(&guest, &id).await, before);
    let steps = json!([
        { "deliveryMethodSet": { "deliveryMethod": express } },
        { "shippingAddressSet": { "address": riyadh() } },
    ]);
    let wanted = ["DELIVERY_METHOD_UNAVAILABLE steps.0.deliveryMethodSet.deliveryMethod"];
    refused(&guest, "cartUpdate", json!({ "cart": id, "steps": steps }), &wanted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_the_new_address_does_not_have_is_not_chosen_any_more() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CARD").await;
    let express = delivery(&read(&guest, &id).await, "express");
    assert_eq!(
        codes(&try_it(&guest, "cartDeliveryMethodSet", json!({ "cart": id, "deliveryMethod": express })).await),
        [""; 0]
    );
    assert_eq!(total(&read(&guest, &id).await, "total"), "46.50");
    guest.steps(&id, json!([{ "shippingAddressSet": { "address": alula() } }])).await;
    let there = read(&guest, &id).await;
    assert_eq!(
        (&there["deliveryMethod"], total(&there, "delivery"), total(&there, "total")),
        (&Value::Null, "0.00", "11.50")
    );

    let standard = delivery(&there, "standard");
    guest.steps(&id, json!([{ "deliveryMethodSet": { "deliveryMethod": standard } }])).await;
    assert_eq!(total(&read(&guest, &id).await, "total"), "56.50", "with the surcharge");
    guest.steps(&id, json!([{ "shippingAddressSet": { "address": riyadh() } }])).await;
    let there = read(&guest, &id).await;
    assert_eq!(
        (&there["deliveryMethod"]["code"], total(&there, "total")),
        (&json!("standard"), "29.50"),
        "at Riyadh's price"
    );
}
