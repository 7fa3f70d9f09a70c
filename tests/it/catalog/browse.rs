//! Looking at products.

use serde_json::json;
use tests::shop::Shop;

const PRODUCTS: &str = "{ products { nodes { slug name contentLanguage { tag } } } }";

fn slugs(data: &serde_json::Value) -> Vec<&str> {
    data["products"]["nodes"].as_array().unwrap().iter().map(|node| node["slug"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_shown_the_newest_first_in_arabic_unless_asked_otherwise() {
    let shop = Shop::open().await;
    let arabic = shop.anonymous().run(PRODUCTS, json!({})).await;
    assert_eq!(slugs(&arabic), ["incense", "dallah", "cup", "dates", "tea", "coffee"]);
    assert_eq!(arabic["products"]["nodes"][5]["name"], "قهوة حرازية");

    let english = shop.anonymous().in_language("en").run(PRODUCTS, json!({})).await;
    assert_eq!(english["products"]["nodes"][5]["name"], "Harazi coffee");
    let cup = json!({ "slug": "cup", "name": "فنجان", "contentLanguage": { "tag": "ar" } });
    assert_eq!(english["products"]["nodes"][2], cup, "what is not translated is shown in the language it has");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_shows_what_it_sells_in_its_currency() {
    let shop = Shop::open().await;
    let kuwait = shop.anonymous().in_channel("web-kw");
    let shown = kuwait.run(PRODUCTS, json!({})).await;
    assert_eq!(slugs(&shown), ["incense", "dallah", "dates", "tea", "coffee"]);

    let query =
        r#"{ productVariant(by: { sku: "DALLAH" }) { price { amount currencyCode } compareAtPrice { amount } } }"#;
    let priced = kuwait.run(query, json!({})).await;
    let in_dinars = json!({ "price": { "amount": "18.750", "currencyCode": "KWD" }, "compareAtPrice": null });
    assert_eq!(priced["productVariant"], in_dinars);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_is_shown_once_its_time_has_come() {
    let shop = Shop::open().await;
    let query = r#"{ product(by: { slug: "lantern" }) { name } }"#;
    assert_eq!(shop.anonymous().run(query, json!({})).await, json!({ "product": null }));
    shop.later(std::time::Duration::from_hours(24 * 31));
    assert_eq!(shop.anonymous().run(query, json!({})).await["product"]["name"], "Ramadan lantern");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_longer_page_costs_no_more_statements() {
    let shop = Shop::open().await;
    let query = "query ($n: Int) { products(page: { first: $n }) { nodes {
        name category { name } variants { name price { amount } availability { quantity } } } } }";
    let page = async |n| shop.anonymous().run(query, json!({ "n": n })).await;
    let (one, n_for_one) = shop.counted(page(1)).await;
    let (six, n_for_six) = shop.counted(page(6)).await;
    assert_eq!((n_products(&one), n_products(&six)), (1, 6));
    assert_eq!(n_for_one, n_for_six);
}

fn n_products(data: &serde_json::Value) -> usize {
    data["products"]["nodes"].as_array().unwrap().len()
}
