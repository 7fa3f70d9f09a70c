//! Places that open, change and close.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop};

use super::ask::{available, changed, line, place, told};
use crate::cart::refusal::wrong;

const PLACE: &str = "location { id code name nameAr nameEn kind city address isActive version }";

async fn try_place(client: &Client, name: &str, input: Value) -> Value {
    let kind = format!("L{}Input", &name[1..]);
    let errors = "userErrors { code field }";
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {PLACE} {errors} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

async fn try_channel(client: &Client, input: Value) -> Value {
    let query = "mutation ($input: ChannelLocationsSetInput!) { channelLocationsSet(input: $input) {
        locations { buffer location { code } } userErrors { code field } } }";
    client.run(query, json!({ "input": input })).await["channelLocationsSet"].take()
}

fn abha() -> Value {
    json!({ "code": "abha", "nameAr": "مستودع أبها", "nameEn": "Abha warehouse", "kind": "WAREHOUSE", "city": "أبها",
        "address": "طريق الملك فهد", "idempotencyKey": "abha" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_is_made_changed_and_found() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE").in_language("en");
    let made = try_place(&staff, "locationCreate", abha()).await;
    assert_eq!(made["userErrors"], json!([]));
    let id = made["location"]["id"].clone();
    let wanted = json!({ "id": id, "code": "abha", "name": "Abha warehouse", "nameAr": "مستودع أبها",
        "nameEn": "Abha warehouse", "kind": "WAREHOUSE", "city": "أبها", "address": "طريق الملك فهد",
        "isActive": true, "version": 1 });
    assert_eq!(made["location"], wanted);
    assert_eq!(try_place(&staff, "locationCreate", abha()).await["location"]["id"], id, "the same key makes it once");
    let change = json!({ "location": id, "nameEn": null, "address": null, "kind": "SHOP", "expectedVersion": 1 });
    let changed = try_place(&staff, "locationUpdate", change.clone()).await;
    let wanted = json!({ "id": id, "code": "abha", "name": "مستودع أبها", "nameAr": "مستودع أبها", "nameEn": null,
        "kind": "SHOP", "city": "أبها", "address": null, "isActive": true, "version": 2 });
    assert_eq!(changed["location"], wanted);
    let stale = try_place(&staff, "locationUpdate", change).await;
    assert_eq!(wrong(&stale), ["CONFLICT expectedVersion"]);
    assert_eq!(stale["location"], Value::Null);
    let node = "query ($id: ID!) { node(id: $id) { ... on Location { code version } } }";
    let found = shop.staff("STOCK_READ").run(node, json!({ "id": id })).await;
    assert_eq!(found["node"], json!({ "code": "abha", "version": 2 }));
    assert_eq!(shop.anonymous().run(node, json!({ "id": id })).await["node"], Value::Null);
    assert_eq!((told(&shop, "location.created").await.len(), told(&shop, "location.updated").await.len()), (1, 1));
    let list = "query ($filter: LocationFilter!) { locations(filter: $filter) { totalCount nodes { code } } }";
    let shops = shop.staff("STOCK_READ").run(list, json!({ "filter": { "kinds": ["SHOP"] } })).await;
    assert_eq!(shops["locations"]["nodes"], json!([{ "code": "abha" }, { "code": "dammam" }]), "by code");
    let closed = shop.staff("STOCK_READ").run(list, json!({ "filter": { "isActive": false } })).await;
    assert_eq!(closed["locations"]["totalCount"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_of_a_place_is_refused_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let bad = json!({ "code": "Abha!", "kind": "SHOP", "city": " ", "address": "a\0b" });
    let refused = try_place(&staff, "locationCreate", bad).await;
    let wanted = ["INVALID_SLUG code", "REQUIRED nameEn", "REQUIRED city", "CONTROL_CHARACTER address"];
    assert_eq!(wrong(&refused), wanted);
    let taken = json!({ "code": "riyadh", "nameEn": "Riyadh", "kind": "SHOP", "city": "Riyadh" });
    assert_eq!(wrong(&try_place(&staff, "locationCreate", taken).await), ["LOCATION_CODE_TAKEN code"]);
    let nameless = json!({ "location": place(&shop, "riyadh").await, "nameAr": null, "nameEn": null });
    assert_eq!(wrong(&try_place(&staff, "locationUpdate", nameless).await), ["REQUIRED nameEn"]);
    let none = json!({ "location": "location_01h455vb4pex5vsknk084sn02q", "city": "x" });
    assert_eq!(wrong(&try_place(&staff, "locationUpdate", none).await), ["NOT_FOUND location"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_closed_sells_nothing_until_it_opens_again() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let riyadh = place(&shop, "riyadh").await;
    let order = shop.order(&[("TEA", 2)]).await;
    for (is_active, free) in [(false, 7), (true, 15)] {
        let done = try_place(&staff, "locationUpdate", json!({ "location": riyadh, "isActive": is_active })).await;
        assert_eq!(done["location"]["isActive"], is_active);
        assert_eq!(available(&shop.anonymous(), "TEA").await, free);
    }
    try_place(&staff, "locationUpdate", json!({ "location": riyadh, "isActive": false })).await;
    shop.order(&[("TEA", 7)]).await;
    assert_eq!(available(&shop.anonymous(), "TEA").await, 0);
    // What it has promised stays promised, and can be shipped.
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_sells_from_the_places_that_were_set_in_their_order() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let made = try_place(&staff, "locationCreate", abha()).await;
    let lines = [line(&shop, "TEA", "abha", json!({ "quantity": 3 })).await];
    changed(&staff, "stockReceive", json!({ "lines": lines })).await;
    assert_eq!(available(&shop.anonymous(), "TEA").await, 17, "no channel sells from it yet");
    let [abha, dammam] = [made["location"]["id"].clone(), json!(place(&shop, "dammam").await)];
    let sources = json!([{ "location": abha }, { "location": dammam, "buffer": 1 }]);
    let done = try_channel(&staff, json!({ "channel": "web-sa", "locations": sources })).await;
    assert_eq!(done["userErrors"], json!([]));
    assert_eq!(available(&shop.anonymous(), "TEA").await, 4, "3 of Abha and all but one of Dammam");
    let query = r#"{ channelLocations(channel: "web-sa") { buffer location { code } } none: channelLocations(channel: "x") { buffer } }"#;
    let found = shop.staff("STOCK_READ").run(query, json!({})).await;
    let wanted =
        json!([{ "buffer": 0, "location": { "code": "abha" } }, { "buffer": 1, "location": { "code": "dammam" } }]);
    assert_eq!((&found["channelLocations"], &found["none"]), (&wanted, &Value::Null));
    shop.order(&[("TEA", 2)]).await;
    assert_eq!(super::ask::level(&shop, "TEA", "abha").await, (3, 2, 1));
    let nothing = try_channel(&staff, json!({ "channel": "web-sa", "locations": [] })).await;
    assert_eq!(nothing["locations"], json!([]));
    assert_eq!(available(&shop.anonymous(), "TEA").await, 0);
    for (input, refusal) in [
        (json!({ "channel": "x", "locations": [] }), "NOT_FOUND channel"),
        (json!({ "channel": "web-sa", "locations": [{ "location": "riyadh" }] }), "INVALID_ID locations.0.location"),
        (
            json!({ "channel": "web-sa", "locations": [{ "location": abha }, { "location": "location_01h455vb4pex5vsknk084sn02q" }] }),
            "NOT_FOUND locations.1.location",
        ),
        (
            json!({ "channel": "web-sa", "locations": [{ "location": abha }, { "location": abha }] }),
            "DUPLICATE locations.1.location",
        ),
        (
            json!({ "channel": "web-sa", "locations": [{ "location": abha, "buffer": -1 }] }),
            "QUANTITY_NEGATIVE locations.0.buffer",
        ),
    ] {
        assert_eq!(wrong(&try_channel(&staff, input).await), [refusal]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn places_of_a_channel_that_many_set_at_once_are_those_of_one_of_them() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let [riyadh, jeddah] = [place(&shop, "riyadh").await, place(&shop, "jeddah").await];
    let answers = at_once(12, async |n| {
        let (first, second) = if n % 2 == 0 { (&riyadh, &jeddah) } else { (&jeddah, &riyadh) };
        let sources = json!([{ "location": first }, { "location": second }]);
        try_channel(&staff, json!({ "channel": "web-sa", "locations": sources })).await
    });
    assert!(answers.await.iter().all(|answer| wrong(answer).is_empty()));
    let query = r#"{ channelLocations(channel: "web-sa") { location { code } } }"#;
    let found = staff.run(query, json!({})).await;
    assert_eq!(found["channelLocations"].as_array().unwrap().len(), 2);
}
