//! Changes that are asked for twice.

use serde_json::{Value, json};
use tests::{
    client::codes,
    shop::Shop,
    world::{alula, riyadh},
};

use super::{
    read::{cart_with, delivery, line, lines, read},
    refusal::{refused, try_it},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_makes_one_cart() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let create = json!({ "lines": [{ "variant": shop.variant("TEA").await, "quantity": 1 }], "idempotencyKey": "k" });
    let first = try_it(&guest, "cartCreate", create.clone()).await;
    assert_eq!(try_it(&guest, "cartCreate", create.clone()).await, first);
    let mut other = create.clone();
    other["lines"][0]["quantity"] = json!(2);
    refused(&guest, "cartCreate", other, &["IDEMPOTENCY_KEY_REUSED idempotencyKey"]).await;
    let id = first["cart"]["id"].as_str().unwrap();
    assert_eq!(lines(&read(&guest, id).await), [("TEA", 1)]);

    let mut unkeyed = create;
    unkeyed["idempotencyKey"] = Value::Null;
    assert_ne!(try_it(&guest, "cartCreate", unkeyed).await["cart"]["id"], id, "without a key each call makes its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_callers_its_mutations_and_its_tenants() {
    let shop = Shop::open().await;
    let input = json!({ "idempotencyKey": "k" });
    let mut carts = Vec::new();
    for client in [shop.anonymous(), shop.customer("layla"), shop.customer("omar"), shop.neighbour().anonymous()] {
        let made = try_it(&client, "cartCreate", input.clone()).await;
        carts.push(made["cart"]["id"].as_str().unwrap().to_owned());
    }
    let set = json!({ "cart": carts[0], "language": "en", "idempotencyKey": "k" });
    assert_eq!(codes(&try_it(&shop.anonymous(), "cartLanguageSet", set).await), [""; 0], "another mutation's");
    carts.sort();
    carts.dedup();
    assert_eq!(carts.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_changes_a_cart_once_and_other_input_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1), ("CUP", 1)]).await;
    guest.steps(&id, json!([{ "shippingAddressSet": { "address": riyadh() } }])).await;
    let there = read(&guest, &id).await;
    let (tea, cup, variant) = (line(&there, "TEA"), line(&there, "CUP"), shop.variant("TEA").await);
    let (standard, express) = (delivery(&there, "standard"), delivery(&there, "express"));
    let changes = [
        (
            "cartLinesAdd",
            json!({ "lines": [{ "variant": variant, "quantity": 2 }] }),
            json!({ "lines": [{ "variant": variant, "quantity": 3 }] }),
        ),
        (
            "cartLinesUpdate",
            json!({ "lines": [{ "line": tea, "quantity": 5 }] }),
            json!({ "lines": [{ "line": tea, "quantity": 6 }] }),
        ),
        ("cartLinesRemove", json!({ "lines": [cup] }), json!({ "lines": [tea] })),
        (
            "cartContactSet",
            json!({ "email": "sara@example.com" }),
            json!({ "email": "sara@example.com", "phone": "+96551234567" }),
        ),
        ("cartShippingAddressSet", json!({ "address": riyadh() }), json!({ "address": alula() })),
        ("cartDeliveryMethodSet", json!({ "deliveryMethod": standard }), json!({ "deliveryMethod": express })),
        ("cartPaymentMethodSet", json!({ "paymentMethod": "CARD" }), json!({ "paymentMethod": "BANK_TRANSFER" })),
        ("cartLanguageSet", json!({ "language": "en" }), json!({ "language": "ar" })),
        (
            "cartUpdate",
            json!({ "steps": [{ "languageSet": { "language": "en" } }] }),
            json!({ "steps": [{ "languageSet": { "language": "ar" } }] }),
        ),
    ];
    for (mutation, mut input, mut other) in changes {
        input["cart"] = json!(id);
        input["idempotencyKey"] = json!("k");
        let first = try_it(&guest, mutation, input.clone()).await;
        assert_eq!(codes(&first), [""; 0], "{mutation}");
        let after = read(&guest, &id).await;
        assert_eq!(try_it(&guest, mutation, input).await, first, "{mutation}");
        other["cart"] = json!(id);
        other["idempotencyKey"] = json!("k");
        refused(&guest, mutation, other, &["IDEMPOTENCY_KEY_REUSED idempotencyKey"]).await;
        assert_eq!(read(&guest, &id).await, after, "{mutation}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_change_leaves_its_key_free() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[]).await;
    let add =
        |variant: &str| json!({ "cart": id, "lines": [{ "variant": variant, "quantity": 1 }], "idempotencyKey": "k" });
    let unknown = add("variant_01h455vb4pex5vsknk084sn02q");
    refused(&guest, "cartLinesAdd", unknown, &["NOT_FOUND lines.0.variant"]).await;
    let tea = add(&shop.variant("TEA").await);
    assert_eq!(codes(&try_it(&guest, "cartLinesAdd", tea).await), [""; 0]);
    assert_eq!(lines(&read(&guest, &id).await), [("TEA", 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_change_is_not_refused_because_the_first_one_was_made() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let tea = line(&read(&guest, &id).await, "TEA");
    let remove = json!({ "cart": id, "lines": [tea], "expectedVersion": 1, "idempotencyKey": "k" });
    let first = try_it(&guest, "cartLinesRemove", remove.clone()).await;
    assert_eq!(codes(&first), [""; 0]);
    assert_eq!(try_it(&guest, "cartLinesRemove", remove).await, first, "neither CONFLICT nor NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_no_key_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let long = "ك".repeat(101);
    for (key, code) in [
        ("", "REQUIRED"),
        ("  ", "REQUIRED"),
        (&long, "TOO_LONG"),
        ("a\0b", "CONTROL_CHARACTER"),
        ("a\u{202e}b", "DIRECTION_OVERRIDE"),
    ] {
        let set = json!({ "cart": id, "language": "en", "idempotencyKey": key });
        refused(&guest, "cartLanguageSet", set, &[format!("{code} idempotencyKey").as_str()]).await;
    }
    assert_eq!(read(&guest, &id).await, before);
}
