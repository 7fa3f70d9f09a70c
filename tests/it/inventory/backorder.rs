//! What the shelf does not have is promised, and who waits is served first.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use super::ask::{change, changed, level, line, place, text, told};
use crate::{
    cart::{
        read::{cart_with, read},
        refusal::wrong,
    },
    orders::ask::{act, done, facts, line_of, refusal, try_act},
};

/// Says how a variant is sold beyond its stock.
pub async fn sell(tenant: &Tenant, sku: &str, policy: &str, limit: i64, expected_at: Option<&str>) -> Value {
    let variant = tenant.variant(sku).await;
    let lines = json!([{ "variant": variant, "policy": policy, "limit": limit, "expectedAt": expected_at }]);
    sell_lines(&tenant.staff("STOCK_MANAGE"), json!({ "lines": lines })).await
}

async fn sell_lines(staff: &Client, mut input: Value) -> Value {
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(staff.key());
    }
    let query = "mutation ($input: VariantSellingSetInput!) { variantSellingSet(input: $input) {
        selling { policy limit backordered expectedAt } userErrors { code field } } }";
    staff.run(query, json!({ "input": input })).await["variantSellingSet"].take()
}

/// What a shopper is told of a variant.
pub async fn told_of(client: &Client, sku: &str) -> Value {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) {
        availability { isAvailable quantity status expectedAt } } }";
    client.run(query, json!({ "sku": sku })).await["productVariant"]["availability"].take()
}

/// Units that the first line of an order waits for.
pub async fn waits(tenant: &Tenant, order: &str) -> i64 {
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { backordered expectedAt } } }";
    let found = tenant.staff_all().run(query, json!({ "id": order })).await;
    found["order"]["lines"][0]["backordered"].as_i64().unwrap()
}

/// Units of a variant that come in at a place.
async fn come(tenant: &Tenant, sku: &str, code: &str, quantity: i64) {
    let lines = [line(tenant, sku, code, json!({ "quantity": quantity })).await];
    changed(&tenant.staff("STOCK_MANAGE"), "stockReceive", json!({ "lines": lines })).await;
}

