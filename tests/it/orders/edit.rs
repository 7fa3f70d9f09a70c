//! Orders that are changed before they leave.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop, tenant::Tenant, world::Placed};

use super::ask::{act, audit, done, facts, kinds, line_of, param, refusal, several, stock, text, transfer};

const LOOK: &str = "query ($id: ID!) { order(by: { id: $id }) { state version paymentStatus
    balance { added { amount } cancelled { amount } refunded { amount } paid { amount } due { amount } }
    totals { total { amount } }
    payment { amount { amount } }
    payments { status amount { amount } reduced { amount } captured { amount } refunded { amount } }
    lines { id sku quantity cancelledQuantity quantityShipped unitPrice { amount } total { amount } }
    edits { reason addedAmount { amount } added { sku quantity }
        removed { amount { amount } lines { line { sku } quantity } } }
    holds { kind release { at } }
    whereabouts { timeline { kind } } } }";

async fn look(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().run(LOOK, json!({ "id": order })).await["order"].take()
}

/// Added, cancelled, refunded, paid and due.
fn balance(order: &Value) -> [&str; 5] {
    ["added", "cancelled", "refunded", "paid", "due"].map(|of| order["balance"][of]["amount"].as_str().unwrap())
}

fn amounts<'o>(order: &'o Value, of: &str) -> Vec<&'o str> {
    let payments = order["payments"].as_array().unwrap().iter();
    payments.map(|payment| payment[of]["amount"].as_str().unwrap()).collect()
}

fn statuses(order: &Value) -> Vec<&str> {
    order["payments"].as_array().unwrap().iter().map(|payment| payment["status"].as_str().unwrap()).collect()
}

async fn add(shop: &Tenant, sku: &str, quantity: i64) -> Value {
    json!({ "add": { "variant": shop.variant(sku).await, "quantity": quantity } })
}

async fn coffee(shop: &Tenant, order: &str) -> String {
    line_of(shop, order, "COFFEE-250-LIGHT").await
}

async fn to(shop: &Tenant, order: &str, quantity: i64) -> Value {
    json!({ "setQuantity": { "line": coffee(shop, order).await, "quantity": quantity } })
}

/// Edits an order, and gives the payload.
async fn try_edit(client: &Client, order: &str, mut input: Value) -> Value {
    input["order"] = json!(order);
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    let query = "mutation ($input: OrderEditInput!) { orderEdit(input: $input) { order { id state version }
        removed { amount } added { amount } userErrors { code field message params { name value } } } }";
    client.run(query, json!({ "input": input })).await["orderEdit"].take()
}

