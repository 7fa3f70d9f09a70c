//! What a channel sells, for how much, and how much of it.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

const VARIANT: &str = "query ($sku: String!) { productVariant(by: { sku: $sku }) {
    price { amount currencyCode fractionDigits } compareAtPrice { amount } availability { isAvailable quantity } } }";

async fn variant(client: &Client, sku: &str) -> Value {
    client.run(VARIANT, json!({ "sku": sku })).await["productVariant"].take()
}

/// Whether it can be had, and how many units of it.
async fn available(client: &Client, sku: &str) -> (bool, i64) {
    let availability = variant(client, sku).await["availability"].take();
    (availability["isAvailable"].as_bool().unwrap(), availability["quantity"].as_i64().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_variant_costs_what_the_channel_asks() {
    let shop = Shop::open().await;
    let in_riyals = variant(&shop.anonymous(), "DALLAH").await;
    assert_eq!(in_riyals["price"], json!({ "amount": "230.00", "currencyCode": "SAR", "fractionDigits": 2 }));
    assert_eq!(in_riyals["compareAtPrice"], json!({ "amount": "287.50" }));
    let in_dinars = variant(&shop.anonymous().in_channel("web-kw"), "TEA").await;
    assert_eq!(in_dinars["price"], json!({ "amount": "1.000", "currencyCode": "KWD", "fractionDigits": 3 }));
    assert_eq!(in_dinars["compareAtPrice"], Value::Null);

    let query = r#"{ product(by: { slug: "coffee" }) { priceRange { lowest { amount } highest { amount } } } }"#;
    let range = shop.anonymous().run(query, json!({})).await;
    let wanted = json!({ "lowest": { "amount": "46.00" }, "highest": { "amount": "86.25" } });
    assert_eq!(range["product"]["priceRange"], wanted);
    let range = shop.anonymous().in_channel("web-kw").run(query, json!({})).await;
    let wanted = json!({ "lowest": { "amount": "3.750" }, "highest": { "amount": "7.000" } });
    assert_eq!(range["product"]["priceRange"], wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_has_what_its_places_have() {
    let shop = Shop::open().await;
    let [web, app, kuwait] = ["web-sa", "app-sa", "web-kw"].map(|channel| shop.anonymous().in_channel(channel));
    assert_eq!(available(&web, "TEA").await, (true, 17));
    assert_eq!(available(&app, "TEA").await, (true, 15), "without Dammam");
    assert_eq!(available(&kuwait, "TEA").await, (true, 10), "Riyadh alone");
    assert_eq!(available(&web, "INCENSE").await, (false, 0));
    assert_eq!(available(&web, "COFFEE-250-LIGHT").await, (true, 50), "300, of which 50 are told");

    shop.order(&[("TEA", 12)]).await;
    assert_eq!(available(&web, "TEA").await, (true, 5));
    assert_eq!(available(&app, "TEA").await, (true, 3));
    assert_eq!(available(&kuwait, "TEA").await, (false, 0), "Riyadh gave all it had");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_channel_does_not_show_is_not_there() {
    let shop = Shop::open().await;
    let query =
        r#"query { product(by: { slug: "cup" }) { id variants { id } } productVariant(by: { sku: "CUP" }) { id } }"#;
    let here = shop.anonymous().run(query, json!({})).await;
    let (product, variant) = (&here["product"]["id"], &here["product"]["variants"][0]["id"]);
    assert_eq!(here["productVariant"]["id"], *variant);

    for channel in ["app-sa", "web-kw"] {
        let there = shop.anonymous().in_channel(channel);
        assert_eq!(there.run(query, json!({})).await, json!({ "product": null, "productVariant": null }), "{channel}");
        let query = "query ($product: ID!, $variant: ID!) { product(by: { id: $product }) { id }
            productVariant(by: { id: $variant }) { id } one: node(id: $product) { id } other: node(id: $variant) { id } }";
        let none = json!({ "product": null, "productVariant": null, "one": null, "other": null });
        assert_eq!(there.run(query, json!({ "product": product, "variant": variant })).await, none, "{channel}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_published_yet_is_not_there_by_any_name() {
    let shop = Shop::open().await;
    let query = r#"{ product(by: { slug: "lantern" }) { id } productVariant(by: { sku: "LANTERN" }) { id }
        products { totalCount } }"#;
    let guest = shop.anonymous();
    let none = json!({ "product": null, "productVariant": null, "products": { "totalCount": 6 } });
    assert_eq!(guest.run(query, json!({})).await, none);
    assert_eq!(shop.staff_all().run(query, json!({})).await, none, "not even for staff");
    shop.later(Duration::from_hours(24 * 31) - Duration::from_hours(9) - Duration::from_millis(1));
    assert_eq!(guest.run(query, json!({})).await, none, "a moment before");
    shop.later(Duration::from_millis(1));
    let there = guest.run(query, json!({})).await;
    assert_eq!(there["products"]["totalCount"], 7);
    assert!(there["product"]["id"].is_string() && there["productVariant"]["id"].is_string(), "{there}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_bought_is_shown_but_not_the_product_that_was_taken_down() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let order = layla.order(&[("TEA", 1)]).await;
    shop.db_execute("DELETE FROM publication WHERE product_id IN (SELECT id FROM product WHERE slug = 'tea')").await;
    let query =
        "query ($id: ID!) { order(by: { id: $id }) { lines { sku productName variant { sku product { slug } } } } }";
    let read = layla.run(query, json!({ "id": order.id })).await;
    let line = json!({ "sku": "TEA", "productName": "شاي بالنعناع", "variant": { "sku": "TEA", "product": null } });
    assert_eq!(read["order"]["lines"], json!([line]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_channels_say_what_they_are() {
    let shop = Shop::open().await;
    let query =
        "{ channels { code name currencyCode country languages { tag direction } } context { channel { code } } }";
    let told = shop.anonymous().in_channel("web-kw").in_language("en").run(query, json!({})).await;
    let languages = json!([{ "tag": "ar", "direction": "RTL" }, { "tag": "en", "direction": "LTR" }]);
    let channel = |code: &str, name: &str, currency: &str, country: &str| json!({ "code": code, "name": name, "currencyCode": currency, "country": country, "languages": languages });
    assert_eq!(
        told["channels"],
        json!([
            channel("web-sa", "Web shop", "SAR", "SA"),
            channel("app-sa", "Mobile app", "SAR", "SA"),
            channel("web-kw", "Web shop, Kuwait", "KWD", "KW"),
        ])
    );
    assert_eq!(told["context"]["channel"]["code"], "web-kw");
}
