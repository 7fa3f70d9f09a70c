//! Setting webhooks up.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::receiver::{NOWHERE, Receiver, act, deliveries, done, manager, quiet, subscribe, text, webhook};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_webhook_is_refused_field_by_field() {
    let shop = Shop::open().await;
    let staff = manager(&shop);
    for (name, url, types, expected) in [
        ("", "", json!(["order"]), vec![("REQUIRED", "name"), ("REQUIRED", "url"), ("INVALID_EVENT_TYPE", "types")]),
        ("a\0b", "erp.example", json!([]), vec![("CONTROL_CHARACTER", "name"), ("INVALID_ENDPOINT", "url")]),
        ("ERP", "http://erp.example/", json!([]), vec![("INVALID_ENDPOINT", "url")]),
        ("ERP", "https://me:hush@erp.example/", json!([]), vec![("INVALID_ENDPOINT", "url")]),
        ("ERP", "ftp://erp.example/", json!([]), vec![("INVALID_ENDPOINT", "url")]),
        ("ERP", "https://10.0.0.1/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://169.254.169.254/latest/meta-data", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://[::1]/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://[::ffff:192.168.0.1]/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://127.0.0.2/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://0x7f000002/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
        ("ERP", "https://0.0.0.0/", json!([]), vec![("ADDRESS_REFUSED", "url")]),
    ] {
        let input = json!({ "name": name, "url": url, "types": types });
        let refused = act(&staff, "webhookCreate", input).await;
        let expected: Vec<_> =
            expected.into_iter().map(|(code, field)| json!({ "code": code, "field": [field] })).collect();
        assert_eq!(refused, json!({ "webhook": null, "secret": null, "userErrors": expected }), "{url}");
    }
    let (id, _) = quiet(&shop).await;
    let refused = act(&staff, "webhookUpdate", json!({ "webhook": id, "url": "https://10.0.0.1/" })).await;
    assert_eq!(refused["userErrors"], json!([{ "code": "ADDRESS_REFUSED", "field": ["url"] }]));
    let refused = act(&staff, "webhookUpdate", json!({ "webhook": "x", "types": ["*"] })).await;
    assert_eq!(refused["userErrors"], json!([{ "code": "INVALID_ID", "field": ["webhook"] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_listed_changed_and_removed() {
    let shop = Shop::open().await;
    let staff = manager(&shop);
    let (id, delivery) = quiet(&shop).await;
    let change = json!({ "webhook": id, "name": " نظام ", "types": ["order.*"], "expectedVersion": 1 });
    let changed = done(&staff, "webhookUpdate", change.clone()).await["webhook"].take();
    let wanted =
        json!({ "id": id, "name": "نظام", "url": NOWHERE, "types": ["order.*"], "isEnabled": false, "version": 2 });
    assert_eq!(changed, wanted);
    let stale = act(&staff, "webhookUpdate", change).await;
    assert_eq!(stale["userErrors"], json!([{ "code": "CONFLICT", "field": ["expectedVersion"] }]));
    let list = "{ webhooks { totalCount nodes { id } pageInfo { hasNextPage } } }";
    let listed = staff.run(list, json!({})).await["webhooks"].take();
    assert_eq!(listed, json!({ "totalCount": 1, "nodes": [{ "id": id }], "pageInfo": { "hasNextPage": false } }));
    let found = deliveries(&shop, json!({ "webhook": id, "states": ["PENDING"] })).await;
    assert_eq!((found.len(), &found[0]["id"], &found[0]["type"]), (1, &json!(delivery), &json!("webhook.tested")));
    assert!(deliveries(&shop, json!({ "states": ["DEAD", "DELIVERED"] })).await.is_empty());

    let removed = done(&staff, "webhookDelete", json!({ "webhook": id, "expectedVersion": 2 })).await;
    assert_eq!(removed["deletedWebhook"], id);
    assert_eq!(webhook(&shop, &id).await, Value::Null);
    assert!(deliveries(&shop, json!({})).await.is_empty());
    let gone = act(&staff, "webhookDelete", json!({ "webhook": id })).await;
    assert_eq!(gone["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["webhook"] }]));
    let actions = "query ($id: ID!) { auditEntries(filter: { record: $id }) { nodes { action } } }";
    let actions = shop.staff("AUDIT_READ").run(actions, json!({ "id": id })).await;
    let actions: Vec<_> =
        actions["auditEntries"]["nodes"].as_array().unwrap().iter().map(|entry| text(&entry["action"])).collect();
    assert_eq!(actions, ["webhook.deleted", "webhook.updated", "webhook.tested", "webhook.created"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_hears_what_it_asked_for_since_it_was_made_and_while_it_is_on() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    let (id, _) = subscribe(&shop, &receiver.url, &["order.*"]).await;
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.neighbour().order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm"], &order.id).await;
    shop.work().await;
    assert_eq!(receiver.heard(), ["order.placed", "order.confirmed"]);
    assert!(receiver.seen().iter().all(|seen| seen.event()["aggregate"] == order.id.as_str()));
    done(&manager(&shop), "webhookUpdate", json!({ "webhook": id, "isEnabled": false })).await;
    shop.make(&["orderAllocate"], &order.id).await;
    shop.work().await;
    done(&manager(&shop), "webhookUpdate", json!({ "webhook": id, "isEnabled": true })).await;
    shop.make(&["orderShip"], &order.id).await;
    shop.work().await;
    assert_eq!(receiver.heard()[2..], ["order.shipped", "order.shipment_dispatched"], "not what happened meanwhile");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_tried_with_an_event_of_its_own_also_if_it_is_off() {
    let (shop, receiver, other) = (Shop::open().await, Receiver::open().await, Receiver::open().await);
    subscribe(&shop, &other.url, &[]).await;
    let input = json!({ "name": "ERP", "url": receiver.url, "types": ["order.placed"], "isEnabled": false });
    let id = text(&done(&manager(&shop), "webhookCreate", input).await["webhook"]["id"]);
    shop.work().await;
    other.forget();
    let tried = done(&manager(&shop), "webhookTest", json!({ "webhook": id, "idempotencyKey": "k" })).await;
    let again = done(&manager(&shop), "webhookTest", json!({ "webhook": id, "idempotencyKey": "k" })).await;
    assert_eq!(tried, again);
    shop.work().await;
    assert_eq!(receiver.heard(), ["webhook.tested"]);
    assert_eq!(receiver.seen()[0].event()["data"]["webhook"], id);
    assert_eq!(other.heard(), Vec::<String>::new(), "nobody else is tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_changes_at_once_that_expect_one_version_one_is_made() {
    let shop = Shop::open().await;
    let (id, _) = quiet(&shop).await;
    let staff = manager(&shop);
    staff.token().await;
    let change = |n: usize| {
        let input = json!({ "webhook": id, "name": format!("n{n}"), "expectedVersion": 1 });
        let staff = staff.clone();
        async move { act(&staff, "webhookUpdate", input).await }
    };
    let answers = at_once(6, change).await;
    let made = answers.iter().filter(|answer| codes(answer).is_empty()).count();
    assert_eq!(made, 1, "{answers:?}");
    assert!(answers.iter().all(|answer| codes(answer).is_empty() || codes(answer) == ["CONFLICT"]));
    assert_eq!(webhook(&shop, &id).await["version"], 2);
}
