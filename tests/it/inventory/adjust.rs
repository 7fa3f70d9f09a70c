//! Staff set the record straight.

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{change, changed, level, line, told};
use crate::{cart::refusal::wrong, orders::ask::me};

#[tokio::test(flavor = "multi_thread")]
async fn an_adjustment_moves_the_level_and_says_who_and_why() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let lines = [
        line(&shop, "TEA", "jeddah", json!({ "delta": 4, "reason": "وُجدت خلف الرف" })).await,
        line(&shop, "TEA", "riyadh", json!({ "delta": -3, "reason": "تالفة" })).await,
    ];
    let done = changed(&staff, "stockAdjust", json!({ "lines": lines })).await;
    let shown = |line: i64, units: i64, place: &str, on_hand: i64| {
        json!({ "line": line, "units": units,
        "level": { "location": place, "onHand": on_hand, "reserved": 0, "available": on_hand } })
    };
    assert_eq!(done["results"], json!([shown(0, 4, "jeddah", 9), shown(1, -3, "riyadh", 7)]));
    let query = "{ stockMovements(filter: { cause: ADJUSTMENT }) { totalCount nodes {
        variant { sku } location { code } cause causeLabel onHandDelta reservedDelta quarantinedDelta reason actor at } } }";
    let moved = shop.staff("STOCK_READ").in_language("en").run(query, json!({})).await["stockMovements"].take();
    assert_eq!(moved["totalCount"], 2);
    let of_riyadh = moved["nodes"].as_array().unwrap().iter().find(|one| one["location"]["code"] == "riyadh").unwrap();
    let wanted = json!({ "variant": { "sku": "TEA" }, "location": { "code": "riyadh" }, "cause": "ADJUSTMENT",
        "causeLabel": "Adjusted", "onHandDelta": -3, "reservedDelta": 0, "quarantinedDelta": 0, "reason": "تالفة",
        "actor": me(&staff).await, "at": "2026-03-01T09:00:00Z" });
    assert_eq!(*of_riyadh, wanted);
    let events = told(&shop, "stock.adjusted").await;
    assert_eq!(events.len(), 2);
    let event = events.iter().find(|event| event["on_hand_delta"] == -3).unwrap();
    assert_eq!((&event["on_hand"], &event["reason"]), (&json!(7), &json!("تالفة")));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_is_promised_is_taken_away() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 8)]).await;
    let staff = shop.staff("STOCK_MANAGE");
    for (delta, refusal, params) in [
        (-3, "STOCK_RESERVED lines.0.delta", json!([{ "name": "reserved", "value": "8" }])),
        (-11, "STOCK_INSUFFICIENT lines.0.delta", json!([{ "name": "available", "value": "2" }])),
    ] {
        let lines = [line(&shop, "TEA", "riyadh", json!({ "delta": delta, "reason": "x" })).await];
        let payload = change(&staff, "stockAdjust", json!({ "lines": lines })).await;
        assert_eq!(wrong(&payload), [refusal]);
        assert_eq!(payload["userErrors"][0]["params"], params);
    }
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 8, 2));
    let lines = [line(&shop, "TEA", "riyadh", json!({ "delta": -2, "reason": "x" })).await];
    changed(&staff, "stockAdjust", json!({ "lines": lines })).await;
    assert_eq!(level(&shop, "TEA", "riyadh").await, (8, 8, 0));
}

/// A line that can be done, and four that cannot.
async fn mixed(shop: &Shop) -> Value {
    let nobodys = "variant_01h455vb4pex5vsknk084sn02q";
    let good = line(shop, "TEA", "riyadh", json!({ "delta": 5, "reason": "x" })).await;
    let mut unknown = good.clone();
    unknown["variant"] = json!(nobodys);
    let mut nowhere = good.clone();
    nowhere["location"] = json!("location_01h455vb4pex5vsknk084sn02q");
    let too_many = line(shop, "DATES", "riyadh", json!({ "delta": -4, "reason": "x" })).await;
    let mut malformed = line(shop, "CUP", "riyadh", json!({ "delta": 0, "reason": " " })).await;
    malformed["location"] = json!("riyadh");
    json!([unknown, good, too_many, malformed, nowhere])
}

const REFUSED: [&str; 3] =
    ["NOT_FOUND lines.0.variant", "STOCK_INSUFFICIENT lines.2.delta", "NOT_FOUND lines.4.location"];
const MALFORMED: [&str; 3] =
    ["INVALID_ID lines.3.location", "QUANTITY_NOT_POSITIVE lines.3.delta", "REQUIRED lines.3.reason"];

