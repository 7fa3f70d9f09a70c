//! What suppliers are to deliver, and what channels promise of it.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use super::{
    ask::{level, place, text, told},
    backorder::{told_of, waits},
};
use crate::cart::refusal::wrong;

const SUPPLY: &str =
    "supply { id state stateLabel quantity received expectedAt reference closedAt location { code } variant { sku } }";

/// Tries a mutation of supplies, and gives its payload. A key is filled in if there is none.
pub async fn supply(client: &Client, name: &str, mut input: Value) -> Value {
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    let kind = format!("I{}Input", &name[1..]);
    let errors = "userErrors { code field params { name value } }";
    let query = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {SUPPLY} {errors} }} }}");
    client.run(&query, json!({ "input": input })).await[name].take()
}

async fn supplied(client: &Client, name: &str, input: Value) -> Value {
    let payload = supply(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload["supply"].clone()
}

/// Incense that is to come to Riyadh. Gives the supply's id.
pub async fn announced(tenant: &Tenant, quantity: i64, expected_at: &str) -> String {
    let (variant, location) = (tenant.variant("INCENSE").await, place(tenant, "riyadh").await);
    let input = json!({ "variant": variant, "location": location, "quantity": quantity, "expectedAt": expected_at, "reference": "PO-7" });
    text(&supplied(&tenant.staff("STOCK_MANAGE"), "inboundSupplyCreate", input).await["id"])
}

/// Lets the web shop promise so many days ahead.
async fn promise(staff: &Client, days: i64) -> Value {
    let input = json!({ "channel": "web-sa", "promiseDays": days });
    let query = "mutation ($input: ChannelPromiseSetInput!) { channelPromiseSet(input: $input) { promiseDays userErrors { code field } } }";
    staff.run(query, json!({ "input": input })).await["channelPromiseSet"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_before_the_promise_date_is_sold_and_serves_who_bought_it() {
    let shop = Shop::open().await;
    let (guest, staff) = (shop.anonymous(), shop.staff("STOCK_MANAGE"));
    let soon = announced(&shop, 4, "2026-03-08").await;
    announced(&shop, 9, "2026-03-09").await;
    assert_eq!(told_of(&guest, "INCENSE").await["status"], "OUT_OF_STOCK", "only what is there is promised");
    assert_eq!(promise(&staff, 7).await["promiseDays"], 7);
    let due = json!({ "isAvailable": true, "quantity": 4, "status": "BACKORDER", "expectedAt": "2026-03-08" });
    assert_eq!(told_of(&guest, "INCENSE").await, due);
    let order = shop.order(&[("INCENSE", 3)]).await.id;
    assert_eq!((waits(&shop, &order).await, told_of(&guest, "INCENSE").await["quantity"].take()), (3, json!(1)));
    shop.verify().await;
    let came = json!({ "supply": soon, "quantity": 4, "idempotencyKey": "came" });
    for _again in 0..2 {
        let came = supplied(&staff, "inboundSupplyReceive", came.clone()).await;
        assert_eq!((&came["state"], &came["received"]), (&json!("RECEIVED"), &json!(4)));
    }
    assert_eq!((waits(&shop, &order).await, level(&shop, "INCENSE", "riyadh").await), (0, (4, 3, 1)));
    assert_eq!(told_of(&guest, "INCENSE").await["status"], "IN_STOCK");
    assert_eq!((told(&shop, "supply.received").await.len(), told(&shop, "stock.received").await.len()), (1, 1));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supply_changes_until_it_came_or_is_given_up() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE").in_language("en");
    let id = announced(&shop, 4, "2026-03-08").await;
    let later = json!({ "supply": id, "quantity": 6, "expectedAt": "2026-04-01" });
    let later = supplied(&staff, "inboundSupplyUpdate", later).await;
    assert_eq!(
        (&later["quantity"], &later["expectedAt"], &later["stateLabel"]),
        (&json!(6), &json!("2026-04-01"), &json!("Expected"))
    );
    let part = supplied(&staff, "inboundSupplyReceive", json!({ "supply": id, "quantity": 2 })).await;
    assert_eq!((&part["state"], &part["received"], &part["closedAt"]), (&json!("EXPECTED"), &json!(2), &Value::Null));
    let too_few = supply(&staff, "inboundSupplyUpdate", json!({ "supply": id, "quantity": 2 })).await;
    assert_eq!(wrong(&too_few), ["SUPPLY_RECEIVED quantity"]);
    let closed = supplied(&staff, "inboundSupplyReceive", json!({ "supply": id, "quantity": 0, "close": true })).await;
    assert_eq!((&closed["state"], &closed["received"]), (&json!("RECEIVED"), &json!(2)));
    for (name, more) in [
        ("inboundSupplyUpdate", json!({})),
        ("inboundSupplyReceive", json!({ "quantity": 1 })),
        ("inboundSupplyCancel", json!({})),
    ] {
        let mut input = json!({ "supply": id });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(wrong(&supply(&staff, name, input).await), ["SUPPLY_CLOSED supply"], "{name}");
    }
    let other = announced(&shop, 4, "2026-03-08").await;
    assert_eq!(supplied(&staff, "inboundSupplyCancel", json!({ "supply": other })).await["state"], "CANCELLED");
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_supply_is_told_by_field() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let (incense, riyadh) = (shop.variant("INCENSE").await, place(&shop, "riyadh").await);
    let of = |variant: &str, location: &str, quantity: i64| json!({ "variant": variant, "location": location, "quantity": quantity, "expectedAt": "2026-03-08" });
    for (input, refusal) in [
        (of("variant_01h455vb4pex5vsknk084sn02q", &riyadh, 1), "NOT_FOUND variant"),
        (of(&incense, "location_01h455vb4pex5vsknk084sn02q", 1), "NOT_FOUND location"),
        (of(&incense, &riyadh, 0), "QUANTITY_NOT_POSITIVE quantity"),
        (of(&incense, &riyadh, 1_000_001), "QUANTITY_TOO_LARGE quantity"),
    ] {
        assert_eq!(wrong(&supply(&staff, "inboundSupplyCreate", input).await), [refusal]);
    }
    let id = announced(&shop, 4, "2026-03-08").await;
    let nothing = supply(&staff, "inboundSupplyReceive", json!({ "supply": id, "quantity": 0 })).await;
    assert_eq!(wrong(&nothing), ["QUANTITY_NOT_POSITIVE quantity"]);
    assert_eq!(wrong(&promise(&staff, 366).await), ["QUANTITY_TOO_LARGE promiseDays"]);
    assert_eq!(wrong(&promise(&staff, -1).await), ["QUANTITY_NEGATIVE promiseDays"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_receive_one_supply_put_it_on_the_shelf_once() {
    let shop = Shop::open().await;
    let staff = shop.staff("STOCK_MANAGE");
    let id = announced(&shop, 3, "2026-03-08").await;
    let answers = at_once(6, async |_| {
        wrong(&supply(&staff, "inboundSupplyReceive", json!({ "supply": id, "quantity": 3 })).await)
    })
    .await;
    assert_eq!(answers.iter().filter(|answer| answer.is_empty()).count(), 1);
    assert_eq!(level(&shop, "INCENSE", "riyadh").await, (3, 0, 3));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn supplies_are_listed_the_soonest_first() {
    let shop = Shop::open().await;
    let (late, soon) = (announced(&shop, 1, "2026-05-01").await, announced(&shop, 2, "2026-04-01").await);
    let query =
        "query ($filter: InboundSupplyFilter! = {}) { inboundSupplies(filter: $filter) { totalCount nodes { id } } }";
    let reader = shop.staff("STOCK_READ");
    let (incense, jeddah) = (shop.variant("INCENSE").await, place(&shop, "jeddah").await);
    for (filter, found) in [
        (json!({}), vec![&soon, &late]),
        (json!({ "ids": [late] }), vec![&late]),
        (json!({ "variants": [incense], "states": ["EXPECTED"] }), vec![&soon, &late]),
        (json!({ "expectedUntil": "2026-04-01" }), vec![&soon]),
        (json!({ "location": jeddah }), vec![]),
        (json!({ "states": ["CANCELLED", "RECEIVED"] }), vec![]),
    ] {
        let listed = reader.run(query, json!({ "filter": filter })).await["inboundSupplies"].take();
        let ids: Vec<_> = listed["nodes"].as_array().unwrap().iter().map(|node| text(&node["id"])).collect();
        assert_eq!(ids.iter().collect::<Vec<_>>(), found, "{filter}");
    }
}
