//! Changing carts.

use serde_json::{Value, json};
use tests::{
    client::codes,
    shop::Shop,
    world::{alula, riyadh},
};

use super::{
    read::{cart_with, delivery, line, lines, read},
    refusal::{refused, try_it, wrong},
};

#[tokio::test(flavor = "multi_thread")]
async fn each_mutation_changes_what_it_names() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let there = read(&guest, &id).await;
    let (tea, cup) = (line(&there, "TEA"), shop.variant("CUP").await);
    let address = riyadh();
    let changes = [
        ("cartLinesAdd", json!({ "lines": [{ "variant": cup, "quantity": 2 }] })),
        ("cartLinesUpdate", json!({ "lines": [{ "line": tea, "quantity": 5 }] })),
        ("cartContactSet", json!({ "email": "Sara@Example.com", "phone": "0501234567" })),
        ("cartShippingAddressSet", json!({ "address": address })),
        ("cartPaymentMethodSet", json!({ "paymentMethod": "CASH_ON_DELIVERY" })),
        ("cartLanguageSet", json!({ "language": "en" })),
    ];
    for (at, (mutation, mut input)) in changes.into_iter().enumerate() {
        input["cart"] = json!(id);
        let changed = try_it(&guest, mutation, input).await;
        assert_eq!((codes(&changed), &changed["cart"]["version"]), (vec![], &json!(at + 2)), "{mutation}");
    }
    let there = read(&guest, &id).await;
    assert_eq!(lines(&there), [("TEA", 5), ("CUP", 2)]);
    assert_eq!((&there["email"], &there["phone"]), (&json!("sara@example.com"), &json!("+966501234567")));
    let shown = there["shippingAddress"].as_object().unwrap();
    let given = shown.iter().filter(|(_, value)| !value.is_null());
    assert_eq!(Value::Object(given.map(|(key, value)| (key.clone(), value.clone())).collect()), address);
    assert_eq!(
        (&there["paymentMethod"]["method"], &there["language"]["tag"]),
        (&json!("CASH_ON_DELIVERY"), &json!("en"))
    );

    let express = json!({ "cart": id, "deliveryMethod": delivery(&there, "express") });
    assert_eq!(codes(&try_it(&guest, "cartDeliveryMethodSet", express).await), [""; 0]);
    let removed = json!({ "cart": id, "lines": [tea] });
    assert_eq!(codes(&try_it(&guest, "cartLinesRemove", removed).await), [""; 0]);
    let there = read(&guest, &id).await;
    assert_eq!((lines(&there), &there["deliveryMethod"]["code"]), (vec![("CUP", 2)], &json!("express")));
    assert_eq!(there["version"], 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_shows_the_cart_as_it_is_now() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("DALLAH", 1)]).await;
    let before = read(&guest, &id).await;
    shop.later(std::time::Duration::from_secs(60));
    let query = "mutation ($input: CartLinesUpdateInput!) { cartLinesUpdate(input: $input) { userErrors { code }
        cart { version updatedAt totals { total { amount } } warnings { code line } } warnings { code line } } }";
    let input = json!({ "cart": id, "lines": [{ "line": line(&before, "DALLAH"), "quantity": 2 }] });
    let changed = guest.done(query, json!({ "input": input })).await;
    assert_eq!(changed["cart"]["totals"]["total"]["amount"], "460.00");
    assert_eq!(changed["warnings"], json!([{ "code": "SHORT_OF_STOCK", "line": line(&before, "DALLAH") }]));
    assert_eq!(changed["warnings"], changed["cart"]["warnings"]);
    assert_eq!(before["updatedAt"], "2026-03-01T09:00:00Z");
    assert_eq!(changed["cart"]["updatedAt"], "2026-03-01T09:01:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_are_taken_in_order_and_later_ones_see_earlier_ones() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let there = guest.steps(&id, json!([{ "shippingAddressSet": { "address": riyadh() } }])).await;
    let express = there["deliveryOptions"][1]["id"].clone();
    assert_eq!(there["deliveryOptions"][1]["code"], "express");
    let other = cart_with(&guest, &[]).await;
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let steps = json!([
        { "linesAdd": { "lines": [{ "variant": cup, "quantity": 1 }] } },
        { "linesAdd": { "lines": [{ "variant": tea, "quantity": 2 }, { "variant": cup, "quantity": 1 }] } },
        { "contactSet": { "email": "first@example.com", "phone": "+96551234567" } },
        { "contactSet": { "email": "second@example.com" } },
        { "shippingAddressSet": { "address": alula() } },
        { "shippingAddressSet": { "address": riyadh() } },
        { "deliveryMethodSet": { "deliveryMethod": express } },
        { "paymentMethodSet": { "paymentMethod": "CARD" } },
        { "languageSet": { "language": "en" } },
    ]);
    guest.steps(&other, steps).await;
    let there = read(&guest, &other).await;
    assert_eq!((lines(&there), &there["version"]), (vec![("CUP", 2), ("TEA", 2)], &json!(2)));
    assert_eq!((&there["email"], &there["phone"]), (&json!("second@example.com"), &json!("+96551234567")));
    assert_eq!(
        (&there["deliveryMethod"]["code"], &there["paymentMethod"]["method"]),
        (&json!("express"), &json!("CARD"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn either_all_steps_are_taken_or_none() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let (tea, unknown) = (line(&before, "TEA"), "variant_01h455vb4pex5vsknk084sn02q");
    let steps = json!([
        { "contactSet": { "email": "sara@example.com" } },
        { "linesUpdate": { "lines": [{ "line": tea, "quantity": 7 }] } },
        { "shippingAddressSet": { "address": alula() } },
        { "linesAdd": { "lines": [{ "variant": unknown, "quantity": 1 }] } },
        { "languageSet": { "language": "en" } },
        { "linesRemove": { "lines": [tea] } },
        { "linesRemove": { "lines": [tea] } },
    ]);
    let wanted = ["NOT_FOUND steps.3.linesAdd.lines.0.variant", "NOT_FOUND steps.6.linesRemove.lines.0"];
    refused(&guest, "cartUpdate", json!({ "cart": id, "steps": steps }), &wanted).await;
    assert_eq!(read(&guest, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_of_a_variant_adds_up_to_the_most_that_a_line_may_have() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("COFFEE-250-DARK", 998)]).await;
    let coffee = shop.variant("COFFEE-250-DARK").await;
    let more = |n: u32| json!({ "cart": id, "lines": [{ "variant": coffee, "quantity": n }] });
    let changed = try_it(&guest, "cartLinesAdd", more(1)).await;
    assert_eq!(codes(&changed), [""; 0]);
    let before = read(&guest, &id).await;
    assert_eq!(lines(&before), [("COFFEE-250-DARK", 999)]);
    refused(&guest, "cartLinesAdd", more(1), &["QUANTITY_TOO_LARGE lines.0.quantity"]).await;
    let said = try_it(&guest, "cartLinesAdd", more(1)).await;
    assert_eq!(said["userErrors"][0]["params"], json!([{ "name": "max", "value": "999" }]));
    assert_eq!(read(&guest, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_a_version_that_is_gone_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let there = guest.steps(&id, json!([{ "shippingAddressSet": { "address": riyadh() } }])).await;
    assert_eq!(there["version"], 2);
    let before = read(&guest, &id).await;
    let (tea, variant) = (line(&before, "TEA"), shop.variant("TEA").await);
    let changes = [
        ("cartLinesAdd", json!({ "lines": [{ "variant": variant, "quantity": 2 }] })),
        ("cartLinesUpdate", json!({ "lines": [{ "line": tea, "quantity": 5 }] })),
        ("cartLinesRemove", json!({ "lines": [tea] })),
        ("cartContactSet", json!({ "email": "sara@example.com" })),
        ("cartShippingAddressSet", json!({ "address": alula() })),
        ("cartDeliveryMethodSet", json!({ "deliveryMethod": delivery(&before, "standard") })),
        ("cartPaymentMethodSet", json!({ "paymentMethod": "CARD" })),
        ("cartLanguageSet", json!({ "language": "en" })),
        ("cartUpdate", json!({ "steps": [{ "languageSet": { "language": "en" } }] })),
    ];
    for (mutation, mut input) in changes {
        input["cart"] = json!(id);
        for version in [1, 3, 0, -1] {
            input["expectedVersion"] = json!(version);
            refused(&guest, mutation, input.clone(), &["CONFLICT expectedVersion"]).await;
        }
    }
    assert_eq!(read(&guest, &id).await, before);
    let seen = json!({ "cart": id, "language": "en", "expectedVersion": 2 });
    assert_eq!(wrong(&try_it(&guest, "cartLanguageSet", seen).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_that_became_an_order_is_not_changed_any_more() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let (tea, method) = {
        let open = read(&guest, &id).await;
        (line(&open, "TEA"), delivery(&open, "standard"))
    };
    guest.checkout(&id).await;
    let before = read(&guest, &id).await;
    assert_eq!((&before["state"], &before["warnings"]), (&json!("COMPLETED"), &json!([])));
    let changes = [
        ("cartLinesAdd", json!({ "lines": [{ "variant": shop.variant("CUP").await, "quantity": 2 }] })),
        ("cartLinesUpdate", json!({ "lines": [{ "line": tea, "quantity": 5 }] })),
        ("cartLinesRemove", json!({ "lines": [tea] })),
        ("cartContactSet", json!({ "email": "sara@example.com" })),
        ("cartShippingAddressSet", json!({ "address": alula() })),
        ("cartDeliveryMethodSet", json!({ "deliveryMethod": method })),
        ("cartPaymentMethodSet", json!({ "paymentMethod": "CARD" })),
        ("cartLanguageSet", json!({ "language": "en" })),
        ("cartUpdate", json!({ "steps": [{ "languageSet": { "language": "en" } }] })),
    ];
    for (mutation, mut input) in changes {
        input["cart"] = json!(id);
        refused(&guest, mutation, input, &["CART_COMPLETED cart"]).await;
    }
    assert_eq!(read(&guest, &id).await, before);
}
