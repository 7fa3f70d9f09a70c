//! What the shop had to change in a cart, and what its shopper should know.

use serde_json::{Value, json};
use tests::{client::codes, shop::Shop};

use super::{
    read::{cart_with, line, lines, read, total},
    refusal::try_it,
};

const DEARER: &str = "UPDATE list_price SET amount_minor = 1380 WHERE amount_minor = 1150
    AND variant_id IN (SELECT id FROM variant WHERE sku = 'TEA')";
const TEA_TAKEN_DOWN: &str = "DELETE FROM publication WHERE product_id IN (SELECT id FROM product WHERE slug = 'tea')";

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_changed_is_told_and_the_new_one_counts() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 2), ("CUP", 1)]).await;
    assert_eq!(read(&guest, &id).await["warnings"], json!([]));
    assert_eq!(shop.db_execute(DEARER).await, 2, "in both tenants");

    let there = read(&guest, &id).await;
    let tea = line(&there, "TEA");
    let warning = json!({
        "code": "PRICE_CHANGED", "line": tea, "available": null,
        "message": "تغيّر السعر من \u{2068}\u{200f}11.50\u{a0}ر.س.\u{200f}\u{2069} إلى \u{2068}\u{200f}13.80\u{a0}ر.س.\u{200f}\u{2069}.",
        "was": { "amount": "11.50" }, "now": { "amount": "13.80" },
    });
    assert_eq!(there["warnings"], json!([warning]));
    assert_eq!((&there["lines"][0]["unitPrice"]["amount"], total(&there, "total")), (&json!("13.80"), "50.60"));
    let english = read(&guest.clone().in_language("en"), &id).await;
    let said = "The price has changed from \u{2068}SAR\u{a0}11.50\u{2069} to \u{2068}SAR\u{a0}13.80\u{2069}.";
    assert_eq!(english["warnings"][0]["message"], said);

    let seen = json!({ "cart": id, "lines": [{ "line": tea, "quantity": 2 }] });
    assert_eq!(codes(&try_it(&guest, "cartLinesUpdate", seen).await), [""; 0]);
    assert_eq!(read(&guest, &id).await["warnings"], json!([]), "the new price was seen");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_little_stock_is_told_but_not_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("INCENSE", 1), ("DALLAH", 1), ("CUP", 7), ("TEA", 17)]).await;
    let there = read(&guest, &id).await;
    let short = |cart: &Value| -> Vec<Value> {
        let warnings = cart["warnings"].as_array().unwrap();
        assert!(warnings.iter().all(|warning| warning["code"] == "SHORT_OF_STOCK" && warning["was"].is_null()));
        warnings.iter().map(|one| json!([one["line"], one["available"], one["message"]])).collect()
    };
    let (incense, cup) = (line(&there, "INCENSE"), line(&there, "CUP"));
    let wanted = [
        json!([incense, 0, "نفدت الكمية من هذا المنتج."]),
        json!([cup, 6, "لم تبقَ من هذا المنتج إلا \u{2068}6\u{2069} قطع."]),
    ];
    assert_eq!(short(&there), wanted);
    assert_eq!(total(&there, "total"), "589.95", "priced all the same: 621.00 and 5% off");

    shop.order(&[("DALLAH", 1), ("TEA", 16)]).await;
    let there = read(&guest.clone().in_language("en"), &id).await;
    let wanted = [
        json!([incense, 0, "This product is out of stock."]),
        json!([line(&there, "DALLAH"), 0, "This product is out of stock."]),
        json!([cup, 6, "Only \u{2068}6\u{2069} are left of this product."]),
        json!([line(&there, "TEA"), 1, "Only one is left of this product."]),
    ];
    assert_eq!(short(&there), wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_stock_of_the_channels_places_counts() {
    let shop = Shop::open().await;
    for (channel, available) in [("web-sa", None), ("app-sa", Some(15)), ("web-kw", Some(10))] {
        let guest = shop.anonymous().in_channel(channel);
        let there = read(&guest, &cart_with(&guest, &[("TEA", 17)]).await).await;
        let warned = there["warnings"].as_array().unwrap().first().map(|one| one["available"].as_i64().unwrap());
        assert_eq!(warned, available, "{channel}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sold_any_more_is_left_out_and_told() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 2), ("CUP", 1)]).await;
    let tea = line(&read(&guest, &id).await, "TEA");
    shop.db_execute(TEA_TAKEN_DOWN).await;
    let there = read(&guest, &id).await;
    let warning = json!({
        "code": "NOT_SOLD", "line": tea, "message": "لم يعد هذا المنتج متوفرًا.", "was": null, "now": null, "available": null,
    });
    assert_eq!(there["warnings"], json!([warning]));
    assert_eq!((lines(&there), total(&there, "total")), (vec![("CUP", 1)], "23.00"));

    let remove = json!({ "cart": id, "lines": [tea] });
    assert_eq!(codes(&try_it(&guest, "cartLinesRemove", remove).await), [""; 0]);
    assert_eq!(read(&guest, &id).await["warnings"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn warnings_are_no_errors_and_keep_nobody_from_changing_the_cart() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let id = cart_with(&guest, &[("TEA", 2), ("INCENSE", 1)]).await;
    shop.db_execute(TEA_TAKEN_DOWN).await;
    let query = "mutation ($input: CartLanguageSetInput!) { cartLanguageSet(input: $input) {
        cart { language { tag } } warnings { code } userErrors { code } } }";
    let set = guest.done(query, json!({ "input": { "cart": id, "language": "en" } })).await;
    assert_eq!(set["cart"]["language"]["tag"], "en");
    assert_eq!(set["warnings"], json!([{ "code": "NOT_SOLD" }, { "code": "SHORT_OF_STOCK" }]));
}
