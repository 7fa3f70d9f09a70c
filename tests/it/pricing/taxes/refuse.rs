//! What is refused of taxes, at which field; and nothing is changed by it.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{class, product, try_tax};
use crate::orders::ask::me;

/// The codes and the fields of what was refused.
fn refused(payload: &Value) -> Vec<String> {
    let one = |error: &Value| {
        let path: Vec<_> = error["field"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        format!("{} {}", error["code"].as_str().unwrap(), path.join("."))
    };
    payload["userErrors"].as_array().unwrap().iter().map(one).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_that_cannot_be_is_refused_at_its_field() {
    let shop = Shop::open().await;
    let other = class(shop.neighbour(), "medicines").await;
    let taxed = |category: &str, rate: Value, reason: Value| json!({ "country": "SA", "taxation": { "category": category, "ratePercent": rate, "reasonCode": reason } });
    let cases = [
        (taxed("STANDARD", Value::Null, Value::Null), vec!["REQUIRED taxation.ratePercent"]),
        (taxed("STANDARD", json!("100.01"), Value::Null), vec!["INVALID_RATE taxation.ratePercent"]),
        (taxed("STANDARD", json!("15"), json!("VATEX-SA-35")), vec!["NOT_ALLOWED_HERE taxation.reasonCode"]),
        (
            taxed("EXEMPT", json!("5"), Value::Null),
            vec!["NOT_ALLOWED_HERE taxation.ratePercent", "REQUIRED taxation.reasonCode"],
        ),
        (taxed("EXEMPT", Value::Null, json!("VATEX-SA-35")), vec!["INVALID_TAX_REASON taxation.reasonCode"]),
        (taxed("ZERO_RATED", Value::Null, json!("because")), vec!["INVALID_TAX_REASON taxation.reasonCode"]),
        (json!({ "country": "Saudi" }), vec!["INVALID_COUNTRY country"]),
        (json!({ "country": "SA", "startsAt": shop.in_hours(-1) }), vec!["IN_THE_PAST startsAt"]),
        (json!({ "country": "SA", "taxClass": other }), vec!["NOT_FOUND taxClass"]),
        (json!({ "country": "SA", "region": "x".repeat(61) }), vec!["TOO_LONG region"]),
    ];
    for (input, expected) in cases {
        let payload = try_tax(&shop, "taxRateSet", "taxRate { id }", input.clone()).await;
        assert_eq!(
            (refused(&payload), &payload["taxRate"]),
            (expected.into_iter().map(String::from).collect(), &Value::Null),
            "{input}"
        );
    }
    let staff = shop.staff("TAX_READ");
    let rates = staff.run("{ taxRates { totalCount } }", json!({})).await;
    assert_eq!(rates["taxRates"]["totalCount"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_exemptions_and_channels_are_refused_at_their_fields() {
    let shop = Shop::open().await;
    let medicines = class(&shop, "medicines").await;
    let theirs = product(&shop.neighbour().anonymous(), "TEA").await;
    let layla = me(&shop.customer("layla")).await;
    let who = json!({ "customer": layla });
    let exempt = json!({ "category": "EXEMPT", "reasonCode": "VATEX-SA-29" });
    let cases = [
        (
            "taxClassCreate",
            "taxClass { id }",
            json!({ "code": "medicines", "nameEn": "x" }),
            vec!["TAX_CLASS_CODE_TAKEN code"],
        ),
        ("taxClassCreate", "taxClass { id }", json!({ "code": "x" }), vec!["REQUIRED nameEn"]),
        (
            "taxClassUpdate",
            "taxClass { id }",
            json!({ "taxClass": medicines, "expectedVersion": 7 }),
            vec!["CONFLICT expectedVersion"],
        ),
        (
            "taxClassAssign",
            "products { id }",
            json!({ "taxClass": medicines, "products": [] }),
            vec!["REQUIRED products"],
        ),
        (
            "taxClassAssign",
            "products { id }",
            json!({ "taxClass": medicines, "products": [theirs] }),
            vec!["NOT_FOUND products.0"],
        ),
        (
            "taxExemptionGrant",
            "taxExemption { id }",
            json!({ "who": who, "taxation": { "category": "STANDARD" } }),
            vec!["NOT_ALLOWED_HERE taxation.category"],
        ),
        (
            "taxExemptionGrant",
            "taxExemption { id }",
            json!({ "who": who, "taxation": exempt, "endsAt": shop.in_hours(-1) }),
            vec!["END_BEFORE_START endsAt"],
        ),
        ("channelTaxesSet", "channel { code }", json!({ "channel": "nowhere" }), vec!["NOT_FOUND channel"]),
    ];
    for (name, select, input, expected) in cases {
        let payload = try_tax(&shop, name, select, input.clone()).await;
        assert_eq!(refused(&payload), expected, "{name} {input}");
    }
    // Tried only: nothing is there afterwards.
    let tried =
        try_tax(&shop, "taxClassCreate", "taxClass { id }", json!({ "code": "y", "nameEn": "y", "dryRun": true }))
            .await;
    assert_eq!(tried, json!({ "taxClass": null, "userErrors": [] }));
    let classes = shop.staff("TAX_READ").run("{ taxClasses { nodes { code } } }", json!({})).await;
    assert_eq!(classes["taxClasses"]["nodes"], json!([{ "code": "medicines" }]));
}
