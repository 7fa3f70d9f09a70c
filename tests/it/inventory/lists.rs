//! Lists of levels, of movements and of places.

use std::time::Duration;

use serde_json::{Value, json};
use tests::shop::Shop;

use super::ask::{changed, line, place};

const LEVELS: &str = "query ($filter: StockLevelFilter! = {}, $sortBy: StockLevelSort! = SINCE, $page: Paging! = {}) {
    stockLevels(filter: $filter, sortBy: $sortBy, page: $page) { totalCount nodes {
        id variant { sku } place { code name kind city isActive } location locationName onHand reserved quarantined
        safetyStock lowStockThreshold available isLow since } pageInfo { hasNextPage endCursor } } }";

const MOVEMENTS: &str = "query ($filter: StockMovementFilter! = {}, $page: Paging! = {}) {
    stockMovements(filter: $filter, page: $page) { totalCount nodes {
        id cause onHandDelta reservedDelta variant { sku } location { code name } at actor } } }";

#[tokio::test(flavor = "multi_thread")]
async fn levels_are_filtered_sorted_and_paged() {
    let shop = Shop::open().await;
    let reader = shop.staff("STOCK_READ").in_language("en");
    let all = reader.run(LEVELS, json!({})).await["stockLevels"].take();
    assert_eq!(all["totalCount"], 30, "ten variants at three places");
    let riyadh = place(&shop, "riyadh").await;
    let (tea, cup) = (shop.variant("TEA").await, shop.variant("CUP").await);
    let filter = json!({ "variants": [tea, cup], "locations": [riyadh] });
    let some = reader.run(LEVELS, json!({ "filter": filter, "sortBy": "AVAILABLE" })).await["stockLevels"].take();
    let shown: Vec<_> =
        some["nodes"].as_array().unwrap().iter().map(|level| (&level["variant"]["sku"], &level["available"])).collect();
    assert_eq!(shown, [(&json!("CUP"), &json!(2)), (&json!("TEA"), &json!(10))], "the fewest first");
    let place = json!({ "code": "riyadh", "name": "Riyadh warehouse", "kind": "WAREHOUSE", "city": "الرياض", "isActive": true });
    assert_eq!((&some["nodes"][0]["place"], &some["nodes"][0]["locationName"]), (&place, &json!("Riyadh warehouse")));
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    for has_next in [true, true, false] {
        let page = json!({ "first": 12, "after": after });
        let part = reader.run(LEVELS, json!({ "page": page })).await["stockLevels"].take();
        seen.extend(part["nodes"].as_array().unwrap().iter().map(|level| level["id"].clone()));
        assert_eq!(part["pageInfo"]["hasNextPage"], has_next);
        after = part["pageInfo"]["endCursor"].clone();
    }
    seen.dedup();
    assert_eq!(seen.len(), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn levels_of_which_there_is_little_are_found() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let few = |is_low: bool| json!({ "filter": { "isLow": is_low } });
    assert_eq!(staff.run(LEVELS, few(true)).await["stockLevels"]["totalCount"], 0, "nobody said what is little");
    let lines = [
        line(&shop, "TEA", "riyadh", json!({ "safetyStock": 4, "lowStockThreshold": 6 })).await,
        line(&shop, "CUP", "riyadh", json!({ "lowStockThreshold": 1 })).await,
    ];
    changed(&staff, "stockThresholdsSet", json!({ "lines": lines })).await;
    let found = staff.run(LEVELS, few(true)).await["stockLevels"].take();
    let level = &found["nodes"][0];
    assert_eq!(
        (&found["totalCount"], &level["variant"]["sku"], &level["isLow"]),
        (&json!(1), &json!("TEA"), &json!(true))
    );
    assert_eq!(
        (&level["available"], &level["safetyStock"], &level["lowStockThreshold"]),
        (&json!(6), &json!(4), &json!(6))
    );
    assert_eq!(staff.run(LEVELS, few(false)).await["stockLevels"]["totalCount"], 29);
}

#[tokio::test(flavor = "multi_thread")]
async fn movements_are_told_the_newest_first_and_filtered() {
    let shop = Shop::open().await;
    let reader = shop.staff("STOCK_READ");
    let receipts = reader.run(MOVEMENTS, json!({})).await["stockMovements"].take();
    assert_eq!(receipts["totalCount"], 24, "what is there was received");
    shop.later(Duration::from_mins(1));
    let order = shop.order(&[("TEA", 12)]).await;
    shop.later(Duration::from_mins(1));
    shop.make(&["orderCancel"], &order.id).await;
    let tea = shop.variant("TEA").await;
    let found = reader.run(MOVEMENTS, json!({ "filter": { "variant": tea } })).await["stockMovements"].take();
    let causes: Vec<_> = found["nodes"].as_array().unwrap().iter().map(|one| one["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["RELEASE", "RELEASE", "RESERVATION", "RESERVATION", "RECEIPT", "RECEIPT", "RECEIPT"]);
    let riyadh = place(&shop, "riyadh").await;
    for (filter, n_found) in [
        (json!({ "variant": tea, "location": riyadh }), 3),
        (json!({ "cause": "RELEASE" }), 2),
        (json!({ "since": "2026-03-01T09:01:00Z" }), 4),
        (json!({ "since": "2026-03-01T09:01:00Z", "until": "2026-03-01T09:02:00Z" }), 2),
        (json!({ "until": "2026-03-01T09:00:00Z" }), 0),
    ] {
        let found = reader.run(MOVEMENTS, json!({ "filter": filter })).await;
        assert_eq!(found["stockMovements"]["totalCount"], n_found, "{filter}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_stock_cost_the_same_for_one_row_and_twenty() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.run("{ __typename }", json!({})).await;
    let cost =
        async |query: &str, first: usize| shop.counted(staff.run(query, json!({ "page": { "first": first } }))).await.1;
    for query in [LEVELS, MOVEMENTS] {
        let costs = [cost(query, 1).await, cost(query, 20).await];
        assert_eq!(costs[0], costs[1], "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_id_or_no_cursor_is_refused() {
    let shop = Shop::open().await;
    let reader = shop.staff("STOCK_READ");
    for (query, variables, code) in [
        (LEVELS, json!({ "filter": { "variants": ["TEA"] } }), "INVALID_ID"),
        (LEVELS, json!({ "filter": { "locations": ["riyadh"] } }), "INVALID_ID"),
        (LEVELS, json!({ "page": { "first": 101 } }), "PAGE_TOO_LARGE"),
        (MOVEMENTS, json!({ "filter": { "location": "riyadh" } }), "INVALID_ID"),
        (MOVEMENTS, json!({ "page": { "after": "x" } }), "INVALID_CURSOR"),
    ] {
        assert_eq!(reader.try_run(query, variables.clone()).await.codes(), [code], "{variables}");
    }
}
