//! What staff write on orders: notes and tags.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::codes, shop::Shop};

use super::ask::{act, audit, by_token, done, me, refusal, standing};

const NOTES: &str = "notes { text isVisibleToCustomer at }";

async fn tags(shop: &Shop, order: &str) -> Value {
    let query = "query ($id: ID!) { order(by: { id: $id }) { tags } }";
    shop.staff("ORDER_READ").run(query, json!({ "id": order })).await["order"]["tags"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_and_guests_read_the_notes_that_are_meant_for_them() {
    let shop = Shop::open().await;
    let order = shop.customer("layla").order(&[("TEA", 1)]).await;
    let staff = shop.staff("ORDER_MANAGE");
    done(&staff, "orderNoteAdd", &order.id, json!({ "text": "عميلة مميزة" })).await;
    let visible = json!({ "text": " نشكرك\nعلى صبرك ", "isVisibleToCustomer": true });
    done(&staff, "orderNoteAdd", &order.id, visible).await;
    let at = "2026-03-01T09:00:00Z";
    let inside = json!({ "text": "عميلة مميزة", "isVisibleToCustomer": false, "at": at });
    let outside = json!({ "text": "نشكرك\nعلى صبرك", "isVisibleToCustomer": true, "at": at });
    for reader in [shop.anonymous(), shop.customer("layla"), shop.staff("ORDER_MANAGE")] {
        assert_eq!(by_token(&reader, &order, NOTES).await["notes"], json!([outside]));
    }
    assert_eq!(by_token(&shop.staff("ORDER_READ"), &order, NOTES).await["notes"], json!([inside, outside]));
    let actors = by_token(&shop.staff("ORDER_READ"), &order, "notes { actor }").await;
    assert_eq!(actors["notes"][0]["actor"], json!(me(&staff).await));
    let by = || ("order.note_added".to_owned(), actors["notes"][0]["actor"].as_str().unwrap().to_owned());
    assert_eq!(audit(&shop, &order.id).await[1..], [by(), by()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_added_once_for_its_key_in_any_state_and_says_something() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for state in ["AWAITING_PAYMENT", "CANCELLED", "REFUNDED"] {
        let order = standing(&shop, state).await;
        let input = json!({ "text": "a", "idempotencyKey": state });
        for _again in 0..2 {
            done(&staff, "orderNoteAdd", &order.id, input.clone()).await;
        }
        assert_eq!(by_token(&staff, &order, NOTES).await["notes"].as_array().unwrap().len(), 1);
        for (text, code) in [(" ", "REQUIRED"), ("a\0b", "CONTROL_CHARACTER"), (&*"x".repeat(2001), "TOO_LONG")] {
            let refused = act(&staff, "orderNoteAdd", &order.id, json!({ "text": text })).await;
            assert_eq!((&refusal(&refused)["code"], &refusal(&refused)["field"]), (&json!(code), &json!(["text"])));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_added_and_taken_off_whatever_their_spelling() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    done(&staff, "orderTagsAdd", &order.id, json!({ "tags": ["VIP", " هدية ", "vip"] })).await;
    assert_eq!(tags(&shop, &order.id).await, json!(["VIP", "هدية"]));
    done(&staff, "orderTagsAdd", &order.id, json!({ "tags": ["Vip", "هديه"] })).await;
    assert_eq!(tags(&shop, &order.id).await, json!(["VIP", "هدية"]), "as they were first written");
    done(&staff, "orderTagsRemove", &order.id, json!({ "tags": ["هديه", "unknown"] })).await;
    assert_eq!(tags(&shop, &order.id).await, json!(["VIP"]));
    let changes: Vec<_> = audit(&shop, &order.id).await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(changes, ["order.placed", "order.tags_changed", "order.tags_changed"], "nothing new is no event");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_tags_are_said_by_their_place_and_an_order_bears_twenty() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    let long = "x".repeat(41);
    let refused = act(&staff, "orderTagsAdd", &order.id, json!({ "tags": ["vip", "", long] })).await;
    let errors = refused["userErrors"].as_array().unwrap();
    let said: Vec<_> = errors.iter().map(|error| (error["code"].clone(), error["field"].clone())).collect();
    let expected = [(json!("REQUIRED"), json!(["tags", "1"])), (json!("TOO_LONG"), json!(["tags", "2"]))];
    assert_eq!(said, expected);
    assert_eq!(codes(&act(&staff, "orderTagsRemove", &order.id, json!({ "tags": [] })).await), ["REQUIRED"]);
    let twenty: Vec<_> = (0..20).map(|n| format!("tag {n}")).collect();
    done(&staff, "orderTagsAdd", &order.id, json!({ "tags": twenty })).await;
    let refused = act(&staff, "orderTagsAdd", &order.id, json!({ "tags": ["one more"] })).await;
    assert_eq!(refusal(&refused)["field"], json!(["tags"]));
    assert_eq!(codes(&refused), ["TOO_LONG"]);
    assert_eq!(tags(&shop, &order.id).await.as_array().unwrap().len(), 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_that_are_added_at_once_are_twenty_at_most() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(4, async |n| {
        let seven: Vec<_> = (0..7).map(|k| format!("tag {n} {k}")).collect();
        act(&staff, "orderTagsAdd", &order.id, json!({ "tags": seven })).await
    })
    .await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 2, "{answers:?}");
    assert_eq!(tags(&shop, &order.id).await.as_array().unwrap().len(), 14);
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_found_by_tag_by_sku_and_by_the_place_they_left() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let tea = shop.order(&[("TEA", 12)]).await;
    let dates = shop.order(&[("DATES", 1)]).await;
    done(&staff, "orderTagsAdd", &dates.id, json!({ "tags": ["هدية"] })).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &tea.id).await;
    let query = "query ($filter: OrderFilter!) { orders(filter: $filter) { totalCount nodes { number } } }";
    for (filter, expected) in [
        (json!({ "tag": " هديه " }), vec![&dates]),
        (json!({ "tag": "هد" }), vec![]),
        (json!({ "sku": "TEA" }), vec![&tea]),
        (json!({ "sku": "DATES", "tag": "هدية" }), vec![&dates]),
        (json!({ "sku": "TEA", "tag": "هدية" }), vec![]),
        (json!({ "location": "riyadh" }), vec![&tea]),
        (json!({ "location": "jeddah" }), vec![&tea]),
        (json!({ "location": "dammam" }), vec![]),
        (json!({ "location": "nowhere" }), vec![]),
    ] {
        let found = shop.staff("ORDER_READ").run(query, json!({ "filter": filter })).await["orders"].take();
        let numbers: Vec<_> = found["nodes"].as_array().unwrap().iter().map(|node| node["number"].clone()).collect();
        assert_eq!(numbers, expected.iter().map(|order| json!(order.number)).collect::<Vec<_>>(), "{filter}");
        assert_eq!(found["totalCount"], expected.len());
    }
}