async fn edit(client: &Client, order: &str, input: Value) -> Value {
    let payload = try_edit(client, order, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
    payload
}

async fn by_card(shop: &Shop, moves: &[&str]) -> Placed {
    let cart = shop.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.make(moves, &order.id).await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn what_falls_away_and_what_comes_in_is_paid_with_the_rest_at_the_door() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = several(&shop, "ALLOCATED").await;
    let before = look(&shop, &order.id).await;
    let steps = json!([to(&shop, &order.id, 2).await, add(&shop, "TEA", 4).await]);
    let input = json!({ "steps": steps, "reason": "طلب العميل", "expectedVersion": before["version"] });
    let edited = edit(&staff, &order.id, input).await;
    assert_eq!((&edited["order"]["state"], &edited["order"]["version"]), (&json!("ALLOCATED"), &json!(4)));
    assert_eq!(edited["added"]["amount"], "46.00");
    let fell = text(&edited["removed"]["amount"]);

    let now = look(&shop, &order.id).await;
    assert_eq!(now["totals"], before["totals"], "what was agreed is agreed");
    assert_eq!(now["lines"][0]["cancelledQuantity"], 1);
    assert_eq!(
        (&now["lines"][1]["sku"], &now["lines"][1]["quantity"], &now["lines"][1]["total"]["amount"]),
        (&json!("TEA"), &json!(4), &json!("46.00"))
    );
    let said = json!([{ "reason": "طلب العميل", "addedAmount": { "amount": "46.00" },
        "added": [{ "sku": "TEA", "quantity": 4 }],
        "removed": { "amount": { "amount": fell }, "lines": [{ "line": { "sku": "COFFEE-250-LIGHT" }, "quantity": 1 }] } }]);
    assert_eq!(now["edits"], said);
    assert_eq!((balance(&now)[0], balance(&now)[1]), ("46.00", fell.as_str()));
    assert_eq!(statuses(&now), ["PENDING"], "it is paid together");
    assert!(kinds(&now["whereabouts"]["timeline"]).contains(&"EDITED"));
    assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.edited");
    let reserved: i64 = stock(&shop, "TEA").await.iter().map(|(_, _, reserved)| reserved).sum();
    assert_eq!(reserved, 4);

    shop.make(&["orderShip", "orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((&end["state"], &end["paymentStatus"]), (&json!("DELIVERED"), &json!("PAID")));
    assert_eq!((balance(&end)[3], balance(&end)[4]), (balance(&now)[4], "0.00"));
    assert_eq!(end["lines"][1]["quantityShipped"], 4);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = several(&shop, "PLACED").await;
    let before = facts(&shop, &order.id).await;
    let steps = json!([add(&shop, "TEA", 2).await]);
    let input = json!({ "steps": steps, "dryRun": true, "idempotencyKey": "see" });
    for _again in 0..2 {
        let seen = edit(&staff, &order.id, input.clone()).await;
        assert_eq!((&seen["added"]["amount"], &seen["removed"]["amount"]), (&json!("23.00"), &json!("0.00")));
        assert_eq!(seen["order"]["version"], 1);
    }
    assert_eq!(facts(&shop, &order.id).await, before);
    let input = json!({ "steps": steps, "idempotencyKey": "do" });
    for _again in 0..3 {
        assert_eq!(edit(&staff, &order.id, input.clone()).await["order"]["version"], 2);
    }
    assert_eq!(balance(&look(&shop, &order.id).await)[0], "23.00");
    let other = json!({ "steps": [add(&shop, "TEA", 3).await], "idempotencyKey": "do" });
    assert_eq!(codes(&try_edit(&staff, &order.id, other).await), ["IDEMPOTENCY_KEY_REUSED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_to_an_order_that_a_card_paid_can_be_paid_to_the_courier() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = by_card(&shop, &["orderConfirm", "orderAllocate"]).await;
    let steps = json!([add(&shop, "TEA", 1).await]);
    let english = shop.staff_all().in_language("en");
    let unsaid = try_edit(&english, &order.id, json!({ "steps": steps })).await;
    assert_eq!(codes(&unsaid), ["ORDER_EDIT_UNPAID"]);
    assert_eq!(refusal(&unsaid)["field"], json!(["paymentMethod"]));
    assert!(param(refusal(&unsaid), "difference").contains("11.50"), "{unsaid}");

    edit(&staff, &order.id, json!({ "steps": steps, "paymentMethod": "CASH_ON_DELIVERY" })).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(statuses(&now), ["AUTHORISED", "PENDING"]);
    assert_eq!(amounts(&now, "amount")[1], "11.50");
    assert_eq!((&now["paymentStatus"], &now["holds"]), (&json!("PARTIALLY_PAID"), &json!([])));
    shop.make(&["orderShip"], &order.id).await;
    shop.work().await;
    shop.make(&["orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((statuses(&end), &end["paymentStatus"]), (vec!["CAPTURED", "CAPTURED"], &json!("PAID")));
    assert_eq!(balance(&end)[4], "0.00");

    // All of it goes back to where it came from.
    let part = json!({ "amount": amounts(&end, "captured")[0] });
    done(&staff, "orderRefund", &order.id, part).await;
    let part = look(&shop, &order.id).await;
    assert_eq!((amounts(&part, "refunded")[1], &part["paymentStatus"]), ("0.00", &json!("PARTIALLY_REFUNDED")));
    let refused = act(&staff, "orderRefund", &order.id, json!({ "amount": "11.51" })).await;
    assert_eq!(codes(&refused), ["REFUND_EXCEEDS_CAPTURED"]);
    done(&staff, "orderRefund", &order.id, json!({})).await;
    let all = look(&shop, &order.id).await;
    assert_eq!((amounts(&all, "refunded")[1], &all["state"]), ("11.50", &json!("REFUNDED")));
    shop.work().await;
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_held_until_what_came_in_is_paid() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = by_card(&shop, &["orderConfirm", "orderAllocate"]).await;
    let more = async |method: &str| {
        edit(&staff, &order.id, json!({ "steps": [add(&shop, "TEA", 1).await], "paymentMethod": method })).await;
        look(&shop, &order.id).await
    };
    let held = more("CARD").await;
    assert_eq!(held["holds"], json!([{ "kind": "PAYMENT", "release": null }]));
    let parcel = json!({});
    assert_eq!(codes(&act(&staff, "orderShip", &order.id, parcel.clone()).await), ["ORDER_ON_HOLD"]);

    let pay = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { userErrors { code } } }";
    let guest = shop.anonymous();
    let try_card = async |token: &str| {
        let card = json!({ "token": token, "returnUrl": "https://shop.example/back" });
        let input = json!({ "order": order.id, "orderToken": order.token, "card": card, "idempotencyKey": token });
        guest.done(pay, json!({ "input": input })).await;
        look(&shop, &order.id).await
    };
    assert_eq!(statuses(&try_card("tok_expired_card").await), ["AUTHORISED", "DECLINED"]);
    let paid = try_card("tok_approved").await;
    assert_eq!(statuses(&paid), ["AUTHORISED", "AUTHORISED"]);
    assert_ne!(paid["holds"][0]["release"], json!(null));

    let transferred = more("BANK_TRANSFER").await;
    assert_eq!(transferred["holds"][1]["release"], json!(null));
    done(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    let paid = look(&shop, &order.id).await;
    assert_eq!((statuses(&paid)[2], &paid["state"]), ("CAPTURED", &json!("ALLOCATED")));
    assert_ne!(paid["holds"][1]["release"], json!(null));
    let again = act(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    assert_eq!(codes(&again), ["ORDER_TRANSITION_NOT_ALLOWED"]);

    // One that waits again goes on when it becomes cheaper again.
    let waits = more("CARD").await;
    assert_eq!(waits["holds"][2]["release"], json!(null));
    let last = waits["lines"].as_array().unwrap().last().unwrap()["id"].clone();
    edit(&staff, &order.id, json!({ "steps": [{ "remove": { "line": last } }] })).await;
    let cheaper = look(&shop, &order.id).await;
    assert_eq!(statuses(&cheaper)[3], "VOIDED", "what was not paid falls away before what was");
    assert_ne!(cheaper["holds"][2]["release"], json!(null));

    done(&staff, "orderShip", &order.id, parcel).await;
    shop.work().await;
    let shipped = look(&shop, &order.id).await;
    assert_eq!(statuses(&shipped), ["CAPTURED", "CAPTURED", "CAPTURED", "VOIDED"]);
    assert_eq!((&shipped["paymentStatus"], balance(&shipped)[4]), (&json!("PAID"), "0.00"));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_left_before_it_was_paid_is_paid_by_the_card_that_comes_late() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = by_card(&shop, &["orderConfirm", "orderAllocate"]).await;
    edit(&staff, &order.id, json!({ "steps": [add(&shop, "TEA", 1).await], "paymentMethod": "CARD" })).await;
    let hold = "query ($id: ID!) { order(by: { id: $id }) { holds { id } } }";
    let hold = staff.run(hold, json!({ "id": order.id })).await["order"]["holds"][0]["id"].take();
    let release =
        "mutation ($input: OrderHoldReleaseInput!) { orderHoldRelease(input: $input) { userErrors { code } } }";
    staff.done(release, json!({ "input": { "hold": hold, "idempotencyKey": "go" } })).await;
    shop.make(&["orderShip"], &order.id).await;
    shop.work().await;
    assert_eq!(statuses(&look(&shop, &order.id).await), ["CAPTURED", "PENDING"]);
    let pay = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { userErrors { code } } }";
    let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/back" });
    let input = json!({ "order": order.id, "orderToken": order.token, "card": card, "idempotencyKey": "late" });
    shop.anonymous().done(pay, json!({ "input": input })).await;
    shop.work().await;
    let end = look(&shop, &order.id).await;
    assert_eq!((statuses(&end), balance(&end)[4]), (vec!["CAPTURED", "CAPTURED"], "0.00"));
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_cheaper_order_cost_more_goes_back_and_all_of_it_when_it_is_cancelled() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = transfer(&shop, &[("COFFEE-250-LIGHT", 2)]).await;
    let early = try_edit(&staff, &order.id, json!({ "steps": [to(&shop, &order.id, 1).await] })).await;
    assert_eq!(codes(&early), ["ORDER_TRANSITION_NOT_ALLOWED"], "it is not paid yet");
    done(&staff, "orderMarkAsPaid", &order.id, json!({})).await;
    let paid = look(&shop, &order.id).await;
    let swap = json!([{ "remove": { "line": coffee(&shop, &order.id).await } }, add(&shop, "TEA", 1).await]);
    let edited = edit(&staff, &order.id, json!({ "steps": swap })).await;
    let now = look(&shop, &order.id).await;
    let minor = |amount: &Value| text(amount).replace('.', "").parse::<i64>().unwrap();
    let back = minor(&edited["removed"]["amount"]) - minor(&edited["added"]["amount"]);
    assert_eq!(minor(&json!(balance(&now)[2])), back);
    assert_eq!(now["paymentStatus"], "PARTIALLY_REFUNDED");
    assert_eq!(stock(&shop, "COFFEE-250-LIGHT").await.iter().map(|(_, _, reserved)| reserved).sum::<i64>(), 0);

    shop.make(&["orderCancel"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((balance(&end)[2], &end["paymentStatus"]), (balance(&paid)[3], &json!("REFUNDED")));
    assert_eq!(stock(&shop, "TEA").await.iter().map(|(_, _, reserved)| reserved).sum::<i64>(), 0);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_left_stays_and_the_rest_can_be_swapped() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = several(&shop, "PARTLY_SHIPPED").await;
    let fewer =
        try_edit(&staff, &order.id, json!({ "steps": [{ "remove": { "line": coffee(&shop, &order.id).await } }] }));
    assert_eq!(codes(&fewer.await), ["ORDER_EDIT_LEAVES_NOTHING"]);
    let swap = json!([to(&shop, &order.id, 1).await, add(&shop, "TEA", 2).await]);
    edit(&staff, &order.id, json!({ "steps": swap })).await;
    let now = look(&shop, &order.id).await;
    assert_eq!((&now["state"], &now["lines"][0]["cancelledQuantity"]), (&json!("PARTLY_SHIPPED"), &json!(2)));
    shop.make(&["orderShip", "orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((&end["state"], balance(&end)[4]), (&json!("DELIVERED"), "0.00"));
    let late = try_edit(&staff, &order.id, json!({ "steps": [add(&shop, "TEA", 1).await] })).await;
    assert_eq!(codes(&late), ["ORDER_TRANSITION_NOT_ALLOWED"]);
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_edited_is_said_by_its_step_and_nothing_is() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = several(&shop, "PARTLY_SHIPPED").await;
    let line = coffee(&shop, &order.id).await;
    let theirs = shop.neighbour().variant("TEA").await;
    let before = facts(&shop, &order.id).await;
    let set = |quantity: i64| json!({ "setQuantity": { "line": line, "quantity": quantity } });
    for (steps, code, field) in [
        (json!([]), "REQUIRED", json!(["steps"])),
        (json!([set(3)]), "ORDER_EDIT_CHANGES_NOTHING", json!(["steps"])),
        (
            json!([add(&shop, "TEA", 1).await, set(0)]),
            "QUANTITY_NOT_POSITIVE",
            json!(["steps", "1", "setQuantity", "quantity"]),
        ),
        (json!([set(2), set(1)]), "DUPLICATE", json!(["steps", "1", "setQuantity", "line"])),
        (
            json!([{ "remove": { "line": shop.variant("TEA").await } }]),
            "INVALID_ID",
            json!(["steps", "0", "remove", "line"]),
        ),
        (
            json!([set(2), { "add": { "variant": theirs, "quantity": 1 } }]),
            "VARIANT_NOT_SOLD_HERE",
            json!(["steps", "1"]),
        ),
        (json!([add(&shop, "TEA", 900).await]), "OUT_OF_STOCK", json!(["steps", "0"])),
    ] {
        let refused = try_edit(&staff, &order.id, json!({ "steps": steps })).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{steps}");
    }
    for (more, code) in [
        (json!({ "steps": [set(2)], "expectedVersion": 1 }), "CONFLICT"),
        (json!({ "steps": [set(2)], "reason": "ق".repeat(501) }), "TOO_LONG"),
    ] {
        assert_eq!(codes(&try_edit(&staff, &order.id, more).await), [code]);
    }
    let elsewhere = shop.order(&[("CUP", 1)]).await;
    let cup = line_of(&shop, &elsewhere.id, "CUP").await;
    let other = try_edit(&staff, &order.id, json!({ "steps": [{ "remove": { "line": cup } }] })).await;
    assert_eq!((codes(&other), &refusal(&other)["field"]), (vec!["NOT_FOUND"], &json!(["steps", "0"])));
    let gone = try_edit(&staff, &order.id, json!({ "steps": [set(2)] })).await;
    assert_eq!(codes(&gone), Vec::<&str>::new(), "two of three are left");
    assert_ne!(facts(&shop, &order.id).await["order"], before["order"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_and_whatever_else_moves_an_order_at_once_agree() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    for _ in 0..4 {
        let order = several(&shop, "ALLOCATED").await;
        let line = coffee(&shop, &order.id).await;
        let tea = add(&shop, "TEA", 1).await;
        let fewer = json!({ "setQuantity": { "line": line, "quantity": 1 } });
        let answers = at_once(6, async |n| match n % 3 {
            0 => ("edit", try_edit(&staff, &order.id, json!({ "steps": [tea, fewer], "expectedVersion": 3 })).await),
            1 => ("ship", act(&staff, "orderShip", &order.id, json!({ "expectedVersion": 3 })).await),
            _ => ("cancel", act(&staff, "orderCancel", &order.id, json!({ "expectedVersion": 3 })).await),
        })
        .await;
        let n_done = answers.iter().filter(|(_, payload)| codes(payload).is_empty()).count();
        assert_eq!(n_done, 1, "{answers:?}");
    }
    shop.verify().await;
}
