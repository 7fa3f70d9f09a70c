//! What staff are told of a promotion that they make or change.

use serde_json::{Value, json};
use tests::tenant::Tenant;

use super::ask::{add_coupon, change, issue, issue_for, off_order, plain, promote, try_promote, with_coupons};
use crate::{
    cart::refusal::wrong,
    fulfilment::ask::{text, try_set},
    identity::groups::group,
};

const WARNINGS: &str =
    "promotion { id } warnings { code overlap isOtherFirst channels things more message promotion { code } }";

/// What is told where a promotion is made or changed: of each warning its code, with what happens and with whom of an overlap.
async fn warned(tenant: &Tenant, name: &str, input: Value) -> Vec<String> {
    let done = payload(tenant, name, input).await;
    done["warnings"].as_array().unwrap().iter().map(short).collect()
}

async fn payload(tenant: &Tenant, name: &str, mut input: Value) -> Value {
    if name == "promotionCreate" && input.get("currencyCode").is_none() {
        input["currencyCode"] = json!("SAR");
    }
    let done = try_set(&tenant.staff("PROMOTION_MANAGE").in_language("en"), name, WARNINGS, input).await;
    assert_eq!(done["userErrors"], json!([]), "{name}");
    done
}

fn short(warning: &Value) -> String {
    let code = text(&warning["code"]);
    if code != "OVERLAP" {
        return code;
    }
    let order = match &warning["isOtherFirst"] {
        Value::Bool(true) => " after",
        Value::Bool(false) => " before",
        _ => "",
    };
    format!("{}{order} {}", text(&warning["overlap"]), text(&warning["promotion"]["code"]))
}

fn draft(code: &str, rule: &Value) -> Value {
    json!({ "code": code, "nameEn": code, "rule": rule, "dryRun": true })
}

fn with(mut rule: Value, field: &str, value: Value) -> Value {
    rule[field] = value;
    rule
}

