//! Why it costs that.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::{
    ask::{assign, list, make, price, pricing, set},
    promotions::ask::{plain, promote},
};
use crate::identity::groups::group;

#[tokio::test(flavor = "multi_thread")]
async fn each_step_to_a_price_is_told_in_the_readers_language() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let empty = make(&shop, "empty", Value::Null).await;
    let abroad = make(&shop, "abroad", json!({ "parent": base })).await;
    let rounding = json!({ "toward": "DOWN", "step": "1", "ending": "0.95" });
    let rule = json!({ "parent": base, "adjustmentPercent": "-12", "rounding": rounding, "compareAt": "PARENT" });
    let wholesale = make(&shop, "wholesale", rule).await;
    assign(&shop, &empty, json!({ "customerGroup": loyal })).await;
    assign(&shop, &abroad, json!({ "customerGroup": loyal, "countries": ["AE"], "priority": 1 })).await;
    assign(&shop, &wholesale, json!({ "customerGroup": loyal, "priority": 2 })).await;
    let seen = pricing(&shop.customer("layla").in_language("en"), "TEA").await;
    let steps = seen["pricing"]["explanation"].as_array().unwrap();
    let words: Vec<_> =
        steps.iter().map(|step| step["message"].as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "")).collect();
    assert_eq!(words[0], "The price list “empty” has no price for this.");
    assert_eq!(words[1], "The price list “abroad” applies to other countries.");
    assert_eq!(words[2], "The price list “wholesale” applies: it is that of your customer group.");
    assert!(words[3].starts_with("Price in “sar”: ") && words[3].contains("11.50"), "{}", words[3]);
    assert_eq!(
        words[4].replace('\u{a0}', " "),
        "“wholesale”: -12 % on SAR 11.50 makes SAR 10.12, rounded down to SAR 9.95"
    );
    let kinds: Vec<_> = steps.iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["LIST_PASSED", "LIST_PASSED", "LIST_CHOSEN", "PRICE_FIXED", "PRICE_DERIVED"]);
    assert_eq!((&steps[4]["amount"]["amount"], &steps[4]["priceList"]), (&json!("9.95"), &json!(wholesale)));
    assert_eq!(seen["pricing"]["compareAtPrice"]["amount"], "11.50");
    let arabic = pricing(&shop.customer("layla"), "TEA").await["pricing"]["explanation"].take();
    for step in arabic.as_array().unwrap() {
        let message = step["message"].as_str().unwrap();
        assert!(message.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c)), "{message}");
    }
    let guest = pricing(&shop.anonymous().in_language("en"), "TEA").await["pricing"]["explanation"].take();
    let words: Vec<_> = guest.as_array().unwrap().iter().map(|step| step["kind"].clone()).collect();
    assert_eq!(words, ["LIST_CHOSEN", "PRICE_FIXED"], "of others' lists nobody hears");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_promotions_do_while_browsing_is_told_too() {
    let shop = plain().await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let sale = |percent: &str| json!({ "effect": { "catalogue": { "off": { "percent": percent } } } });
    let mut of_loyal = sale("50");
    of_loyal["condition"] = json!({ "customerGroups": [loyal] });
    for (code, rule) in [("tenth", sale("10")), ("fifth", sale("20")), ("half", of_loyal)] {
        promote(&shop, code, rule, json!({})).await;
    }
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing { discounted { name }
        discountExplanation { kind name amount { amount } message } } } }";
    let told = async |client: Client| {
        let seen = client.in_language("en").run(query, json!({})).await["productVariant"]["pricing"].take();
        let steps = seen["discountExplanation"].as_array().unwrap();
        assert_eq!(steps[0]["name"], seen["discounted"]["name"]);
        assert!(steps.iter().all(|step| step["message"].as_str().unwrap().contains(step["name"].as_str().unwrap())));
        let words = steps.iter().map(|step| format!("{} {} {}", step["kind"], step["name"], step["amount"]["amount"]));
        words.map(|words| words.replace('"', "")).collect::<Vec<_>>()
    };
    // Of what is for others alone a guest hears nothing.
    assert_eq!(told(shop.anonymous()).await, ["APPLIED fifth 2.30", "REFUSED tenth null"]);
    assert_eq!(told(shop.customer("layla")).await, ["APPLIED half 5.75", "REFUSED tenth null", "REFUSED fifth null"]);
}

/// The steps to the price of seven teas, as somebody is told of them.
async fn words(client: &Client) -> Vec<String> {
    let query = "{ productVariant(by: { sku: \"TEA\" }) { pricing(quantity: 7) { explanation { message } } } }";
    let mut seen = client.run(query, json!({})).await;
    let steps = seen["productVariant"]["pricing"]["explanation"].take();
    let words = steps.as_array().unwrap().iter().map(|step| step["message"].as_str().unwrap());
    words.map(|text| text.replace(['\u{2068}', '\u{2069}'], "")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tier_the_time_and_the_currency_are_told_too() {
    let shop = Shop::open().await;
    let base = list(&shop, "sar").await;
    set(&shop, &base, "TEA", "11.50", json!({ "tiers": [{ "fromQuantity": 5, "price": "9.00" }] })).await;
    let loyal = group(&shop, "loyal", &["layla"]).await;
    let soon = make(&shop, "soon", json!({ "parent": base })).await;
    let gone = make(&shop, "gone", json!({ "parent": base })).await;
    assign(&shop, &list(&shop, "kwd").await, json!({ "customerGroup": loyal })).await;
    assign(&shop, &soon, json!({ "channel": "web-sa", "startsAt": shop.in_hours(3) })).await;
    assign(&shop, &gone, json!({ "channel": "web-sa" })).await;
    price(&shop, "priceListUpdate", json!({ "priceList": gone, "endsAt": shop.in_hours(1) })).await;
    shop.later(Duration::from_hours(1));
    let layla = shop.customer("layla").in_language("en");
    let told = words(&layla).await;
    assert_eq!(told[0], "The price list “kwd” is in another currency.");
    assert_eq!(told[1], "The base price list “sar” of the channel applies.", "what is planned is the shop's");
    assert!(told[2].starts_with("Price in “sar” from 5 on: ") && told[2].contains("9.00"), "{}", told[2]);
    let told = words(&shop.staff("PRICE_READ").in_language("en")).await;
    assert_eq!(told[0], "The price list “soon” does not apply yet.");
    assert_eq!(told[1], "The price list “gone” does not apply any more.");
    let none = layla
        .try_run("{ productVariant(by: { sku: \"TEA\" }) { pricing(quantity: 0) { price { amount } } } }", json!({}));
    assert_eq!(none.await.codes(), ["QUANTITY_NOT_POSITIVE"]);
}
