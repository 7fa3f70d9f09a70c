//! What is not let into a cart.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::{
    read::{cart_with, line, lines, read},
    refusal::{refused, try_it},
};
use crate::catalog::many;

const UNKNOWN: &str = "variant_01h455vb4pex5vsknk084sn02q";

#[tokio::test(flavor = "multi_thread")]
async fn quantities_are_from_1_to_999() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let (tea, variant) = (line(&before, "TEA"), shop.variant("TEA").await);
    for (n, code) in [
        (0_i64, "QUANTITY_NOT_POSITIVE"),
        (-1, "QUANTITY_NOT_POSITIVE"),
        (i64::MIN, "QUANTITY_NOT_POSITIVE"),
        (1000, "QUANTITY_TOO_LARGE"),
        (i64::from(i32::MAX), "QUANTITY_TOO_LARGE"),
        (1 << 32 | 1, "QUANTITY_TOO_LARGE"),
        (i64::MAX, "QUANTITY_TOO_LARGE"),
    ] {
        let wanted = [format!("{code} lines.0.quantity")];
        let wanted = [wanted[0].as_str()];
        let add = json!([{ "variant": variant, "quantity": n }]);
        refused(&guest, "cartLinesAdd", json!({ "cart": id, "lines": add }), &wanted).await;
        refused(&guest, "cartCreate", json!({ "lines": add }), &wanted).await;
        let set = json!([{ "line": tea, "quantity": n }]);
        refused(&guest, "cartLinesUpdate", json!({ "cart": id, "lines": set }), &wanted).await;
    }
    for n in [json!(1.5), json!("2"), json!(1e30), Value::Null] {
        let query =
            "mutation ($input: CartLinesAddInput!) { cartLinesAdd(input: $input) { cart { id } userErrors { code } } }";
        let input = json!({ "input": { "cart": id, "lines": [{ "variant": variant, "quantity": n }] } });
        let reply = guest.try_run(query, input).await;
        assert_eq!((reply.codes(), &reply.body["data"]), (vec!["MALFORMED_QUERY"], &Value::Null), "{n}");
    }
    assert_eq!(read(&guest, &id).await, before);
    let most = json!({ "cart": id, "lines": [{ "line": tea, "quantity": 999 }] });
    assert_eq!(codes(&try_it(&guest, "cartLinesUpdate", most).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn variants_that_are_unknown_or_not_sold_here_are_refused() {
    let later = Shop::open().await;
    later.later(Duration::from_hours(24 * 31));
    let lantern = later.variant("LANTERN").await;
    later.close().await;

    let shop = Shop::open().await;
    let cup = shop.variant("CUP").await;
    let product =
        shop.anonymous().run(r#"{ product(by: { slug: "tea" }) { id } }"#, json!({})).await["product"]["id"].take();
    let theirs = shop.neighbour().variant("TEA").await;
    let kuwait = shop.anonymous().in_channel("web-kw");
    let id = cart_with(&kuwait, &[("TEA", 1)]).await;
    let before = read(&kuwait, &id).await;
    for (variant, code) in [
        (json!(UNKNOWN), "NOT_FOUND"),
        (json!(theirs), "NOT_FOUND"),
        (product, "INVALID_ID"),
        (json!("TEA"), "INVALID_ID"),
        (json!(""), "INVALID_ID"),
        (json!("variant_\u{0}"), "INVALID_ID"),
        (json!(cup), "VARIANT_NOT_SOLD_HERE"),
        (json!(lantern), "VARIANT_NOT_SOLD_HERE"),
    ] {
        let wanted = format!("{code} lines.1.variant");
        let tea = json!({ "variant": shop.variant("TEA").await, "quantity": 1 });
        let input = json!({ "cart": id, "lines": [tea, { "variant": variant, "quantity": 1 }] });
        refused(&kuwait, "cartLinesAdd", input, &[&wanted]).await;
    }
    assert_eq!(read(&kuwait, &id).await, before, "the tea before it was not put in either");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_named_twice_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1), ("CUP", 1)]).await;
    let before = read(&guest, &id).await;
    let (tea, cup) = (line(&before, "TEA"), line(&before, "CUP"));
    let to = |line: &str, n: u32| json!({ "line": line, "quantity": n });
    let update = json!({ "cart": id, "lines": [to(&tea, 2), to(&cup, 2), to(&tea, 3)] });
    refused(&guest, "cartLinesUpdate", update, &["DUPLICATE lines.2.line"]).await;
    refused(&guest, "cartLinesRemove", json!({ "cart": id, "lines": [cup, tea, cup] }), &["DUPLICATE lines.2"]).await;
    assert_eq!(read(&guest, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_have_at_least_one_item_and_200_at_most() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let (tea, variant) = (line(&before, "TEA"), shop.variant("TEA").await);
    for (mutation, item) in [
        ("cartLinesAdd", json!({ "variant": variant, "quantity": 1 })),
        ("cartLinesUpdate", json!({ "line": tea, "quantity": 2 })),
        ("cartLinesRemove", json!(tea)),
    ] {
        let many = json!({ "cart": id, "lines": vec![item; 201] });
        refused(&guest, mutation, many, &["TOO_LONG lines"]).await;
        refused(&guest, mutation, json!({ "cart": id, "lines": [] }), &["REQUIRED lines"]).await;
    }
    let create = json!({ "lines": vec![json!({ "variant": variant, "quantity": 1 }); 201] });
    refused(&guest, "cartCreate", create, &["TOO_LONG lines"]).await;
    refused(&guest, "cartUpdate", json!({ "cart": id, "steps": [] }), &["REQUIRED steps"]).await;
    let steps = |n: usize| json!({ "cart": id, "steps": vec![json!({ "languageSet": { "language": "en" } }); n] });
    refused(&guest, "cartUpdate", steps(51), &["TOO_LONG steps"]).await;
    assert_eq!(read(&guest, &id).await, before);
    assert_eq!(codes(&try_it(&guest, "cartUpdate", steps(50)).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_has_200_lines_at_most() {
    let shop = Shop::open().await;
    let guest = many::guest(&shop).await;
    let mut variants = Vec::new();
    let mut after = Value::Null;
    while variants.len() < many::N_PRODUCTS {
        let query =
            "query ($page: Paging!) { products(page: $page) { nodes { variants { id } } pageInfo { endCursor } } }";
        let mut page = guest.run(query, json!({ "page": { "first": 100, "after": after } })).await["products"].take();
        variants.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["variants"][0]["id"].clone()));
        after = page["pageInfo"]["endCursor"].take();
    }
    let wishes: Vec<_> = variants.iter().map(|variant| json!({ "variant": variant, "quantity": 1 })).collect();
    let made = try_it(&guest, "cartCreate", json!({ "lines": wishes[..199] })).await;
    let id = made["cart"]["id"].as_str().expect("a cart");
    let two_more = json!({ "cart": id, "lines": wishes[199..] });
    refused(&guest, "cartLinesAdd", two_more.clone(), &["CART_TOO_MANY_LINES lines"]).await;
    let said = try_it(&guest, "cartLinesAdd", two_more).await;
    assert_eq!(said["userErrors"][0]["params"], json!([{ "name": "max", "value": "200" }]));
    assert_eq!(lines(&read(&guest, id).await).len(), 199);

    let add = |wishes: &[Value]| json!({ "cart": id, "lines": wishes });
    assert_eq!(codes(&try_it(&guest, "cartLinesAdd", add(&wishes[199..200])).await), [""; 0]);
    refused(&guest, "cartLinesAdd", add(&wishes[200..]), &["CART_TOO_MANY_LINES lines"]).await;
    assert_eq!(codes(&try_it(&guest, "cartLinesAdd", add(&wishes[..1])).await), [""; 0], "more of one that is in it");
    let full = read(&guest, id).await;
    assert_eq!((lines(&full).len(), &full["totalQuantity"]), (200, &json!(201)));
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_checked() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let long = format!("{}@example.com", "a".repeat(243));
    for (email, code) in [
        ("nobody", "INVALID_EMAIL"),
        ("@example.com", "INVALID_EMAIL"),
        ("sara@example", "INVALID_EMAIL"),
        ("sara@exa mple.com", "INVALID_EMAIL"),
        ("Sara <sara@example.com>", "INVALID_EMAIL"),
        ("sara@example.com, omar@example.com", "INVALID_EMAIL"),
        ("", "REQUIRED"),
        (" \u{200f} ", "REQUIRED"),
        (&long, "TOO_LONG"),
        ("sara\0@example.com", "CONTROL_CHARACTER"),
        ("sara@example.com\r\nBcc: omar@example.com", "CONTROL_CHARACTER"),
        ("sara\u{202e}@example.com", "DIRECTION_OVERRIDE"),
    ] {
        let wanted = format!("{code} email");
        refused(&guest, "cartContactSet", json!({ "cart": id, "email": email }), &[&wanted]).await;
        refused(&guest, "cartCreate", json!({ "email": email }), &[&wanted]).await;
    }
    for (phone, code) in [
        ("12345", "INVALID_PHONE"),
        ("0112345678", "INVALID_PHONE"),
        ("+96651234567", "INVALID_PHONE"),
        ("+966512345678901", "INVALID_PHONE"),
        ("+9665a2345678", "INVALID_PHONE"),
        ("call me", "INVALID_PHONE"),
        ("+966512345\0678", "INVALID_PHONE"),
        ("", "REQUIRED"),
    ] {
        let input = json!({ "cart": id, "email": "sara@example.com", "phone": phone });
        refused(&guest, "cartContactSet", input, &[format!("{code} phone").as_str()]).await;
    }
    let both = json!({ "cart": id, "email": "nobody", "phone": "1" });
    refused(&guest, "cartContactSet", both, &["INVALID_EMAIL email", "INVALID_PHONE phone"]).await;
    assert_eq!(read(&guest, &id).await, before);

    let folded = json!({ "cart": id, "email": "sara@example.com", "phone": "\u{202a}٠٥٠ ١٢٣-٤٥٦٧\u{202c}" });
    assert_eq!(codes(&try_it(&guest, "cartContactSet", folded).await), [""; 0]);
    assert_eq!(read(&guest, &id).await["phone"], "+966501234567");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_the_channel_does_not_offer_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    for language in ["fr", "", "arabic", "\0"] {
        let wanted = &["UNSUPPORTED_LANGUAGE language"];
        refused(&guest, "cartLanguageSet", json!({ "cart": id, "language": language }), wanted).await;
        refused(&guest, "cartCreate", json!({ "language": language }), wanted).await;
    }
    assert_eq!(read(&guest, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_to_pay_that_the_channel_does_not_take_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    shop.db_execute("DELETE FROM channel_payment WHERE method = 'CASH_ON_DELIVERY'").await;
    let before = read(&guest, &id).await;
    let by_cash = json!({ "cart": id, "paymentMethod": "CASH_ON_DELIVERY" });
    refused(&guest, "cartPaymentMethodSet", by_cash, &["PAYMENT_METHOD_UNAVAILABLE paymentMethod"]).await;
    let query = "mutation ($input: CartPaymentMethodSetInput!) { cartPaymentMethodSet(input: $input) { cart { id } } }";
    let by_barter = json!({ "input": { "cart": id, "paymentMethod": "BARTER" } });
    assert_eq!(guest.try_run(query, by_barter).await.codes(), ["MALFORMED_QUERY"]);
    assert_eq!(read(&guest, &id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_wrong_fields_of_all_steps_are_told_at_once() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 1)]).await;
    let before = read(&guest, &id).await;
    let steps = json!([
        { "linesAdd": { "lines": [{ "variant": "x", "quantity": 0 }] } },
        { "contactSet": { "email": "nobody", "phone": "1" } },
        { "languageSet": { "language": "en" } },
        { "languageSet": { "language": "fr" } },
        { "shippingAddressSet": { "address": { "name": "", "phone": "1", "country": "SA" } } },
        { "deliveryMethodSet": { "deliveryMethod": "variant_01h455vb4pex5vsknk084sn02q" } },
        { "linesUpdate": { "lines": [{ "line": "x", "quantity": 1 }] } },
        { "linesRemove": { "lines": ["x"] } },
    ]);
    let wanted = [
        "INVALID_ID steps.0.linesAdd.lines.0.variant",
        "QUANTITY_NOT_POSITIVE steps.0.linesAdd.lines.0.quantity",
        "INVALID_EMAIL steps.1.contactSet.email",
        "INVALID_PHONE steps.1.contactSet.phone",
        "UNSUPPORTED_LANGUAGE steps.3.languageSet.language",
        "REQUIRED steps.4.shippingAddressSet.address.name",
        "INVALID_PHONE steps.4.shippingAddressSet.address.phone",
        "REQUIRED steps.4.shippingAddressSet.address.buildingNumber",
        "REQUIRED steps.4.shippingAddressSet.address.street",
        "REQUIRED steps.4.shippingAddressSet.address.district",
        "REQUIRED steps.4.shippingAddressSet.address.city",
        "REQUIRED steps.4.shippingAddressSet.address.postalCode",
        "INVALID_ID steps.5.deliveryMethodSet.deliveryMethod",
        "INVALID_ID steps.6.linesUpdate.lines.0.line",
        "INVALID_ID steps.7.linesRemove.lines.0",
    ];
    refused(&guest, "cartUpdate", json!({ "cart": id, "steps": steps }), &wanted).await;
    assert_eq!(read(&guest, &id).await, before);
}
