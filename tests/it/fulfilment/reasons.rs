//! Why a line ships from where it does.

use serde_json::{Value, json};
use tests::shop::Shop;

use crate::orders::ask::by_token;

const SOURCES: &str = "query ($id: ID!) { order(by: { id: $id }) { lines { sources {
    location { code } quantity code reason refusedBy { code } decidedAt
    considered { location { code } available verdict } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_is_in_the_readers_language_and_names_every_place_that_was_looked_at() {
    let shop = Shop::open().await;
    let order = shop.order(&[("DATES", 1)]).await;
    for (language, reason) in [("ar", "تفضّل القناة هذا الموقع"), ("en", "The channel prefers this location")]
    {
        let staff = shop.staff("ORDER_READ").in_language(language);
        let found = staff.run(SOURCES, json!({ "id": order.id })).await;
        let considered = json!([
            { "location": { "code": "riyadh" }, "available": 3, "verdict": "CHOSEN" },
            { "location": { "code": "jeddah" }, "available": 0, "verdict": "NOTHING_FREE" },
            { "location": { "code": "dammam" }, "available": 1, "verdict": "LATER" },
        ]);
        let wanted = json!([{ "location": { "code": "riyadh" }, "quantity": 1, "code": "PRIORITY", "reason": reason,
            "refusedBy": null, "decidedAt": "2026-03-01T09:00:00Z", "considered": considered }]);
        assert_eq!(found["order"]["lines"][0]["sources"], wanted);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_orders_is_not_told_where_they_ship_from() {
    let shop = Shop::open().await;
    let order = shop.order(&[("DATES", 1)]).await;
    for client in [shop.anonymous(), shop.customer("layla"), shop.staff("STOCK_READ")] {
        let by = json!({ "guest": { "number": order.number, "token": order.token } });
        let query = "query ($by: OrderBy!) { order(by: $by) { lines { sources { quantity } } } }";
        let reply = client.try_run(query, json!({ "by": by })).await;
        assert!(["UNAUTHENTICATED", "FORBIDDEN"].contains(&reply.codes()[0]), "{reply}");
    }
    let seen = by_token(&shop.staff("ORDER_READ"), &order, "lines { sources { quantity } }").await;
    assert_eq!(seen["lines"][0]["sources"], json!([{ "quantity": 1 }]));
    let theirs = shop.neighbour().staff("ORDER_READ").run(SOURCES, json!({ "id": order.id })).await;
    assert_eq!(theirs["order"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_decided_stays_as_it_was() {
    let shop = Shop::open().await;
    let order = shop.order(&[("DATES", 4)]).await;
    let before = super::ask::told(&shop, &order.id).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    assert_eq!(super::ask::told(&shop, &order.id).await, before);
    assert_eq!(before, ["DATES riyadh 3 SPLIT", "DATES dammam 1 SPLIT"]);
}
