//! Promotions and coupons that cannot be meant.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{issue, off_order, promote, try_promote, with_coupons};
use crate::{cart::refusal::wrong, fulfilment::ask::try_set, inventory::ask::told};

const NOBODYS: &str = "product_01h455vb4pex5vsknk084sn02q";
const NO_GROUP: &str = "customergroup_01h455vb4pex5vsknk084sn02q";

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_cannot_be_are_refused_by_field_and_nothing_is_made() {
    let shop = Shop::open().await;
    let effect = |effect: Value| json!({ "effect": effect });
    let off = |off: Value| json!({ "order": { "tiers": [{ "off": off }] } });
    let with = |mut rule: Value, field: &str, value: Value| {
        rule[field] = value;
        rule
    };
    let when = |condition: Value| with(off_order("10"), "condition", condition);
    let sale = effect(json!({ "catalogue": { "off": { "percent": "10" } } }));
    let tier = |at_least: &str, percent: &str| json!({ "atLeast": at_least, "off": { "percent": percent } });
    let deep = (0..40).fold(json!({ "signedIn": true }), |inner, _| json!({ "not": inner }));
    let many: Vec<_> = (0..200).map(|_| json!({ "all": vec![json!({ "signedIn": true }); 6] })).collect();
    for (rule, refusals) in [
        (effect(json!({})), vec!["EXACTLY_ONE_REQUIRED rule.effect"]),
        (
            effect(json!({ "fee": { "percent": "1" }, "delivery": { "percent": "1" } })),
            vec!["EXACTLY_ONE_REQUIRED rule.effect"],
        ),
        (effect(off(json!({}))), vec!["EXACTLY_ONE_REQUIRED rule.effect.order.tiers.0.off"]),
        (off_order("0"), vec!["INVALID_PERCENT rule.effect.order.tiers.0.off.percent"]),
        (off_order("100.01"), vec!["INVALID_PERCENT rule.effect.order.tiers.0.off.percent"]),
        (off_order("ten"), vec!["INVALID_PERCENT rule.effect.order.tiers.0.off.percent"]),
        (effect(off(json!({ "amount": "1.005" }))), vec!["INVALID_AMOUNT rule.effect.order.tiers.0.off.amount"]),
        (effect(off(json!({ "amount": "-1" }))), vec!["INVALID_AMOUNT rule.effect.order.tiers.0.off.amount"]),
        (effect(off(json!({ "amount": "0" }))), vec!["NEVER_APPLIES rule.effect"]),
        (effect(off(json!({ "price": "5" }))), vec!["NOT_ALLOWED_HERE rule.effect.order.tiers.0.off"]),
        (
            effect(json!({ "order": { "tiers": [tier("10", "5"), tier("10", "6")] } })),
            vec!["TIERS_OVERLAP rule.effect.order.tiers.1.atLeast"],
        ),
        (
            effect(json!({ "order": { "tiers": [tier("10", "5"), tier("20", "4")] } })),
            vec!["TIER_TAKES_LESS rule.effect.order.tiers.1.off"],
        ),
        (effect(json!({ "order": { "tiers": [] } })), vec!["REQUIRED rule.effect.order.tiers"]),
        (
            effect(json!({ "buyGet": { "buyQuantity": 0, "getQuantity": 1000, "off": { "percent": "5" } } })),
            vec![
                "QUANTITY_NOT_POSITIVE rule.effect.buyGet.buyQuantity",
                "QUANTITY_TOO_LARGE rule.effect.buyGet.getQuantity",
            ],
        ),
        (
            effect(json!({ "gift": { "of": { "products": [NOBODYS] } } })),
            vec!["NOT_FOUND rule.effect.gift.of.products.0"],
        ),
        (
            effect(json!({ "gift": { "of": { "products": ["tea"] } } })),
            vec!["INVALID_ID rule.effect.gift.of.products.0"],
        ),
        (
            effect(json!({ "bundle": { "parts": [], "off": { "price": "5" } } })),
            vec!["REQUIRED rule.effect.bundle.parts"],
        ),
        (when(json!({ "any": [] })), vec!["REQUIRED rule.condition.any"]),
        (when(json!({ "all": [{ "signedIn": true }, { "signedIn": false }] })), vec!["NEVER_APPLIES rule.condition"]),
        (
            when(json!({ "all": [{ "countries": ["SA"] }, { "countries": ["KW"] }] })),
            vec!["NEVER_APPLIES rule.condition"],
        ),
        (
            when(json!({ "all": [{ "firstOrder": true }, { "ordersAtLeast": 1 }] })),
            vec!["NEVER_APPLIES rule.condition"],
        ),
        (when(json!({ "countries": ["XX1"] })), vec!["INVALID_COUNTRY rule.condition.countries.0"]),
        (
            when(json!({ "hours": { "from": "24:00", "until": "1:00" } })),
            vec!["INVALID_TIME rule.condition.hours.from"],
        ),
        (when(json!({ "quantity": { "atLeast": -1 } })), vec!["QUANTITY_NEGATIVE rule.condition.quantity.atLeast"]),
        (when(json!({ "ordersAtLeast": -1 })), vec!["QUANTITY_NEGATIVE rule.condition.ordersAtLeast"]),
        (when(json!({ "ordersAtLeast": 5_000_000_000_i64 })), vec!["NUMBER_TOO_LARGE rule.condition.ordersAtLeast"]),
        (
            when(json!({ "any": [{ "signedIn": true }, { "not": { "customerGroups": [NO_GROUP] } }] })),
            vec!["NOT_FOUND rule.condition.any.1.not.customerGroups.0"],
        ),
        (
            effect(
                json!({ "buyGet": { "buyQuantity": -1, "getQuantity": -1, "times": -1, "off": { "percent": "5" } } }),
            ),
            vec![
                "QUANTITY_NOT_POSITIVE rule.effect.buyGet.buyQuantity",
                "QUANTITY_NOT_POSITIVE rule.effect.buyGet.getQuantity",
                "QUANTITY_NOT_POSITIVE rule.effect.buyGet.times",
            ],
        ),
        (effect(json!({ "gift": { "quantity": -1 } })), vec!["QUANTITY_NOT_POSITIVE rule.effect.gift.quantity"]),
        (
            effect(json!({ "bundle": { "parts": [{ "quantity": -1 }], "times": -1, "off": { "price": "5" } } })),
            vec![
                "QUANTITY_NOT_POSITIVE rule.effect.bundle.parts.0.quantity",
                "QUANTITY_NOT_POSITIVE rule.effect.bundle.times",
            ],
        ),
        (when(json!({ "amount": { "atLeast": "x" } })), vec!["INVALID_AMOUNT rule.condition.amount.atLeast"]),
        (when(json!({ "all": many })), vec!["TOO_LONG rule.condition"]),
        (when(deep), vec!["TOO_DEEP rule.condition"]),
        (with(sale.clone(), "needsCoupon", json!(true)), vec!["NOT_ALLOWED_HERE rule.needsCoupon"]),
        (
            with(sale.clone(), "condition", json!({ "paymentMethods": ["CARD"] })),
            vec!["NOT_ALLOWED_HERE rule.condition"],
        ),
        (with(sale.clone(), "maxDiscount", json!("5")), vec!["NOT_ALLOWED_HERE rule.maxDiscount"]),
        (with(off_order("5"), "maxDiscount", json!("0")), vec!["AMOUNT_NOT_POSITIVE rule.maxDiscount"]),
    ] {
        let input = json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR", "rule": rule });
        assert_eq!(wrong(&try_promote(&shop, "promotionCreate", input).await), refusals, "{rule}");
    }
    assert_eq!(told(&shop, "promotion.created").await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn promotions_that_cannot_be_are_refused_by_field() {
    let shop = Shop::open().await;
    let amount = json!({ "effect": { "fee": { "amount": "5.00" } } });
    let sale = json!({ "effect": { "catalogue": { "off": { "percent": "10" } } } });
    for (input, refusals) in [
        (json!({ "code": "No Good" }), vec!["INVALID_SLUG code"]),
        (json!({ "code": "order-5" }), vec!["PROMOTION_CODE_TAKEN code"]),
        (json!({ "nameEn": null }), vec!["REQUIRED nameEn"]),
        (json!({ "currencyCode": "XYZ" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (json!({ "currencyCode": "USD" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (json!({ "rule": amount }), vec!["CURRENCY_REQUIRED rule.effect.fee.amount"]),
        (json!({ "channels": ["web-sa", "nowhere"] }), vec!["NOT_FOUND channels.1"]),
        (
            json!({ "rule": amount, "currencyCode": "SAR", "channels": ["web-kw"] }),
            vec!["PROMOTION_CURRENCY channels.0"],
        ),
        (json!({ "startsAt": shop.in_hours(2), "endsAt": shop.in_hours(2) }), vec!["END_BEFORE_START endsAt"]),
        (json!({ "limits": { "ordersMax": 0 } }), vec!["QUANTITY_NOT_POSITIVE limits.ordersMax"]),
        (json!({ "limits": { "budget": "5" } }), vec!["CURRENCY_REQUIRED limits.budget"]),
        (json!({ "currencyCode": "SAR", "limits": { "budget": "0" } }), vec!["AMOUNT_NOT_POSITIVE limits.budget"]),
        (json!({ "rule": sale, "limits": { "ordersMax": 5 } }), vec!["NOT_ALLOWED_HERE limits"]),
    ] {
        let mut whole = json!({ "code": "new", "nameEn": "New", "rule": off_order("10") });
        whole.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
        assert_eq!(wrong(&try_promote(&shop, "promotionCreate", whole).await), refusals, "{input}");
    }
    let rehearsed = json!({ "code": "new", "nameEn": "New", "rule": off_order("10"), "dryRun": true });
    let done = try_promote(&shop, "promotionCreate", rehearsed).await;
    assert_eq!(done, json!({ "promotion": null, "userErrors": [] }));
    let id = promote(&shop, "new", off_order("10"), json!({ "endsAt": shop.in_hours(2) })).await;
    let late = json!({ "promotion": id, "startsAt": shop.in_hours(3) });
    assert_eq!(wrong(&try_promote(&shop, "promotionUpdate", late).await), ["END_BEFORE_START endsAt"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn coupons_that_cannot_be_are_refused_by_field() {
    let shop = Shop::open().await;
    let plain = promote(&shop, "plain", off_order("10"), json!({})).await;
    let eid = with_coupons(&shop, "eid", "10").await;
    issue(&shop, &eid, json!({ "code": "TAKEN" })).await;
    let batch = |count: i64| json!({ "batch": { "prefix": "EID", "count": count } });
    for (promotion, coupon, refusals) in [
        (&plain, json!({ "code": "EID" }), vec!["PROMOTION_NEEDS_NO_COUPON promotion"]),
        (&eid, json!({ "code": "taken" }), vec!["COUPON_CODE_TAKEN coupon.code"]),
        (&eid, json!({ "batch": { "prefix": "Taken-", "count": 5 } }), vec!["COUPON_CODE_TAKEN coupon.batch.prefix"]),
        (&eid, json!({ "batch": { "prefix": "--", "count": 5 } }), vec!["REQUIRED coupon.batch.prefix"]),
        (&eid, json!({ "code": "a b" }), vec!["INVALID_CODE coupon.code"]),
        (&eid, json!({ "batch": { "prefix": "X".repeat(48), "count": 1 } }), vec!["TOO_LONG coupon.batch.prefix"]),
        (&eid, batch(0), vec!["QUANTITY_NOT_POSITIVE coupon.batch.count"]),
        (&eid, batch(1_000_001), vec!["NUMBER_TOO_LARGE coupon.batch.count"]),
    ] {
        let input = json!({ "promotion": promotion, "coupon": coupon });
        let done = try_set(&shop.staff_all(), "couponIssue", "coupon { id }", input).await;
        assert_eq!(wrong(&done), refusals, "{coupon}");
    }
    let input = json!({ "promotion": eid, "coupon": { "code": "GOOD" }, "ordersMax": 0 });
    let done = try_set(&shop.staff_all(), "couponIssue", "coupon { id }", input).await;
    assert_eq!(wrong(&done), ["QUANTITY_NOT_POSITIVE ordersMax"]);
    assert_eq!(told(&shop, "coupon.issued").await.len(), 1);
}