#[tokio::test(flavor = "multi_thread")]
async fn all_or_nothing_is_done_unless_bad_lines_shall_be_skipped() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let lines = mixed(&shop).await;
    let payload = change(&staff, "stockAdjust", json!({ "lines": lines })).await;
    assert_eq!((wrong(&payload), &payload["results"]), (MALFORMED.map(str::to_owned).to_vec(), &json!([])));
    let mut parsed = lines.clone();
    parsed[3] = line(&shop, "CUP", "riyadh", json!({ "delta": 1, "reason": "x" })).await;
    let payload = change(&staff, "stockAdjust", json!({ "lines": parsed, "onFailure": "REJECT_ALL" })).await;
    assert_eq!((wrong(&payload), &payload["results"]), (REFUSED.map(str::to_owned).to_vec(), &json!([])));
    assert_eq!(level(&shop, "TEA", "riyadh").await, (10, 0, 10));
    let input = json!({ "lines": lines, "onFailure": "SKIP_FAILED", "idempotencyKey": "skip" });
    for _again in 0..2 {
        let payload = change(&staff, "stockAdjust", input.clone()).await;
        assert_eq!(wrong(&payload), [MALFORMED, REFUSED].concat());
        let results = payload["results"].as_array().unwrap();
        assert_eq!((results.len(), &results[0]["line"], &results[0]["units"]), (1, &json!(1), &json!(5)));
        assert_eq!(level(&shop, "TEA", "riyadh").await, (15, 0, 15));
    }
    assert_eq!(told(&shop, "stock.adjusted").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_adjusts_once_and_not_with_another_input() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let lines = [line(&shop, "CUP", "riyadh", json!({ "delta": 2, "reason": "x" })).await];
    for _again in 0..3 {
        let done = changed(&staff, "stockAdjust", json!({ "lines": lines, "idempotencyKey": "k" })).await;
        assert_eq!(done["results"][0]["level"]["onHand"], 4);
    }
    let others = [line(&shop, "CUP", "riyadh", json!({ "delta": 3, "reason": "x" })).await];
    let payload = change(&staff, "stockAdjust", json!({ "lines": others, "idempotencyKey": "k" })).await;
    assert_eq!(wrong(&payload), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
    assert_eq!(level(&shop, "CUP", "riyadh").await, (4, 0, 4));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_by_field_in_both_languages() {
    let shop = Shop::open().await;
    let good = line(&shop, "CUP", "riyadh", json!({ "delta": 1, "reason": "x" })).await;
    let with = |field: &str, value: Value| {
        let mut line = good.clone();
        line[field] = value;
        json!([line])
    };
    let table = [
        (json!([]), "REQUIRED lines"),
        (json!([good, good]), "DUPLICATE lines.1.variant"),
        (json!(vec![&good; 501]), "TOO_LONG lines"),
        (with("delta", json!(1_000_001)), "QUANTITY_TOO_LARGE lines.0.delta"),
        (with("delta", json!(-1_000_001)), "QUANTITY_TOO_LARGE lines.0.delta"),
        (with("reason", json!("ق".repeat(501))), "TOO_LONG lines.0.reason"),
        (with("reason", json!("a\0b")), "CONTROL_CHARACTER lines.0.reason"),
        (with("variant", good["location"].clone()), "INVALID_ID lines.0.variant"),
    ];
    for (lines, refusal) in table {
        for language in ["ar", "en"] {
            let staff = shop.staff("STOCK_MANAGE").in_language(language);
            let payload = change(&staff, "stockAdjust", json!({ "lines": lines })).await;
            assert_eq!(wrong(&payload), [refusal]);
            let message = payload["userErrors"][0]["message"].as_str().unwrap();
            assert_eq!(message.chars().any(|c| ('\u{0620}'..='\u{064a}').contains(&c)), language == "ar", "{message}");
        }
    }
    assert_eq!(level(&shop, "CUP", "riyadh").await, (2, 0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_levels_are_adjusted_in_one_call() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let create = "mutation ($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code } } }";
    let teas = shop.variant("TEA").await;
    let mut lines = Vec::new();
    for n in 0..500 {
        let input = json!({ "code": format!("shelf-{n}"), "nameEn": "Shelf", "kind": "SHOP", "city": "Riyadh" });
        let made = staff.done(create, json!({ "input": input })).await;
        lines.push(json!({ "variant": teas, "location": made["location"]["id"], "delta": 1 + n, "reason": "x" }));
    }
    let done = changed(&staff, "stockAdjust", json!({ "lines": lines })).await;
    let results = done["results"].as_array().unwrap();
    assert_eq!(results.len(), 500);
    assert!(results.iter().enumerate().all(|(n, one)| one["line"] == n && one["level"]["onHand"] == n + 1));
    shop.verify().await;
}
