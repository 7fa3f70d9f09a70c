//! The audit trail: who did what, to which record, when.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, world::Placed};

use crate::{
    inventory::ask::{level, line, place},
    orders::ask::{done, me, text, transfer},
};

const ENTRIES: &str = "query ($filter: AuditEntryFilter! = {}, $page: Paging! = {}) {
    auditEntries(filter: $filter, page: $page) {
        totalCount nodes { actor action recordKind record after requestId at }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async fn entries(client: &Client, variables: Value) -> Value {
    client.run(ENTRIES, variables).await["auditEntries"].take()
}

fn actions(entries: &Value) -> Vec<&str> {
    entries["nodes"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_move_of_an_order_is_written_down_with_who_what_when_and_in_which_request() {
    let shop = Shop::open().await;
    let cash = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let cancelled = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let bank = transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await;
    let moved =
        |action: &str, from: &str, to: &str| json!({ "action": action, "from": from, "to": to, "reason": null });
    let money = |minor: i64| json!({ "minor": minor, "currency": "SAR" });
    let part = json!({ "amount": money(100), "full": false, "reason": "ناقص" });
    let rest = json!({ "amount": money(7800), "full": true, "reason": null });
    let mut stop = moved("CANCEL", "PLACED", "CANCELLED");
    stop["reason"] = json!("نفدت");
    let none = || json!({});
    let table: [(&Placed, &str, &str, Value, &str, Value); 8] = [
        (&bank, "orderMarkAsPaid", "PAYMENT_MANAGE", none(), "order.paid", moved("PAY", "AWAITING_PAYMENT", "PLACED")),
        (&cash, "orderConfirm", "ORDER_MANAGE", none(), "order.confirmed", moved("CONFIRM", "PLACED", "CONFIRMED")),
        (
            &cash,
            "orderAllocate",
            "ORDER_FULFIL",
            none(),
            "order.allocated",
            moved("ALLOCATE", "CONFIRMED", "ALLOCATED"),
        ),
        (&cash, "orderShip", "ORDER_FULFIL", none(), "order.shipped", moved("SHIP", "ALLOCATED", "SHIPPED")),
        (&cash, "orderDeliver", "ORDER_FULFIL", none(), "order.delivered", moved("DELIVER", "SHIPPED", "DELIVERED")),
        (
            &cash,
            "orderRefund",
            "PAYMENT_MANAGE",
            json!({ "amount": "1.00", "reason": "ناقص" }),
            "order.refunded_in_part",
            part,
        ),
        (&cash, "orderRefund", "PAYMENT_MANAGE", none(), "order.refunded", rest),
        (&cancelled, "orderCancel", "ORDER_MANAGE", json!({ "reason": "نفدت" }), "order.cancelled", stop),
    ];
    for (n, (order, name, permission, input, action, mut after)) in table.into_iter().enumerate() {
        shop.later(Duration::from_mins(1));
        let request = format!("request-{n}");
        let staff = shop.staff(permission).with_header("x-request-id", &request);
        done(&staff, name, &order.id, input).await;
        let filter = json!({ "filter": { "record": order.id, "action": action } });
        let found = entries(&shop.staff("AUDIT_READ"), filter).await;
        let at = format!("2026-03-01T09:0{}:00Z", n + 1);
        after["order"] = json!(order.id);
        after["number"] = json!(order.number);
        after["at"] = json!(at);
        let entry = json!({
            "actor": me(&staff).await, "action": action, "recordKind": "order", "record": order.id, "after": after,
            "requestId": request, "at": at,
        });
        assert_eq!(found["nodes"], json!([entry]), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_was_before_is_written_down_beside_what_it_is() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = shop.order(&[("TEA", 1)]).await.id;
    let change = async |name: &str, input: Value| {
        let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
        staff
            .done(
                &format!(
                    "mutation ($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code field message }} }} }}"
                ),
                json!({ "input": input }),
            )
            .await;
    };
    let keyed = |mut input: Value| {
        input["idempotencyKey"] = json!(staff.key());
        input
    };
    let here = async |more: Value| json!({ "lines": [line(&shop, "CUP", "riyadh", more).await] });
    let cup = shop.variant("CUP").await;
    let riyadh = place(&shop, "riyadh").await;
    let south = json!({ "code": "south", "nameEn": "The south", "areas": [{ "country": "SA", "cities": ["Abha"] }] });
    let zone = "mutation ($input: ZoneCreateInput!) { zoneCreate(input: $input) { zone { id } userErrors { code } } }";
    let zone = staff.run(zone, json!({ "input": south })).await["zoneCreate"]["zone"]["id"].take();
    let selling = json!({ "lines": [{ "variant": cup, "policy": "BACKORDER", "limit": 5 }] });
    let thresholds = here(json!({ "safetyStock": 2, "lowStockThreshold": 3 })).await;
    let adjusted = here(json!({ "delta": 4, "reason": "found" })).await;
    let served = json!({ "location": riyadh, "zones": [{ "zone": zone, "rank": 1 }] });
    let sources = json!({ "channel": "web-kw", "locations": [{ "location": riyadh, "buffer": 1 }] });
    let sourcing = json!({ "channel": "web-kw", "rules": ["MOST_STOCK"], "allowSplit": false });
    for (name, input, action, field, before, after) in [
        ("stockThresholdsSet", keyed(thresholds), "stock.thresholds_set", "safety", json!(0), json!(2)),
        (
            "channelPromiseSet",
            json!({ "channel": "web-kw", "promiseDays": 9 }),
            "channel.promise_set",
            "promise_days",
            json!(0),
            json!(9),
        ),
        (
            "channelCartReservationSet",
            json!({ "channel": "web-kw", "minutes": 30 }),
            "channel.cart_reservation_set",
            "minutes",
            json!(null),
            json!(30),
        ),
        (
            "channelDiscountCapSet",
            json!({ "channel": "web-kw", "amount": "1.500" }),
            "channel.discount_cap_set",
            "amount_minor",
            json!(null),
            json!(1_500),
        ),
        ("channelSourcingSet", sourcing, "channel.sourcing_set", "allow_split", json!(true), json!(false)),
        (
            "zoneUpdate",
            json!({ "zone": zone, "isRemote": true }),
            "zone.updated",
            "is_remote",
            json!(false),
            json!(true),
        ),
        (
            "zoneUpdate",
            json!({ "zone": zone, "areas": [{ "country": "SA", "cities": [] }] }),
            "zone.updated",
            "areas",
            json!({ "SA": ["abha"] }),
            json!({ "SA": [] }),
        ),
        ("locationZonesSet", served, "location.zones_set", "zones", json!([]), json!([[zone, 1]])),
        (
            "channelLocationsSet",
            sources,
            "channel.locations_set",
            "locations",
            json!([[riyadh, 0]]),
            json!([[riyadh, 1]]),
        ),
        ("variantSellingSet", keyed(selling), "variant.selling_set", "limit", json!(0), json!(5)),
        (
            "orderTagsAdd",
            json!({ "order": order, "tags": ["VIP"] }),
            "order.tags_changed",
            "tags",
            json!([]),
            json!(null),
        ),
        (
            "orderTagsAdd",
            json!({ "order": order, "tags": ["Gift"] }),
            "order.tags_changed",
            "tags",
            json!(["VIP"]),
            json!(null),
        ),
        ("orderConfirm", keyed(json!({ "order": order })), "order.confirmed", "state", json!("PLACED"), json!(null)),
    ] {
        change(name, input).await;
        let (was, is) = last(&shop, action).await;
        assert_eq!((&was[field], &is[field]), (&before, &after), "{name}");
    }
    let (on_hand, ..) = level(&shop, "CUP", "riyadh").await;
    change("stockAdjust", keyed(adjusted)).await;
    let (was, is) = last(&shop, "stock.adjusted").await;
    assert_eq!((&was["on_hand"], &is["on_hand"]), (&json!(on_hand), &json!(on_hand + 4)));
}

/// Before and after, by the last entry of an action.
async fn last(shop: &Shop, action: &str) -> (Value, Value) {
    let query = "query ($action: String!) { auditEntries(filter: { action: $action }) { nodes { before after } } }";
    let mut found = shop.staff("AUDIT_READ").run(query, json!({ "action": action })).await;
    let mut entry = found["auditEntries"]["nodes"][0].take();
    (entry["before"].take(), entry["after"].take())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_and_a_payment_have_their_entries_in_the_same_request() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 12)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    let staff = shop.staff("ORDER_FULFIL");
    done(&staff.clone().with_header("x-request-id", "ship"), "orderShip", &order.id, json!({})).await;
    done(&staff.clone().with_header("x-request-id", "bring"), "orderDeliver", &order.id, json!({})).await;
    let who = me(&staff).await;
    let all = entries(&shop.staff("AUDIT_READ"), json!({ "filter": { "actor": who } })).await;
    let in_request = |request: &str| {
        let nodes = all["nodes"].as_array().unwrap().iter().filter(|entry| entry["requestId"] == request);
        nodes.map(|entry| (text(&entry["action"]), text(&entry["recordKind"]))).collect::<Vec<_>>()
    };
    let entry = |action: &str, kind: &str| (action.to_owned(), kind.to_owned());
    let dispatched = || entry("order.shipment_dispatched", "order");
    // The newest first.
    assert_eq!(in_request("ship"), [dispatched(), dispatched(), entry("order.shipped", "order")]);
    let brought = || entry("order.shipment_delivered", "order");
    let captured = entry("payment.captured", "payment");
    assert_eq!(in_request("bring"), [entry("order.delivered", "order"), brought(), brought(), captured]);
    let parcels =
        all["nodes"].as_array().unwrap().iter().filter(|entry| entry["action"] == "order.shipment_dispatched");
    for parcel in parcels {
        assert_eq!(
            (&parcel["after"]["carrier"], &parcel["after"]["tracking"]),
            (&json!("سمسا"), &json!("290012345678"))
        );
        assert!(text(&parcel["after"]["shipment"]).starts_with("shipment_"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_customers_and_the_shop_itself_are_told_apart() {
    let shop = Shop::open().await;
    let auditor = shop.staff("AUDIT_READ");
    let guests = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let hers = shop.customer("layla").order(&[("COFFEE-250-LIGHT", 1)]).await;
    let unpaid = transfer(&shop, &[("COFFEE-250-LIGHT", 1)]).await;
    shop.later(Duration::from_hours(48));
    shop.work().await;
    let layla = me(&shop.customer("layla")).await;
    for (actor, action, expected) in [
        ("guest", "order.placed", vec![&unpaid, &guests]),
        (layla.as_str(), "order.placed", vec![&hers]),
        ("system", "order.placed", vec![]),
        ("system", "order.expired", vec![&unpaid]),
        ("guest", "order.expired", vec![]),
        ("nobody", "order.placed", vec![]),
    ] {
        let found = entries(&auditor, json!({ "filter": { "actor": actor, "action": action } })).await;
        let records: Vec<_> = found["nodes"].as_array().unwrap().iter().map(|entry| text(&entry["record"])).collect();
        assert_eq!(records, expected.iter().map(|order| order.id.clone()).collect::<Vec<_>>(), "{actor} {action}");
        assert_eq!(found["totalCount"], json!(expected.len()));
    }
    let placed = entries(&auditor, json!({ "filter": { "record": hers.id } })).await["nodes"][0]["after"].take();
    assert_eq!((&placed["number"], &placed["channel"]), (&json!(hers.number), &json!("web-sa")));
    assert_eq!(placed["total"], json!({ "minor": 7900, "currency": "SAR" }));
    assert_eq!((&placed["lines"][0]["sku"], &placed["lines"][0]["quantity"]), (&json!("COFFEE-250-LIGHT"), &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_trail_is_read_page_by_page_the_newest_first() {
    let shop = Shop::open().await;
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let auditor = shop.staff("AUDIT_READ");
    let filter = json!({ "record": order.id });
    let whole = [
        "order.delivered",
        "order.shipment_delivered",
        "order.shipment_dispatched",
        "order.shipped",
        "order.allocated",
        "order.confirmed",
        "order.placed",
    ];
    let all = entries(&auditor, json!({ "filter": filter })).await;
    assert_eq!((actions(&all), &all["totalCount"]), (whole.to_vec(), &json!(7)), "in one instant, and yet in order");
    let (mut seen, mut after) = (Vec::new(), Value::Null);
    for (n, has_next) in [(4, true), (3, false)] {
        let page = entries(&auditor, json!({ "filter": filter, "page": { "first": 4, "after": after } })).await;
        assert_eq!(page["nodes"].as_array().unwrap().len(), n);
        assert_eq!(page["pageInfo"]["hasNextPage"], has_next);
        seen.extend(actions(&page).into_iter().map(str::to_owned));
        after = page["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(seen, whole);
    let last = entries(&auditor, json!({ "filter": filter, "page": { "last": 2 } })).await;
    assert_eq!(actions(&last), whole[5..]);
    assert_eq!(last["pageInfo"]["hasPreviousPage"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_asked_of_the_trail_is_refused_and_what_is_not_there_is_not_found() {
    let shop = Shop::open().await;
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let auditor = shop.staff("AUDIT_READ");
    for (variables, code) in [
        (json!({ "filter": { "record": "W1001" } }), "INVALID_ID"),
        (json!({ "filter": { "record": "" } }), "INVALID_ID"),
        (json!({ "filter": { "actor": "a\0b" } }), "CONTROL_CHARACTER"),
        (json!({ "filter": { "action": "a\0b" } }), "CONTROL_CHARACTER"),
        (json!({ "page": { "first": 101 } }), "PAGE_TOO_LARGE"),
        (json!({ "page": { "after": "x" } }), "INVALID_CURSOR"),
    ] {
        assert_eq!(auditor.try_run(ENTRIES, variables.clone()).await.codes(), [code], "{variables}");
    }
    for filter in [
        json!({ "record": "order_01h455vb4pex5vsknk084sn02q" }),
        json!({ "action": "order.lost" }),
        json!({ "from": "2026-03-01T09:00:01Z" }),
        json!({ "until": "2026-03-01T09:00:00Z" }),
    ] {
        assert_eq!(entries(&auditor, json!({ "filter": filter })).await["totalCount"], 0, "{filter}");
    }
    let neighbour = shop.neighbour().staff("AUDIT_READ");
    assert_eq!(entries(&neighbour, json!({ "filter": { "record": order.id } })).await["totalCount"], 0);
    assert_eq!(entries(&neighbour, json!({ "filter": { "action": "order.placed" } })).await["totalCount"], 0);
    let then = json!({ "action": "order.placed", "from": "2026-03-01T09:00:00Z", "until": "2026-03-01T09:00:01Z" });
    assert_eq!(entries(&auditor, json!({ "filter": then })).await["totalCount"], 1);
}
