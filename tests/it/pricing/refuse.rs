//! What cannot be meant.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{cost, line, list, make, try_price};
use crate::cart::refusal::wrong;

const NO_LIST: &str = "pricelist_01h455vb4pex5vsknk084sn02q";
const NO_VARIANT: &str = "variant_01h455vb4pex5vsknk084sn02q";

#[tokio::test(flavor = "multi_thread")]
async fn prices_that_cannot_be_are_refused_by_line_and_field_and_none_is_set() {
    let shop = Shop::open().await;
    let (sar, kwd) = (list(&shop, "sar").await, list(&shop, "kwd").await);
    let tier = |n: i32, price: &str| json!({ "fromQuantity": n, "price": price });
    let good = line(&shop, "CUP", "1.00", json!({})).await;
    for (list, amount, more, refusals) in [
        (&sar, "-1.00", json!({}), vec!["INVALID_AMOUNT lines.1.price"]),
        (&sar, "1.005", json!({}), vec!["INVALID_AMOUNT lines.1.price"]),
        (&kwd, "1.2345", json!({}), vec!["INVALID_AMOUNT lines.1.price"]),
        (&sar, "1e2", json!({}), vec!["INVALID_AMOUNT lines.1.price"]),
        (&sar, "99999999999999999999", json!({}), vec!["AMOUNT_TOO_HIGH lines.1.price"]),
        (&sar, "5.00", json!({ "compareAtPrice": "5.00" }), vec!["COMPARE_AT_NOT_HIGHER lines.1.compareAtPrice"]),
        (&sar, "5.00", json!({ "tiers": [tier(1, "4.00")] }), vec!["TIERS_OVERLAP lines.1.tiers.0.fromQuantity"]),
        (
            &sar,
            "5.00",
            json!({ "tiers": [tier(0, "4.00"), tier(-3, "3.00")] }),
            vec![
                "QUANTITY_NOT_POSITIVE lines.1.tiers.0.fromQuantity",
                "QUANTITY_NOT_POSITIVE lines.1.tiers.1.fromQuantity",
            ],
        ),
        (
            &sar,
            "5.00",
            json!({ "tiers": [tier(5, "4.00"), tier(5, "3.00")] }),
            vec!["TIERS_OVERLAP lines.1.tiers.1.fromQuantity"],
        ),
        (
            &sar,
            "5.00",
            json!({ "tiers": [tier(5, "4.00"), tier(9, "4.00")] }),
            vec!["TIER_NOT_LOWER lines.1.tiers.1.price"],
        ),
        (&sar, "5.00", json!({ "tiers": [tier(5, "x")] }), vec!["INVALID_AMOUNT lines.1.tiers.0.price"]),
        (&sar, "5.00", json!({ "startsAt": shop.in_hours(-1) }), vec!["IN_THE_PAST lines.1.startsAt"]),
        (
            &sar,
            "5.00",
            json!({ "startsAt": shop.in_hours(2), "endsAt": shop.in_hours(2) }),
            vec!["END_BEFORE_START lines.1.endsAt"],
        ),
        (
            &sar,
            "x",
            json!({ "endsAt": shop.in_hours(-2), "compareAtPrice": "y" }),
            vec![
                "INVALID_AMOUNT lines.1.price",
                "INVALID_AMOUNT lines.1.compareAtPrice",
                "END_BEFORE_START lines.1.endsAt",
            ],
        ),
        (&sar, "5.00", json!({ "variant": NO_VARIANT }), vec!["NOT_FOUND lines.1.variant"]),
        (&sar, "5.00", json!({ "variant": "tea" }), vec!["INVALID_ID lines.1.variant"]),
        (&sar, "5.00", json!({ "variant": good["variant"] }), vec!["DUPLICATE lines.1.variant"]),
    ] {
        let lines = json!([good, line(&shop, "TEA", amount, more.clone()).await]);
        let refused = try_price(&shop, "priceListPricesSet", json!({ "priceList": list, "lines": lines })).await;
        assert_eq!(wrong(&refused), refusals, "{amount} {more}");
    }
    let tiers: Vec<_> = (2..23).map(|n| tier(n, &format!("{}.00", 100 - n))).collect();
    let lines = json!([line(&shop, "TEA", "100.00", json!({ "tiers": tiers })).await]);
    let many = try_price(&shop, "priceListPricesSet", json!({ "priceList": sar, "lines": lines })).await;
    assert_eq!(wrong(&many), ["TOO_LONG lines.0.tiers"]);
    for (lines, refusal) in [(Vec::new(), "REQUIRED lines"), (vec![good.clone(); 501], "TOO_LONG lines")] {
        let refused = try_price(&shop, "priceListPricesSet", json!({ "priceList": sar, "lines": lines })).await;
        assert_eq!(wrong(&refused), [refusal]);
    }
    let input = json!({ "priceList": sar, "lines": [good], "expectedVersion": 7 });
    assert_eq!(wrong(&try_price(&shop, "priceListPricesSet", input).await), ["CONFLICT expectedVersion"]);
    assert_eq!(cost(&shop.anonymous(), "CUP", 1).await, "23.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_that_cannot_be_are_refused_by_field() {
    let shop = Shop::open().await;
    let many: Vec<_> =
        ('A'..='C').flat_map(|one| ('A'..='Z').map(move |other| format!("{one}{other}"))).take(61).collect();
    let (sar, kwd) = (list(&shop, "sar").await, list(&shop, "kwd").await);
    let rounding = |step: &str, ending: &str| json!({ "parent": sar, "rounding": { "toward": "UP", "step": step, "ending": ending } });
    for (more, refusals) in [
        (json!({ "code": "Not a code" }), vec!["INVALID_SLUG code"]),
        (json!({ "code": "sar" }), vec!["PRICE_LIST_CODE_TAKEN code"]),
        (json!({ "nameEn": null }), vec!["REQUIRED nameEn"]),
        (json!({ "currencyCode": "XYZ" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (json!({ "currencyCode": "USD" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (json!({ "currencyCode": "XXX" }), vec!["UNSUPPORTED_CURRENCY currencyCode"]),
        (json!({ "startsAt": shop.in_hours(1), "endsAt": shop.in_hours(1) }), vec!["END_BEFORE_START endsAt"]),
        (json!({ "rule": { "parent": kwd } }), vec!["PRICE_LIST_CURRENCY rule.parent"]),
        (json!({ "rule": { "parent": NO_LIST } }), vec!["NOT_FOUND rule.parent"]),
        (json!({ "rule": { "parent": "x" } }), vec!["INVALID_ID rule.parent"]),
        (
            json!({ "rule": { "parent": sar, "adjustmentPercent": "-100.01" } }),
            vec!["INVALID_RATE rule.adjustmentPercent"],
        ),
        (
            json!({ "rule": { "parent": sar, "adjustmentPercent": "0.001" } }),
            vec!["INVALID_RATE rule.adjustmentPercent"],
        ),
        (json!({ "rule": rounding("1", "1") }), vec!["INVALID_ROUNDING rule.rounding"]),
        (json!({ "rule": rounding("1", "0.955") }), vec!["INVALID_ROUNDING rule.rounding"]),
        (json!({ "rule": rounding("0", "0") }), vec!["INVALID_ROUNDING rule.rounding"]),
    ] {
        let mut input = json!({ "code": "new", "nameEn": "New", "currencyCode": "SAR" });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let refused = try_price(&shop, "priceListCreate", input).await;
        assert_eq!(wrong(&refused), refusals, "{more}");
    }
    for (name, input, refusals) in [
        ("priceListUpdate", json!({ "priceList": NO_LIST }), vec!["NOT_FOUND priceList"]),
        ("priceListUpdate", json!({ "priceList": sar, "expectedVersion": 9 }), vec!["CONFLICT expectedVersion"]),
        (
            "priceListUpdate",
            json!({ "priceList": sar, "startsAt": shop.in_hours(1), "endsAt": shop.in_hours(0) }),
            vec!["IN_THE_PAST startsAt", "END_BEFORE_START endsAt"],
        ),
        ("priceListRuleSet", json!({ "priceList": NO_LIST }), vec!["NOT_FOUND priceList"]),
        ("priceListRuleSet", json!({ "priceList": sar, "startsAt": shop.in_hours(-1) }), vec!["IN_THE_PAST startsAt"]),
        (
            "priceListRuleSet",
            json!({ "priceList": sar, "rule": { "parent": sar } }),
            vec!["PRICE_LIST_LOOP rule.parent"],
        ),
        ("priceListAssign", json!({ "priceList": sar }), vec!["REQUIRED channel"]),
        ("priceListAssign", json!({ "priceList": sar, "channel": "nowhere" }), vec!["NOT_FOUND channel"]),
        ("priceListAssign", json!({ "priceList": sar, "channel": "web-kw" }), vec!["PRICE_LIST_CURRENCY channel"]),
        ("priceListAssign", json!({ "priceList": NO_LIST, "channel": "web-sa" }), vec!["NOT_FOUND priceList"]),
        (
            "priceListAssign",
            json!({ "priceList": sar, "customerGroup": "customergroup_01h455vb4pex5vsknk084sn02q" }),
            vec!["NOT_FOUND customerGroup"],
        ),
        (
            "priceListAssign",
            json!({ "priceList": sar, "channel": "web-sa", "countries": ["SA", "Saudi"], "startsAt": shop.in_hours(2), "endsAt": shop.in_hours(1) }),
            vec!["INVALID_COUNTRY countries.1", "END_BEFORE_START endsAt"],
        ),
        (
            "priceListAssign",
            json!({ "priceList": sar, "channel": "web-sa", "countries": many }),
            vec!["TOO_LONG countries"],
        ),
        (
            "priceListAssign",
            json!({ "priceList": sar, "channel": "web-sa", "startsAt": shop.in_hours(-1) }),
            vec!["IN_THE_PAST startsAt"],
        ),
        (
            "priceListAssign",
            json!({ "priceList": sar, "channel": "web-sa", "endsAt": shop.in_hours(0) }),
            vec!["END_BEFORE_START endsAt"],
        ),
        (
            "priceListUnassign",
            json!({ "assignment": "assignment_01h455vb4pex5vsknk084sn02q" }),
            vec!["NOT_FOUND assignment"],
        ),
        (
            "priceListPricesRemove",
            json!({ "priceList": NO_LIST, "lines": [{ "variant": NO_VARIANT }] }),
            vec!["NOT_FOUND priceList"],
        ),
        (
            "priceListPricesRemove",
            json!({ "priceList": sar, "lines": [{ "variant": NO_VARIANT }] }),
            vec!["PRICE_NOT_FOUND lines.0.variant"],
        ),
    ] {
        let refused = try_price(&shop, name, input.clone()).await;
        assert_eq!(wrong(&refused), refusals, "{name} {input}");
    }
    let lists = "{ priceLists { totalCount nodes { code version rules { startsAt } assignments { id } } } }";
    let lists = shop.staff_all().run(lists, json!({})).await["priceLists"].take();
    let untouched = |code: &str| json!({ "code": code, "version": 1, "rules": [], "assignments": [] });
    assert_eq!(lists, json!({ "totalCount": 2, "nodes": [untouched("kwd"), untouched("sar")] }));
    make(&shop, "new", Value::Null).await;
}