#[tokio::test(flavor = "multi_thread")]
async fn which_others_fit_is_told_with_what_happens_then() {
    let shop = plain().await;
    let (tea, cup) =
        (json!({ "variants": [shop.variant("TEA").await] }), json!({ "variants": [shop.variant("CUP").await] }));
    let off = |of: &Value| json!({ "effect": { "lines": { "of": of, "off": { "percent": "5" } } } });
    let none: Vec<String> = Vec::new();
    assert_eq!(warned(&shop, "promotionCreate", draft("first", &off(&tea))).await, none, "there is no other");
    promote(&shop, "tea", off(&tea), json!({})).await;
    promote(&shop, "order", with(off_order("10"), "group", json!("eid")), json!({})).await;
    let sale = |of: &Value| json!({ "effect": { "catalogue": { "of": of, "off": { "percent": "5" } } } });
    promote(&shop, "sale", sale(&tea), json!({})).await;
    let gift = json!({ "effect": { "gift": { "of": cup } } });
    promote(&shop, "gift", gift.clone(), json!({})).await;
    for (rule, expected) in [
        // Who of the group has its turn first hangs on others; what is seen while browsing is before all.
        (off(&tea), vec!["STACK after sale", "STACK after tea", "STACK order"]),
        (with(off(&tea), "priority", json!(-1)), vec!["STACK after sale", "STACK before tea", "STACK order"]),
        (
            with(off(&tea), "isExclusive", json!(true)),
            vec!["EXCLUSIVE gift", "EXCLUSIVE order", "EXCLUSIVE tea", "STACK after sale"],
        ),
        (off(&cup), vec!["STACK before gift", "STACK order"]),
        (
            json!({ "effect": { "lines": { "of": { "not": tea }, "off": { "percent": "5" } } } }),
            vec!["STACK before gift", "STACK order"],
        ),
        (off_order("10"), vec!["STACK after gift", "STACK after sale", "STACK after tea", "STACK order"]),
        (with(off(&cup), "group", json!("eid")), vec!["BEST_OF_GROUP order", "STACK gift"]),
        (
            with(off_order("10"), "isExclusive", json!(true)),
            vec!["EXCLUSIVE gift", "EXCLUSIVE order", "EXCLUSIVE tea", "STACK after sale"],
        ),
        (
            with(off_order("10"), "group", json!("eid")),
            vec!["BEST_OF_GROUP order", "STACK after sale", "STACK gift", "STACK tea"],
        ),
        (sale(&tea), vec!["BEST_PRICE sale", "STACK before order", "STACK before tea"]),
        (sale(&cup), vec!["STACK before gift", "STACK before order"]),
        (gift, vec!["OTHER_PIECES after gift", "STACK order"]),
        (json!({ "effect": { "fee": { "percent": "100" } } }), vec![]),
    ] {
        let mut told = warned(&shop, "promotionCreate", draft("draft", &rule)).await;
        told.sort_unstable();
        assert_eq!(told, expected, "{rule}");
    }
    // A product takes its variants.
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) { product { id } } }";
    let product = shop.anonymous().run(query, json!({ "sku": "TEA" })).await["productVariant"]["product"]["id"].take();
    let other = shop.anonymous().run(query, json!({ "sku": "CUP" })).await["productVariant"]["product"]["id"].take();
    let tea_too = off(&json!({ "products": [product] }));
    let tea_too = warned(&shop, "promotionCreate", draft("draft", &tea_too)).await;
    assert_eq!(tea_too, ["STACK order", "STACK after tea", "STACK after sale"]);
    let other = warned(&shop, "promotionCreate", draft("draft", &off(&json!({ "products": [other] })))).await;
    assert!(!other.iter().any(|one| one.ends_with("tea")), "{other:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_runs_elsewhere_or_at_another_time_or_for_others_is_not_told_of() {
    let shop = plain().await;
    let card = with(off_order("10"), "condition", json!({ "paymentMethods": ["CARD"] }));
    let more = json!({ "channels": ["web-sa"], "startsAt": shop.in_hours(10), "endsAt": shop.in_hours(20) });
    let ten = promote(&shop, "ten", card.clone(), more).await;
    let try_it = async |rule: &Value, more: Value| {
        let mut input = draft("draft", rule);
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        warned(&shop, "promotionCreate", input).await
    };
    let told = ["STACK after ten"];
    assert_eq!(try_it(&card, json!({})).await, told);
    assert_eq!(try_it(&card, json!({ "channels": ["web-sa"] })).await, told);
    assert_eq!(try_it(&card, json!({ "channels": ["web-kw"], "currencyCode": "KWD" })).await, [""; 0]);
    assert_eq!(try_it(&card, json!({ "endsAt": shop.in_hours(10) })).await, [""; 0]);
    assert_eq!(try_it(&card, json!({ "endsAt": shop.in_hours(11) })).await, told);
    assert_eq!(try_it(&card, json!({ "startsAt": shop.in_hours(20) })).await, [""; 0]);
    let cash = with(off_order("10"), "condition", json!({ "paymentMethods": ["CASH_ON_DELIVERY"] }));
    assert_eq!(try_it(&cash, json!({})).await, [""; 0]);

    // What is changed is not held against itself, and is told by what it is then.
    let cash = promote(&shop, "cash", cash, json!({})).await;
    let rename = |id: &str, more: Value| {
        let mut input = json!({ "promotion": id, "dryRun": true });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(warned(&shop, "promotionUpdate", rename(&cash, json!({ "nameEn": "Cash" }))).await, [""; 0]);
    let wider = json!({ "rule": off_order("10"), "currencyCode": "SAR" });
    assert_eq!(warned(&shop, "promotionUpdate", rename(&cash, wider)).await, ["STACK after ten"]);
    let done =
        payload(&shop, "promotionUpdate", rename(&ten, json!({ "rule": off_order("1"), "currencyCode": "SAR" }))).await;
    assert_eq!(done["promotion"], json!(null), "nothing was changed");
    let warning = &done["warnings"][0];
    assert_eq!((short(warning), &warning["channels"]), ("STACK before cash".to_owned(), &json!(["web-sa"])));
    // A neighbour's are never told of.
    let done = payload(shop.neighbour(), "promotionCreate", draft("draft", &card)).await;
    assert!(!done["warnings"].to_string().contains("\"ten\""), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_are_told_those_first_that_give_most_away_and_how_many_there_are_more() {
    let shop = plain().await;
    promote(&shop, "grouped", with(off_order("1"), "group", json!("eid")), json!({})).await;
    for n in 0..21 {
        promote(&shop, &format!("off-{n}"), off_order("1"), json!({})).await;
    }
    let rule = with(off_order("1"), "group", json!("eid"));
    let done = payload(&shop, "promotionCreate", draft("draft", &rule)).await;
    let warnings = done["warnings"].as_array().unwrap();
    let told: Vec<_> = warnings.iter().map(short).collect();
    assert_eq!(told.len(), 21);
    assert!(told[..20].iter().all(|one| one.starts_with("STACK off-")), "{told:?}");
    assert_eq!((told[20].as_str(), &warnings[20]["more"]), ("MORE_OVERLAPS", &json!(2)));
    let message = text(&warnings[20]["message"]).replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(message, "2 more promotions overlap with this one.");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_a_promotion_from_applying_is_told() {
    let shop = plain().await;
    let over = json!({ "code": "over", "nameEn": "Over", "rule": off_order("1"), "endsAt": shop.in_hours(0) });
    assert_eq!(warned(&shop, "promotionCreate", over).await, ["OVER"]);

    let monday = with(
        off_order("1"),
        "condition",
        json!({ "hours": { "days": ["WEDNESDAY"], "from": "10:00", "until": "11:00" } }),
    );
    // It is Sunday noon in the shop.
    for (until, expected) in [(48, vec!["NO_HOURS"]), (24 * 7, vec![])] {
        let mut input = draft("hours", &monday);
        input["endsAt"] = json!(shop.in_hours(until));
        assert_eq!(warned(&shop, "promotionCreate", input).await, expected, "{until} hours");
    }

    let (empty, gone, loyal) = (
        group(&shop, "empty", &[]).await,
        group(&shop, "gone", &["layla"]).await,
        group(&shop, "loyal", &["layla"]).await,
    );
    let of = |groups: &[&str]| with(off_order("1"), "condition", json!({ "customerGroups": groups }));
    let done = payload(&shop, "promotionCreate", draft("empty", &of(&[&empty]))).await;
    assert_eq!(
        (short(&done["warnings"][0]), &done["warnings"][0]["things"]),
        ("NOTHING_LEFT".to_owned(), &json!([empty]))
    );
    assert_eq!(warned(&shop, "promotionCreate", draft("both", &of(&[&empty, &loyal]))).await, [""; 0]);
    let for_gone = promote(&shop, "for-gone", of(&[&gone]), json!({})).await;
    try_set(&shop.staff("CUSTOMER_MANAGE"), "customerGroupDelete", "deletedCustomerGroup", json!({ "group": gone }))
        .await;
    let rename = json!({ "promotion": for_gone, "nameEn": "For nobody" });
    let done = payload(&shop, "promotionUpdate", rename).await;
    assert_eq!(
        (short(&done["warnings"][0]), &done["warnings"][0]["things"]),
        ("NOTHING_LEFT".to_owned(), &json!([gone]))
    );
    assert_eq!(done["promotion"]["id"], json!(for_gone), "it was changed all the same");
    change(&shop, &for_gone, json!({ "endsAt": shop.in_hours(0) })).await;

    let unknown = json!({ "attribute": { "code": "taste-of-nothing", "values": ["sweet"] } });
    let sale = json!({ "effect": { "lines": { "of": unknown, "off": { "percent": "5" } } } });
    let done = payload(&shop, "promotionCreate", draft("attribute", &sale)).await;
    assert_eq!(done["warnings"][0]["things"], json!(["taste-of-nothing"]));

    let mut dinars = draft("dinars", &off_order("1"));
    dinars["currencyCode"] = json!("BHD");
    let nowhere = try_promote(&shop, "promotionCreate", dinars).await;
    assert_eq!(wrong(&nowhere), ["UNSUPPORTED_CURRENCY currencyCode"], "nobody sells in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_used_up_and_coupons_that_are_missing_are_told() {
    let shop = plain().await;
    let coupons = with_coupons(&shop, "coupons", "10").await;
    let again = |more: Value| {
        let mut input = json!({ "promotion": coupons, "dryRun": true });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        input
    };
    assert_eq!(warned(&shop, "promotionUpdate", again(json!({}))).await, ["NEEDS_COUPON"]);
    let id = issue(&shop, &coupons, json!({ "code": "EID10" })).await;
    assert_eq!(warned(&shop, "promotionUpdate", again(json!({}))).await, [""; 0]);

    let guest = shop.anonymous();
    change(&shop, &coupons, json!({ "limits": { "ordersMax": 1, "budget": "5.00" }, "currencyCode": "SAR" })).await;
    let cart = guest.cart_ready(&[("CUP", 4)], "CASH_ON_DELIVERY").await;
    add_coupon(&guest, &cart, "EID10").await;
    guest.checkout(&cart).await;
    assert_eq!(warned(&shop, "promotionUpdate", again(json!({}))).await, ["USED_UP", "BUDGET_SPENT"]);
    let limits = json!({ "limits": { "ordersMax": 2, "budget": "5.00" }, "currencyCode": "SAR" });
    assert_eq!(warned(&shop, "promotionUpdate", again(limits)).await, ["BUDGET_SPENT"]);
    try_set(&shop.staff_all(), "couponRevoke", "coupon { id }", json!({ "coupon": id })).await;
    let limits = json!({ "limits": {}, "currencyCode": "SAR" });
    assert_eq!(warned(&shop, "promotionUpdate", again(limits)).await, ["NEEDS_COUPON"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn warnings_are_told_in_the_readers_language_and_again_for_the_same_key() {
    let shop = plain().await;
    let staff = shop.staff("PROMOTION_MANAGE");
    promote(&shop, "ten", off_order("10"), json!({ "nameAr": "عشرة" })).await;
    let query = "mutation ($input: PromotionCreateInput!) { promotionCreate(input: $input) {
        promotion { code } warnings { code message } userErrors { code } } }";
    let input = json!({ "code": "five", "nameEn": "five", "currencyCode": "SAR", "rule": off_order("5"), "idempotencyKey": "five" });
    let arabic = staff.clone().in_language("ar").run(query, json!({ "input": input })).await["promotionCreate"].take();
    assert_eq!(arabic["warnings"][0]["code"], "OVERLAP");
    let message = text(&arabic["warnings"][0]["message"]);
    assert!(message.contains("يتداخل") && message.contains("عشرة"), "{message}");
    let english = staff.clone().in_language("en").run(query, json!({ "input": input })).await["promotionCreate"].take();
    let message = text(&english["warnings"][0]["message"]).replace(['\u{2068}', '\u{2069}'], "");
    assert_eq!(
        message,
        "Overlaps with “ten”. Where both fit, both take something off: “ten” first, and this one of what is left."
    );
    let refused = json!({ "code": "five", "nameEn": "five", "rule": off_order("0") });
    let refused = staff.run(query, json!({ "input": refused })).await["promotionCreate"].take();
    assert_eq!((&refused["warnings"], refused["userErrors"].as_array().unwrap().len()), (&json!([]), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_that_is_used_up_is_none() {
    let shop = plain().await;
    let guest = shop.anonymous();
    let once = with_coupons(&shop, "once", "10").await;
    let again = json!({ "promotion": once, "dryRun": true });
    issue_for(&shop, &once, json!({ "code": "ONCE" }), json!(1)).await;
    assert_eq!(warned(&shop, "promotionUpdate", again.clone()).await, [""; 0]);
    let cart = guest.cart_ready(&[("CUP", 1)], "CASH_ON_DELIVERY").await;
    add_coupon(&guest, &cart, "ONCE").await;
    guest.checkout(&cart).await;
    assert_eq!(warned(&shop, "promotionUpdate", again.clone()).await, ["NEEDS_COUPON"]);
    issue_for(&shop, &once, json!({ "code": "TWICE" }), json!(2)).await;
    assert_eq!(warned(&shop, "promotionUpdate", again).await, [""; 0]);
}
