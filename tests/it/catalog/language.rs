//! The language of what is sold.

use serde_json::{Value, json};
use tests::shop::Shop;

const NAMED: &str = "query ($slug: String!, $language: String) { product(by: { slug: $slug }) {
    name(language: $language) contentLanguage { tag direction } } }";

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_product_is_in_the_readers_language() {
    let shop = Shop::open().await;
    let query = r#"{ product(by: { slug: "coffee" }) {
        name description brand contentLanguage { tag direction } category { name parent { name } }
        collections { name } productType { name } attributes { code name value }
        variants { sku name selectedOptions { code name valueCode value } } } }"#;
    let arabic = shop.anonymous().run(query, json!({})).await["product"].take();
    assert_eq!(arabic["description"], "من جبال حراز، على درجتين من التحميص.");
    assert_eq!(arabic["category"], json!({ "name": "القهوة والشاي", "parent": { "name": "الأغذية" } }));
    assert_eq!(arabic["contentLanguage"], json!({ "tag": "ar", "direction": "RTL" }));

    let english = shop.anonymous().in_language("en").run(query, json!({})).await["product"].take();
    assert_eq!(english["name"], "Harazi coffee");
    assert_eq!(english["description"], "From the mountains of Haraz, in two roasts.");
    assert_eq!(english["brand"], "Haraz Roasters");
    assert_eq!(english["contentLanguage"], json!({ "tag": "en", "direction": "LTR" }));
    assert_eq!(english["category"], json!({ "name": "Coffee and tea", "parent": { "name": "Food" } }));
    assert_eq!(english["collections"], json!([{ "name": "Favourites" }]));
    assert_eq!(english["productType"], json!({ "name": "Food" }));
    assert_eq!(english["attributes"], json!([{ "code": "origin", "name": "Country of origin", "value": "Yemen" }]));
    let dark = json!({ "sku": "COFFEE-250-DARK", "name": "250 g / Dark", "selectedOptions": [
        { "code": "weight", "name": "Weight", "valueCode": "250g", "value": "250 g" },
        { "code": "roast", "name": "Roast", "valueCode": "dark", "value": "Dark" },
    ] });
    assert_eq!(english["variants"][1], dark);
    assert_eq!(arabic["variants"][1]["name"], "٢٥٠ جرامًا / داكن");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_translated_is_shown_in_the_language_it_has() {
    let shop = Shop::open().await;
    shop.later(std::time::Duration::from_hours(24 * 31));
    for (slug, name, tag, direction) in [("cup", "فنجان", "ar", "RTL"), ("lantern", "Ramadan lantern", "en", "LTR")]
    {
        for reader in ["ar", "en"] {
            let read = shop.anonymous().in_language(reader).run(NAMED, json!({ "slug": slug })).await;
            let wanted = json!({ "name": name, "contentLanguage": { "tag": tag, "direction": direction } });
            assert_eq!(read["product"], wanted, "for a reader of {reader}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_can_be_asked_for_in_another_language() {
    let shop = Shop::open().await;
    let query = r#"{ product(by: { slug: "coffee" }) { name ar: name(language: "ar") en: name(language: "en-GB")
        description(language: "en") category { name(language: "en") } collections { name(language: "en") } } }"#;
    let read = shop.anonymous().run(query, json!({})).await;
    let wanted = json!({
        "name": "قهوة حرازية", "ar": "قهوة حرازية", "en": "Harazi coffee",
        "description": "From the mountains of Haraz, in two roasts.",
        "category": { "name": "Coffee and tea" }, "collections": [{ "name": "Favourites" }],
    });
    assert_eq!(read["product"], wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_that_is_not_offered_is_refused() {
    let shop = Shop::open().await;
    for tag in ["fr", "", "xx-nonsense"] {
        let asked = json!({ "slug": "coffee", "language": tag });
        let reply = shop.anonymous().try_run(NAMED, asked.clone()).await;
        let name = &reply.body["data"]["product"]["name"];
        assert_eq!((reply.codes(), name), (vec!["UNSUPPORTED_LANGUAGE"], &Value::Null), "{tag}");
        assert_eq!(reply.body["errors"][0]["path"], json!(["product", "name"]));
        assert_eq!(reply.body["errors"][0]["message"], "هذه اللغة غير متاحة في هذا المتجر.");
        let reply = shop.anonymous().in_language("en").try_run(NAMED, asked).await;
        assert_eq!(reply.body["errors"][0]["message"], "This language is not available in this shop.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_written_as_the_reader_writes_them() {
    let shop = Shop::open().await;
    let query = r#"query ($sku: String!) { productVariant(by: { sku: $sku }) { price {
        formatted latin: formatted(digits: LATIN) arabic: formatted(digits: ARABIC) } } }"#;
    for (channel, language, sku, latin, arabic) in [
        ("web-sa", "ar", "TEA", "\u{200f}11.50\u{a0}ر.س.\u{200f}", "\u{200f}١١٫٥٠\u{a0}ر.س.\u{200f}"),
        ("web-sa", "en", "TEA", "SAR\u{a0}11.50", "SAR\u{a0}١١٫٥٠"),
        ("web-kw", "ar", "DALLAH", "\u{200f}18.750\u{a0}د.ك.\u{200f}", "\u{200f}١٨٫٧٥٠\u{a0}د.ك.\u{200f}"),
        ("web-kw", "en", "DALLAH", "KWD\u{a0}18.750", "KWD\u{a0}١٨٫٧٥٠"),
    ] {
        let reader = shop.anonymous().in_channel(channel).in_language(language);
        let read = reader.run(query, json!({ "sku": sku })).await;
        let wanted = json!({ "formatted": latin, "latin": latin, "arabic": arabic });
        assert_eq!(read["productVariant"]["price"], wanted, "{channel} {language}");
    }
}
