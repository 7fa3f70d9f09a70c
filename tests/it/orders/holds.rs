//! Orders that must not go on.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop};

use super::ask::{act, audit, by_token, done, facts, me, param, refusal, standing, try_act};

const HOLDS: &str = "query ($id: ID!) { order(by: { id: $id }) { version holds {
    id kind kindLabel reason actor at release { reason actor at } } whereabouts { isOnHold holder { code } } } }";

const STOPPED: [(&str, &str); 4] = [
    ("PLACED", "orderConfirm"),
    ("CONFIRMED", "orderAllocate"),
    ("ALLOCATED", "orderShip"),
    ("PARTLY_SHIPPED", "orderShip"),
];

async fn held(client: &Client, order: &str) -> Value {
    client.run(HOLDS, json!({ "id": order })).await["order"].take()
}

/// Holds an order, and gives the hold's id.
async fn hold(client: &Client, order: &str, kind: &str) -> String {
    done(client, "orderHold", order, json!({ "kind": kind })).await;
    let holds = held(client, order).await["holds"].take();
    let open = holds.as_array().unwrap().iter().find(|one| one["kind"] == kind && one["release"] == Value::Null);
    open.expect("an open hold")["id"].as_str().unwrap().to_owned()
}

async fn release(client: &Client, hold: &str, more: Value) -> Value {
    let query = "mutation ($input: OrderHoldReleaseInput!) { orderHoldRelease(input: $input) {
        order { state } userErrors { code field message } } }";
    let mut input = json!({ "hold": hold, "idempotencyKey": client.key() });
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.run(query, json!({ "input": input })).await["orderHoldRelease"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_order_goes_on_once_all_its_holds_are_released() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for (state, name) in STOPPED {
        let order = standing(&shop, state).await;
        let (address, fraud) = (hold(&staff, &order.id, "ADDRESS").await, hold(&staff, &order.id, "FRAUD").await);
        let before = facts(&shop, &order.id).await;
        let offered = by_token(&staff, &order, "availableTransitions { action }").await;
        let action = name.strip_prefix("order").unwrap().to_uppercase();
        assert!(!offered["availableTransitions"].as_array().unwrap().contains(&json!({ "action": action })));
        let refused = act(&staff, name, &order.id, json!({})).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("ORDER_ON_HOLD"), &json!(["order"])), "{name}");
        assert_eq!(param(error, "kinds"), "FRAUD,ADDRESS");
        let said = "الطلب معلّق للأسباب الآتية: \u{2068}اشتباه في احتيال، مراجعة العنوان\u{2069}. يُرجى إنهاء التعليق أولًا.";
        assert_eq!(error["message"], said);
        assert_eq!(facts(&shop, &order.id).await, before);
        assert_eq!(release(&staff, &fraud, json!({})).await["userErrors"], json!([]));
        let refused = act(&staff.clone().in_language("en"), name, &order.id, json!({})).await;
        let said = "The order is on hold: \u{2068}Address check\u{2069}. Please release its holds first.";
        assert_eq!(refusal(&refused)["message"], said);
        assert_eq!(release(&staff, &address, json!({})).await["userErrors"], json!([]));
        done(&staff, name, &order.id, json!({})).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_says_who_held_it_why_and_how_it_ended() {
    let shop = Shop::open().await;
    let order = standing(&shop, "CONFIRMED").await;
    let staff = shop.staff_all();
    let who = me(&staff).await;
    done(&staff, "orderHold", &order.id, json!({ "kind": "CREDIT", "reason": " حدّ الائتمان " })).await;
    let open = held(&staff.clone().in_language("en"), &order.id).await;
    assert_eq!(open["version"], 2, "a hold is no move");
    assert_eq!(open["whereabouts"], json!({ "isOnHold": true, "holder": { "code": "SHOP" } }));
    let mut one = open["holds"][0].clone();
    let id = one.as_object_mut().unwrap().remove("id").unwrap();
    let at = "2026-03-01T09:00:00Z";
    let expected = json!({ "kind": "CREDIT", "kindLabel": "Credit check", "reason": "حدّ الائتمان", "actor": who,
        "at": at, "release": null });
    assert_eq!(one, expected);
    release(&staff, id.as_str().unwrap(), json!({ "reason": "سُدّد" })).await;
    let after = held(&staff, &order.id).await;
    assert_eq!(after["holds"][0]["release"], json!({ "reason": "سُدّد", "actor": who, "at": at }));
    assert_eq!(after["whereabouts"], json!({ "isOnHold": false, "holder": { "code": "WAREHOUSE" } }));
    let by = |action: &str| (action.to_owned(), who.clone());
    assert_eq!(audit(&shop, &order.id).await[2..], [by("order.held"), by("order.hold_released")]);
    // The customer is told that it waits, and not why.
    let told = by_token(&shop.anonymous().in_language("en"), &order, "whereabouts { timeline { label reason } }").await;
    let entries = told["whereabouts"]["timeline"].as_array().unwrap();
    let expected = [
        json!({ "label": "Order on hold for review", "reason": null }),
        json!({ "label": "Review completed", "reason": null }),
    ];
    assert_eq!(entries[entries.len() - 2..], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_hold_of_a_kind_is_open_and_another_may_follow_it() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let (staff, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    for _round in 0..3 {
        let id = hold(&staff, &order.id, "STOCK").await;
        let refused = act(&english, "orderHold", &order.id, json!({ "kind": "STOCK" })).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("ORDER_HOLD_EXISTS"), &json!(["kind"])));
        let said = "The order is already on hold for this reason: \u{2068}Stock check\u{2069}.";
        assert_eq!(error["message"], said);
        assert_eq!(release(&staff, &id, json!({})).await["userErrors"], json!([]));
        let again = release(&english, &id, json!({})).await;
        let error = refusal(&again);
        assert_eq!((&error["code"], &error["field"]), (&json!("ORDER_HOLD_RELEASED"), &json!(["hold"])));
        assert_eq!(error["message"], "This hold has been released already.");
    }
    assert_eq!(held(&staff, &order.id).await["holds"].as_array().unwrap().len(), 3);
    done(&staff, "orderConfirm", &order.id, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_left_or_ended_is_not_held_and_what_is_held_can_be_paid_and_cancelled() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    for state in ["SHIPPED", "DELIVERED", "REFUSED", "CANCELLED", "REFUNDED"] {
        let order = standing(&shop, state).await;
        let refused = act(&staff, "orderHold", &order.id, json!({ "kind": "FRAUD" })).await;
        let error = refusal(&refused);
        assert_eq!((&error["code"], &error["field"]), (&json!("ORDER_HOLD_TOO_LATE"), &json!(["order"])));
        assert_eq!(param(error, "state"), state);
    }
    let order = standing(&shop, "AWAITING_PAYMENT").await;
    hold(&staff, &order.id, "FRAUD").await;
    done(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    assert_eq!(codes(&act(&staff, "orderConfirm", &order.id, json!({})).await), ["ORDER_ON_HOLD"]);
    done(&staff, "orderCancel", &order.id, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_holds_and_releases_nothing() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    let before = facts(&shop, &order.id).await;
    let long = "ق".repeat(501);
    for (more, expected) in [
        (json!({ "kind": "FRAUD", "reason": long }), ("TOO_LONG", json!(["reason"]))),
        (json!({ "kind": "FRAUD", "order": "x" }), ("INVALID_ID", json!(["order"]))),
        (json!({ "kind": "FRAUD", "idempotencyKey": "" }), ("REQUIRED", json!(["idempotencyKey"]))),
        (json!({ "kind": "FRAUD", "expectedVersion": 2 }), ("CONFLICT", json!(["expectedVersion"]))),
        (json!({ "kind": "FRAUD", "order": "order_01h455vb4pex5vsknk084sn02q" }), ("NOT_FOUND", json!(["order"]))),
    ] {
        let refused = act(&staff, "orderHold", &order.id, more).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), error["field"].clone()), expected);
    }
    let reply = try_act(&staff, "orderHold", &order.id, json!({ "kind": "BOREDOM" })).await;
    assert_eq!(reply.codes(), ["MALFORMED_QUERY"]);
    assert_eq!(facts(&shop, &order.id).await, before);
    assert_eq!(codes(&release(&staff, &order.id, json!({})).await), ["INVALID_ID"]);
    let id = hold(&staff, &order.id, "FRAUD").await;
    assert_eq!(codes(&release(&staff, &id, json!({ "reason": "a\0b" })).await), ["CONTROL_CHARACTER"]);
    let theirs = standing(shop.neighbour(), "PLACED").await;
    let theirs = hold(&shop.neighbour().staff_all(), &theirs.id, "FRAUD").await;
    assert_eq!(codes(&release(&staff, &theirs, json!({})).await), ["NOT_FOUND"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_is_sent_again_with_its_key_is_made_once() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    let input = json!({ "kind": "FRAUD", "idempotencyKey": "once" });
    for _again in 0..3 {
        done(&staff, "orderHold", &order.id, input.clone()).await;
    }
    let holds = held(&staff, &order.id).await["holds"].take();
    assert_eq!(holds.as_array().unwrap().len(), 1);
    let id = holds[0]["id"].as_str().unwrap();
    for _again in 0..3 {
        let released = release(&staff, id, json!({ "idempotencyKey": "end" })).await;
        assert_eq!(released["userErrors"], json!([]));
    }
    assert_eq!(audit(&shop, &order.id).await.len(), 3);
    let other = json!({ "kind": "STOCK", "idempotencyKey": "once" });
    assert_eq!(codes(&act(&staff, "orderHold", &order.id, other).await), ["IDEMPOTENCY_KEY_REUSED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_holds_of_one_kind_at_once_one_is_made_and_released_once() {
    let shop = Shop::open().await;
    let order = standing(&shop, "PLACED").await;
    let staff = shop.staff_all();
    staff.token().await;
    let answers = at_once(8, |_| act(&staff, "orderHold", &order.id, json!({ "kind": "FRAUD" }))).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
    for payload in answers.iter().filter(|payload| !codes(payload).is_empty()) {
        assert_eq!(codes(payload), ["ORDER_HOLD_EXISTS"]);
    }
    let holds = held(&staff, &order.id).await["holds"].take();
    let id = holds[0]["id"].as_str().unwrap();
    let answers = at_once(8, |_| release(&staff, id, json!({}))).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
    done(&staff, "orderConfirm", &order.id, json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_held_and_confirmed_at_once_was_confirmed_first_or_not_at_all() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    for _ in 0..4 {
        let order = standing(&shop, "PLACED").await;
        let answers = at_once(2, async |n| match n {
            0 => act(&staff, "orderHold", &order.id, json!({ "kind": "FRAUD" })).await,
            _ => act(&staff, "orderConfirm", &order.id, json!({})).await,
        })
        .await;
        let said: Vec<_> = answers.iter().map(codes).collect();
        let names: Vec<_> = audit(&shop, &order.id).await.into_iter().map(|(name, _)| name).collect();
        match (&said[0][..], &said[1][..]) {
            ([], ["ORDER_ON_HOLD" | "CONFLICT"]) => assert_eq!(names, ["order.placed", "order.held"]),
            (["CONFLICT"], []) => assert_eq!(names, ["order.placed", "order.confirmed"]),
            ([], []) => assert_eq!(names, ["order.placed", "order.confirmed", "order.held"]),
            other => panic!("{other:?}"),
        }
    }
}