/// Tries to buy by cash: gives the order's number, or why there is none.
async fn try_buy(client: &Client, lines: &[(&str, u32)]) -> Value {
    let cart = client.cart_ready(lines, "CASH_ON_DELIVERY").await;
    let query = "mutation ($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) {
        order { number } userErrors { code params { value } } } }";
    let input = json!({ "cart": cart, "idempotencyKey": client.key() });
    client.run(query, json!({ "input": input })).await["checkoutComplete"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_promised_up_to_the_limit_and_the_buyer_is_told_when_it_comes() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let nothing = json!({ "isAvailable": false, "quantity": 0, "status": "OUT_OF_STOCK", "expectedAt": null });
    assert_eq!(told_of(&guest, "INCENSE").await, nothing);
    let set = sell(&shop, "INCENSE", "BACKORDER", 5, Some("2026-03-20")).await;
    let said = json!([{ "policy": "BACKORDER", "limit": 5, "backordered": 0, "expectedAt": "2026-03-20" }]);
    assert_eq!((&set["selling"], &set["userErrors"]), (&said, &json!([])));
    let later = json!({ "isAvailable": true, "quantity": 0, "status": "BACKORDER", "expectedAt": "2026-03-20" });
    assert_eq!(told_of(&guest, "INCENSE").await, later);

    let cart = cart_with(&guest.clone().in_language("en"), &[("INCENSE", 2)]).await;
    let warned = read(&guest.clone().in_language("en"), &cart).await["warnings"].take();
    assert_eq!(warned[0]["code"], "BACKORDERED");
    let message = "\u{2068}2\u{2069} of this product are not in stock and are expected on \u{2068}2026-03-20\u{2069}.";
    assert_eq!(warned[0]["message"], message);

    let order = shop.order(&[("INCENSE", 3)]).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { state lines { quantity backordered expectedAt } } }";
    let there = shop.staff_all().run(query, json!({ "id": order.id })).await["order"].take();
    let lines = json!([{ "quantity": 3, "backordered": 3, "expectedAt": "2026-03-20" }]);
    assert_eq!((&there["state"], &there["lines"]), (&json!("PLACED"), &lines));
    let short = try_buy(&guest, &[("INCENSE", 3)]).await;
    assert_eq!(short["userErrors"], json!([{ "code": "OUT_OF_STOCK", "params": [{ "value": "2" }] }]));
    shop.order(&[("INCENSE", 2)]).await;
    assert_eq!(told_of(&guest, "INCENSE").await, nothing, "five wait, and no more may");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_there_is_taken_first_and_only_the_rest_waits() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    sell(&shop, "DALLAH", "PREORDER", 4, None).await;
    assert_eq!(told_of(&guest, "DALLAH").await["status"], "IN_STOCK");
    let order = shop.order(&[("DALLAH", 3)]).await;
    assert_eq!(waits(&shop, &order.id).await, 2);
    let now = told_of(&guest, "DALLAH").await;
    assert_eq!(
        (&now["status"], &now["expectedAt"], &now["isAvailable"]),
        (&json!("PREORDER"), &Value::Null, &json!(true))
    );
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_served_in_the_order_of_placement_before_anybody_else() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    sell(&shop, "INCENSE", "BACKORDER", 9, None).await;
    let mut orders = Vec::new();
    for units in [3, 2, 4] {
        orders.push(shop.order(&[("INCENSE", units)]).await.id);
        shop.later(std::time::Duration::from_secs(1));
    }
    let left = async || {
        let (first, second, third) =
            (waits(&shop, &orders[0]).await, waits(&shop, &orders[1]).await, waits(&shop, &orders[2]).await);
        [first, second, third]
    };
    come(&shop, "INCENSE", "riyadh", 4).await;
    assert_eq!(left().await, [0, 1, 4], "the second has one of two");
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (4, 4, 0));
    assert!(told(&shop, "stock.back").await.is_empty(), "there is none to sell");
    let served = told(&shop, "order.backorder_served").await;
    let served: Vec<_> = served.iter().map(|event| json!([event["order"], event["quantity"], event["left"]])).collect();
    assert_eq!(served, [json!([orders[0], 3, 0]), json!([orders[1], 1, 1])]);
    shop.verify().await;

    let lines = [line(&shop, "INCENSE", "jeddah", json!({ "delta": 2, "reason": "found" })).await];
    changed(&shop.staff("STOCK_MANAGE"), "stockAdjust", json!({ "lines": lines })).await;
    assert_eq!(left().await, [0, 0, 3], "wherever it comes");
    shop.verify().await;
    shop.make(&["orderCancel"], &orders[0]).await;
    assert_eq!(left().await, [0, 0, 0], "what another gives back");
    assert_eq!(told_of(&guest, "INCENSE").await["quantity"], 0);
    shop.verify().await;
    come(&shop, "INCENSE", "riyadh", 2).await;
    assert_eq!(told_of(&guest, "INCENSE").await["quantity"], 2, "nobody waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_there_before_goods_came_is_told_as_it_was_though_who_waits_had_them_at_once() {
    let shop = Shop::open().await;
    sell(&shop, "INCENSE", "BACKORDER", 9, None).await;
    come(&shop, "INCENSE", "riyadh", 2).await;
    shop.order(&[("INCENSE", 5)]).await;
    come(&shop, "INCENSE", "riyadh", 4).await;
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (6, 5, 1));
    let query =
        "{ auditEntries(filter: { action: \"stock.received\" }, page: { first: 1 }) { nodes { before after } } }";
    let entry = shop.staff("AUDIT_READ").run(query, json!({})).await["auditEntries"]["nodes"][0].take();
    assert_eq!(entry["before"], json!({ "on_hand": 2, "quarantined": 0 }));
    assert_eq!(entry["after"]["on_hand"], 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_ships_what_came_and_not_what_it_waits_for() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    sell(&shop, "INCENSE", "BACKORDER", 9, None).await;
    let nothing = shop.order(&[("INCENSE", 1)]).await.id;
    shop.make(&["orderConfirm"], &nothing).await;
    let refused = try_act(&staff, "orderAllocate", &nothing, json!({})).await.body["data"]["orderAllocate"].take();
    assert_eq!(refusal(&refused)["code"], "ORDER_BACKORDERED", "nothing of it came");

    let order = shop.order(&[("INCENSE", 2), ("TEA", 1)]).await.id;
    let (incense, tea) = (line_of(&shop, &order, "INCENSE").await, line_of(&shop, &order, "TEA").await);
    shop.make(&["orderConfirm", "orderAllocate"], &order).await;
    let all = try_act(&staff, "orderShip", &order, json!({})).await.body["data"]["orderShip"].take();
    assert_eq!(wrong(&all), [format!("ORDER_BACKORDERED order.lines.{incense}")]);
    let some = json!({ "lines": [{ "line": tea, "quantity": 1 }, { "line": incense, "quantity": 1 }] });
    let some = try_act(&staff, "orderShip", &order, some).await.body["data"]["orderShip"].take();
    assert_eq!(wrong(&some), ["ORDER_BACKORDERED lines.1.quantity"]);
    let there = json!({ "lines": [{ "line": tea, "quantity": 1 }] });
    assert_eq!(done(&staff, "orderShip", &order, there).await["order"]["state"], "PARTLY_SHIPPED", "not all of it");
    shop.verify().await;

    come(&shop, "INCENSE", "riyadh", 3).await;
    assert_eq!(waits(&shop, &order).await, 0);
    assert_eq!(done(&staff, "orderShip", &order, json!({})).await["order"]["state"], "SHIPPED");
    done(&staff, "orderAllocate", &nothing, json!({})).await;
    assert_eq!(done(&staff, "orderShip", &nothing, json!({})).await["order"]["state"], "SHIPPED");
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (0, 0, 0));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_pay_in_time_or_cancels_waits_no_more() {
    let shop = Shop::open().await;
    sell(&shop, "INCENSE", "BACKORDER", 3, None).await;
    let unpaid = crate::orders::ask::transfer(&shop, &[("INCENSE", 3)]).await.id;
    assert_eq!(try_buy(&shop.anonymous(), &[("INCENSE", 1)]).await["userErrors"][0]["code"], "OUT_OF_STOCK");
    come(&shop, "INCENSE", "riyadh", 1).await;
    shop.verify().await;
    shop.later(std::time::Duration::from_hours(24 * 30));
    shop.work().await;
    assert_eq!(facts(&shop, &unpaid).await["order"]["state"], "CANCELLED");
    assert_eq!((waits(&shop, &unpaid).await, level(&shop, "INCENSE", "riyadh").await), (0, (1, 0, 1)));
    let next = shop.order(&[("INCENSE", 4)]).await.id;
    assert_eq!(waits(&shop, &next).await, 3, "one was there, and all that may wait waits");
    shop.make(&["orderCancel"], &next).await;
    assert_eq!(told_of(&shop.anonymous(), "INCENSE").await["quantity"], 1);
    let paid = crate::orders::ask::transfer(&shop, &[("INCENSE", 3)]).await.id;
    done(&shop.staff_all(), "orderMarkAsPaid", &paid, json!({})).await;
    shop.verify().await;
    come(&shop, "INCENSE", "riyadh", 2).await;
    assert_eq!(waits(&shop, &paid).await, 0);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_limit_takes_no_promise_back_and_makes_none() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    sell(&shop, "INCENSE", "BACKORDER", 3, None).await;
    let order = shop.order(&[("INCENSE", 3)]).await.id;
    let incense = shop.variant("INCENSE").await;
    let lines = json!([{ "variant": incense, "policy": "DENY", "limit": 0 }]);
    let tried = sell_lines(&staff, json!({ "lines": lines, "dryRun": true })).await;
    assert_eq!(tried["selling"][0]["backordered"], 3);
    let query = r#"{ productVariant(by: { sku: "INCENSE" }) { selling { policy limit backordered expectedAt } } }"#;
    let now = async || shop.staff("STOCK_READ").run(query, json!({})).await["productVariant"]["selling"].take();
    let before = json!({ "policy": "BACKORDER", "limit": 3, "backordered": 3, "expectedAt": null });
    assert_eq!(now().await, before, "that was a rehearsal");
    let input = json!({ "lines": lines, "idempotencyKey": "k" });
    for _again in 0..2 {
        assert_eq!(sell_lines(&staff, input.clone()).await["userErrors"], json!([]));
    }
    assert_eq!(told(&shop, "variant.selling_set").await.len(), 2);
    assert_eq!((now().await["policy"].take(), now().await["backordered"].take()), (json!("DENY"), json!(3)));
    assert_eq!(waits(&shop, &order).await, 3);
    shop.verify().await;

    let nobodys = "variant_01h455vb4pex5vsknk084sn02q";
    let bad = json!([{ "variant": nobodys, "policy": "DENY", "limit": 0 }, { "variant": incense, "policy": "BACKORDER", "limit": 1 }]);
    assert_eq!(wrong(&sell_lines(&staff, json!({ "lines": bad })).await), ["NOT_FOUND lines.0.variant"]);
    let bad = json!([{ "variant": incense, "policy": "DENY", "limit": -1 }, { "variant": "x", "policy": "DENY", "limit": 1_000_001 }]);
    let refused = wrong(&sell_lines(&staff, json!({ "lines": bad })).await);
    assert_eq!(
        refused,
        ["QUANTITY_NEGATIVE lines.0.limit", "INVALID_ID lines.1.variant", "QUANTITY_TOO_LARGE lines.1.limit"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_want_the_last_units_that_may_wait_are_promised_no_more_than_there_are() {
    let shop = Shop::open().await;
    sell(&shop, "INCENSE", "BACKORDER", 5, None).await;
    let guest = shop.anonymous();
    let bought = at_once(12, async |_| try_buy(&guest, &[("INCENSE", 1)]).await["order"].is_object()).await;
    assert_eq!(bought.iter().filter(|bought| **bought).count(), 5);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_come_while_orders_are_placed_and_cancelled_are_nobodys_twice() {
    let shop = Shop::open().await;
    sell(&shop, "INCENSE", "BACKORDER", 40, None).await;
    let (guest, staff) = (shop.anonymous(), shop.staff_all());
    let mut orders = Vec::new();
    for _ in 0..4 {
        orders.push(shop.order(&[("INCENSE", 2)]).await.id);
    }
    let incense = line(&shop, "INCENSE", "riyadh", json!({ "quantity": 2 })).await;
    at_once(12, async |n| match n % 3 {
        0 => {
            let reply = try_act(&staff, "orderCancel", &orders[n / 3], json!({})).await;
            assert_eq!(reply.body["data"]["orderCancel"]["userErrors"], json!([]), "{reply}");
        }
        1 => {
            let payload = change(&staff, "stockReceive", json!({ "lines": [incense] })).await;
            assert_eq!(payload["userErrors"], json!([]));
        }
        _ => assert!(try_buy(&guest, &[("INCENSE", 1)]).await["order"].is_object()),
    })
    .await;
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (8, 4, 4), "eight came, and four buyers have one each");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_promises_as_the_checkout_does() {
    let shop = Shop::open().await;
    let wishes = [3, 4, 2, 1];
    let (one_by_one, together) = (&shop as &Tenant, shop.neighbour());
    for tenant in [one_by_one, together] {
        sell(tenant, "DALLAH", "BACKORDER", 5, None).await;
    }
    let (guest, neighbour) = (one_by_one.anonymous(), together.anonymous());
    for units in wishes {
        try_buy(&guest, &[("DALLAH", units)]).await;
        let cart = neighbour.cart_ready(&[("DALLAH", units)], "CASH_ON_DELIVERY").await;
        let query = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) { ticket { id } userErrors { code } } }";
        neighbour.done(query, json!({ "input": { "cart": cart, "idempotencyKey": neighbour.key() } })).await;
    }
    shop.work().await;
    let orders =
        "{ orders(sortBy: { field: PLACED_AT, direction: ASC }) { nodes { number lines { quantity backordered } } } }";
    let [singly, jointly] =
        [one_by_one.staff_all().run(orders, json!({})).await, together.staff_all().run(orders, json!({})).await];
    assert_eq!(singly, jointly);
    let lines = |n: i64, waits: i64| json!([{ "quantity": n, "backordered": waits }]);
    let nodes = singly["orders"]["nodes"].as_array().unwrap();
    let told: Vec<_> = nodes.iter().map(|order| order["lines"].clone()).collect();
    assert_eq!(told, [lines(3, 2), lines(2, 2), lines(1, 1)], "four were too many");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_is_served_when_a_place_opens_or_joins_the_channel() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    sell(&shop, "INCENSE", "BACKORDER", 9, None).await;
    let made = "mutation ($input: LocationCreateInput!) { locationCreate(input: $input) { location { id } userErrors { code } } }";
    let abha = json!({ "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha", "isActive": false });
    let abha = text(&staff.done(made, json!({ "input": abha })).await["location"]["id"]);
    come(&shop, "INCENSE", "abha", 5).await;
    let first = shop.order(&[("INCENSE", 3)]).await.id;
    let sources = json!({ "channel": "web-sa", "locations": [{ "location": place(&shop, "riyadh").await }, { "location": abha }] });
    let set =
        "mutation ($input: ChannelLocationsSetInput!) { channelLocationsSet(input: $input) { userErrors { code } } }";
    staff.done(set, json!({ "input": sources })).await;
    assert_eq!(waits(&shop, &first).await, 3, "it is closed");
    let open = "mutation ($input: LocationUpdateInput!) { locationUpdate(input: $input) { userErrors { code } } }";
    staff.done(open, json!({ "input": { "location": abha, "isActive": true } })).await;
    assert_eq!(waits(&shop, &first).await, 0);
    let without = json!({ "channel": "web-sa", "locations": [{ "location": place(&shop, "riyadh").await }] });
    staff.done(set, json!({ "input": without })).await;
    let second = shop.order(&[("INCENSE", 1)]).await.id;
    assert_eq!(waits(&shop, &second).await, 1);
    staff.done(set, json!({ "input": sources })).await;
    assert_eq!((waits(&shop, &second).await, level(&shop, "INCENSE", "abha").await), (0, (5, 4, 1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_come_back_are_told_of_and_go_to_who_waits() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let refused = async |waiting: bool| {
        let order = shop.order(&[("DALLAH", 1)]).await.id;
        shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order).await;
        let shipment = crate::orders::ask::shipment_of(&shop, &order).await;
        let refuse =
            "mutation ($input: ShipmentRefuseInput!) { shipmentRefuse(input: $input) { userErrors { code } } }";
        staff.done(refuse, json!({ "input": { "shipment": shipment, "idempotencyKey": staff.key() } })).await;
        let next = if waiting { Some(shop.order(&[("DALLAH", 1)]).await.id) } else { None };
        let take = "mutation ($input: ShipmentReturnReceiveInput!) { shipmentReturnReceive(input: $input) { userErrors { code } } }";
        let input = json!({ "shipment": shipment, "goods": "RESTOCK", "idempotencyKey": staff.key() });
        staff.done(take, json!({ "input": input })).await;
        next
    };
    refused(false).await;
    assert_eq!(told(&shop, "stock.back").await.len(), 1, "the only one is there again");
    sell(&shop, "DALLAH", "BACKORDER", 1, None).await;
    let next = refused(true).await.unwrap();
    assert_eq!(waits(&shop, &next).await, 0);
    assert_eq!(told(&shop, "stock.back").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_did_not_come_are_cancelled_first_and_those_that_did_go_to_who_waits() {
    let shop = Shop::open().await;
    sell(&shop, "DALLAH", "BACKORDER", 9, None).await;
    let (first, second) = (shop.order(&[("DALLAH", 4)]).await, shop.order(&[("DALLAH", 2)]).await);
    assert_eq!((waits(&shop, &first.id).await, waits(&shop, &second.id).await), (3, 2), "one is there");
    let staff = shop.staff("ORDER_MANAGE");
    let cancel = async |quantity: i64| {
        let lines = json!({ "lines": [{ "line": line_of(&shop, &first.id, "DALLAH").await, "quantity": quantity }] });
        act(&staff, "orderLinesCancel", &first.id, lines).await
    };
    let refused = cancel(5).await;
    assert_eq!(wrong(&refused), ["ORDER_UNITS_EXCEEDED lines.0.quantity"]);
    cancel(2).await;
    assert_eq!((waits(&shop, &first.id).await, waits(&shop, &second.id).await), (1, 2));
    shop.verify().await;
    come(&shop, "DALLAH", "jeddah", 1).await;
    assert_eq!((waits(&shop, &first.id).await, waits(&shop, &second.id).await), (0, 2), "the first come is served");
    cancel(1).await;
    assert_eq!((waits(&shop, &first.id).await, waits(&shop, &second.id).await), (0, 1), "what was the first's");
    shop.verify().await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &first.id).await;
    shop.make(&["orderCancel"], &second.id).await;
    shop.verify().await;
}
