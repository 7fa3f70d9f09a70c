//! Orders of which units are cancelled before they leave.

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop, tenant::Tenant, world::Placed};

use super::ask::{act, audit, done, facts, kinds, line_of, param, refusal, several, stock, transfer};

const LOOK: &str = "query ($id: ID!) { order(by: { id: $id }) { state version payBefore fulfilmentStatus
    balance { cancelled { amount } returned { amount } refunded { amount } paid { amount } due { amount } }
    totals { total { amount } }
    payment { status amount { amount } authorised { amount } reduced { amount } captured { amount } }
    lines { sku quantity cancelledQuantity quantityShipped }
    cancellations { reason amount { amount } lines { line { sku } quantity amount { amount } tax { amount } } }
    whereabouts { timeline { kind amount { amount } } } } }";

async fn look(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().run(LOOK, json!({ "id": order })).await["order"].take()
}

/// Cancelled, returned, refunded, paid and due.
fn balance(order: &Value) -> [&str; 5] {
    ["cancelled", "returned", "refunded", "paid", "due"].map(|of| order["balance"][of]["amount"].as_str().unwrap())
}

/// What cancels units of an order's lines.
fn units(lines: &[(&str, u32)]) -> Value {
    let lines: Vec<_> = lines.iter().map(|(line, quantity)| json!({ "line": line, "quantity": quantity })).collect();
    json!({ "lines": lines })
}

/// Cancels units of an order's light coffee.
async fn coffee(shop: &Tenant, order: &str, quantity: u32) -> Value {
    units(&[(&line_of(shop, order, "COFFEE-250-LIGHT").await, quantity)])
}

fn level(location: &str, on_hand: i64, reserved: i64) -> (String, i64, i64) {
    (location.to_owned(), on_hand, reserved)
}

/// An order that a card paid, ready to be shipped.
async fn by_card(shop: &Shop, lines: &[(&str, u32)]) -> Placed {
    let cart = shop.cart_ready(lines, "CARD").await;
    let order = shop.anonymous().checkout_by_card(&cart, "tok_approved").await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    order
}

async fn cancel(client: &Client, order: &str, lines: Value) -> Value {
    done(client, "orderLinesCancel", order, lines).await["order"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_are_cancelled_give_their_stock_and_their_money_back() {
    let shop = Shop::open().await;
    let order = shop.order(&[("TEA", 12), ("DATES", 1)]).await;
    let staff = shop.staff("ORDER_MANAGE");
    let tea = line_of(&shop, &order.id, "TEA").await;
    let before = look(&shop, &order.id).await;
    assert_eq!(balance(&before)[..4], ["0.00", "0.00", "0.00", "0.00"]);
    assert_eq!(before["balance"]["due"], before["totals"]["total"]);

    let mut wanted = units(&[(&tea, 5)]);
    wanted["reason"] = json!("نفدت الكمية");
    done(&staff, "orderLinesCancel", &order.id, wanted).await;
    assert_eq!(stock(&shop, "TEA").await, [level("dammam", 2, 0), level("jeddah", 5, 2), level("riyadh", 10, 5)]);
    let now = look(&shop, &order.id).await;
    assert_eq!((&now["state"], &now["version"]), (&json!("PLACED"), &json!(2)));
    assert_eq!(now["totals"], before["totals"], "what was agreed is agreed");
    assert_eq!(now["lines"][0], json!({ "sku": "TEA", "quantity": 12, "cancelledQuantity": 5, "quantityShipped": 0 }));
    let said = json!([{ "reason": "نفدت الكمية", "amount": { "amount": "57.50" }, "lines": [
        { "line": { "sku": "TEA" }, "quantity": 5, "amount": { "amount": "57.50" }, "tax": { "amount": "7.50" } }] }]);
    assert_eq!(now["cancellations"], said);
    assert_eq!(balance(&now)[0], "57.50");
    assert_eq!(now["payment"]["reduced"]["amount"], "57.50");
    let told = now["whereabouts"]["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!(*told, json!({ "kind": "LINES_CANCELLED", "amount": { "amount": "57.50" } }));
    assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.lines_cancelled");

    // What is left ships, and the courier collects what is left to be paid.
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let end = look(&shop, &order.id).await;
    assert_eq!((&end["state"], &end["fulfilmentStatus"]), (&json!("DELIVERED"), &json!("FULFILLED")));
    assert_eq!(end["lines"][0]["quantityShipped"], 7);
    assert_eq!((balance(&end)[3], balance(&end)[4]), (balance(&now)[4], "0.00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_which_all_units_were_cancelled_is_cancelled_with_its_delivery() {
    let shop = Shop::open().await;
    let order = several(&shop, "ALLOCATED").await;
    let staff = shop.staff_all();
    let total = look(&shop, &order.id).await["totals"]["total"]["amount"].take();
    for (units, state) in [(1, "ALLOCATED"), (1, "ALLOCATED"), (1, "CANCELLED")] {
        let moved = cancel(&staff, &order.id, coffee(&shop, &order.id, units).await).await;
        assert_eq!(moved["state"], state);
    }
    let now = look(&shop, &order.id).await;
    assert_eq!(now["lines"][0]["cancelledQuantity"], 3);
    assert_eq!(balance(&now), [total.as_str().unwrap(), "0.00", "0.00", "0.00", "0.00"]);
    assert_eq!(now["payment"]["status"], "VOIDED");
    assert_eq!(now["cancellations"].as_array().unwrap().len(), 3);
    assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.cancelled");
    let refused = act(&staff, "orderLinesCancel", &order.id, coffee(&shop, &order.id, 1).await).await;
    assert_eq!(codes(&refused), ["ORDER_TRANSITION_NOT_ALLOWED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_is_cancelled_as_a_whole_says_so_of_its_units() {
    let shop = Shop::open().await;
    let order = several(&shop, "ALLOCATED").await;
    cancel(&shop.staff_all(), &order.id, coffee(&shop, &order.id, 1).await).await;
    shop.make(&["orderCancel"], &order.id).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(now["lines"][0]["cancelledQuantity"], 3);
    assert_eq!(now["balance"]["cancelled"], now["totals"]["total"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_which_the_rest_is_cancelled_is_what_its_shipments_are() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let on_its_way = several(&shop, "PARTLY_SHIPPED").await;
    let one = coffee(&shop, &on_its_way.id, 1).await;
    assert_eq!(cancel(&staff, &on_its_way.id, one.clone()).await["state"], "PARTLY_SHIPPED");
    assert_eq!(cancel(&staff, &on_its_way.id, one).await["state"], "SHIPPED");
    shop.make(&["orderDeliver"], &on_its_way.id).await;
    assert_eq!(look(&shop, &on_its_way.id).await["state"], "DELIVERED");

    for (name, state) in [("shipmentDeliver", "DELIVERED"), ("shipmentRefuse", "REFUSED")] {
        let order = several(&shop, "PARTLY_SHIPPED").await;
        let shipment = super::ask::shipment_of(&shop, &order.id).await;
        let query =
            format!("mutation ($input: S{}Input!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}", &name[1..]);
        staff.done(&query, json!({ "input": { "shipment": shipment, "idempotencyKey": staff.key() } })).await;
        assert_eq!(cancel(&staff, &order.id, coffee(&shop, &order.id, 2).await).await["state"], state);
        let now = look(&shop, &order.id).await;
        assert_eq!(balance(&now)[4], "0.00", "{state}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_card_less_is_taken_or_what_was_taken_goes_back() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = by_card(&shop, &[("COFFEE-250-LIGHT", 3)]).await;
    let total = look(&shop, &order.id).await;
    cancel(&staff, &order.id, coffee(&shop, &order.id, 1).await).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(
        (&now["payment"]["status"], &now["payment"]["authorised"]),
        (&json!("AUTHORISED"), &total["totals"]["total"])
    );
    let due = now["balance"]["due"].clone();
    // While the gateway is asked for the money nobody knows how much of it could go back.
    let one = super::ask::one_of(&shop, &order.id).await;
    done(&staff, "orderShip", &order.id, one).await;
    let early = act(&staff, "orderLinesCancel", &order.id, coffee(&shop, &order.id, 1).await).await;
    assert_eq!(codes(&early), ["PAYMENT_BEING_CAPTURED"]);
    shop.work().await;
    let now = look(&shop, &order.id).await;
    assert_eq!((&now["payment"]["status"], &now["payment"]["captured"]), (&json!("CAPTURED"), &due));
    assert_eq!(cancel(&staff, &order.id, coffee(&shop, &order.id, 1).await).await["state"], "SHIPPED");
    shop.work().await;
    let now = look(&shop, &order.id).await;
    assert_eq!(now["payment"]["status"], "PART_REFUNDED");
    assert_eq!(now["balance"]["refunded"], now["cancellations"][1]["amount"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_waits_for_its_payment_waits_for_less() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let order = transfer(&shop, &[("COFFEE-250-LIGHT", 3)]).await;
    let before = look(&shop, &order.id).await;
    assert_eq!(cancel(&staff, &order.id, coffee(&shop, &order.id, 2).await).await["state"], "AWAITING_PAYMENT");
    let now = look(&shop, &order.id).await;
    assert_eq!(now["payBefore"], before["payBefore"]);
    shop.make(&["orderMarkAsPaid"], &order.id).await;
    let paid = look(&shop, &order.id).await;
    assert_eq!((&paid["payment"]["captured"], &paid["state"]), (&now["balance"]["due"], &json!("PLACED")));

    let declined = shop.cart_ready(&[("COFFEE-250-LIGHT", 2)], "CARD").await;
    let declined = shop.anonymous().checkout_by_card(&declined, "tok_expired_card").await;
    cancel(&staff, &declined.id, coffee(&shop, &declined.id, 1).await).await;
    let due = look(&shop, &declined.id).await["balance"]["due"].take();
    let pay = "mutation ($input: OrderPayInput!) { orderPay(input: $input) { userErrors { code } } }";
    let guest = shop.anonymous();
    let card = json!({ "token": "tok_approved", "returnUrl": "https://shop.example/back" });
    let input = json!({ "order": declined.id, "orderToken": declined.token, "card": card, "idempotencyKey": "pay" });
    guest.done(pay, json!({ "input": input })).await;
    assert_eq!(look(&shop, &declined.id).await["payment"]["authorised"], due);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_cancelled_is_said_by_its_line_and_nothing_is() {
    let shop = Shop::open().await;
    let order = several(&shop, "PARTLY_SHIPPED").await;
    let (staff, english) = (shop.staff_all(), shop.staff_all().in_language("en"));
    let line = line_of(&shop, &order.id, "COFFEE-250-LIGHT").await;
    let other = shop.order(&[("CUP", 1)]).await;
    let cup = line_of(&shop, &other.id, "CUP").await;
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    let theirs = line_of(shop.neighbour(), &theirs.id, "TEA").await;
    let before = (facts(&shop, &order.id).await, facts(&shop, &other.id).await);
    for (more, code, field) in [
        (units(&[(&line, 3)]), "ORDER_UNITS_EXCEEDED", json!(["lines", "0", "quantity"])),
        (units(&[(&line, 1), (&cup, 1)]), "NOT_FOUND", json!(["lines", "1", "line"])),
        (units(&[(&theirs, 1)]), "NOT_FOUND", json!(["lines", "0", "line"])),
        (units(&[(&order.id, 1)]), "INVALID_ID", json!(["lines", "0", "line"])),
        (units(&[(&line, 1), (&line, 1)]), "DUPLICATE", json!(["lines", "1", "line"])),
        (units(&[(&line, 0)]), "QUANTITY_NOT_POSITIVE", json!(["lines", "0", "quantity"])),
        (json!({ "lines": [] }), "REQUIRED", json!(["lines"])),
        (
            json!({ "lines": [{ "line": line, "quantity": 1 }], "expectedVersion": 1 }),
            "CONFLICT",
            json!(["expectedVersion"]),
        ),
        (
            json!({ "lines": [{ "line": line, "quantity": 1 }], "reason": "ق".repeat(501) }),
            "TOO_LONG",
            json!(["reason"]),
        ),
    ] {
        let refused = act(&staff, "orderLinesCancel", &order.id, more.clone()).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{more}");
    }
    let refused = act(&english, "orderLinesCancel", &order.id, units(&[(&line, 3)])).await;
    assert_eq!(param(refusal(&refused), "max"), "2");
    for state in ["SHIPPED", "DELIVERED", "REFUSED", "REFUNDED"] {
        let ended = super::ask::standing(&shop, state).await;
        let one = coffee(&shop, &ended.id, 1).await;
        let refused = act(&staff, "orderLinesCancel", &ended.id, one).await;
        assert_eq!(codes(&refused), ["ORDER_TRANSITION_NOT_ALLOWED"], "{state}");
        assert_eq!(param(refusal(&refused), "action"), "CANCEL_PART");
    }
    assert_eq!(
        (facts(&shop, &order.id).await["order"].take(), facts(&shop, &other.id).await["order"].take()),
        (before.0["order"].clone(), before.1["order"].clone())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_that_is_sent_again_with_its_key_is_made_once() {
    let shop = Shop::open().await;
    let order = several(&shop, "ALLOCATED").await;
    let staff = shop.staff_all();
    let mut input = coffee(&shop, &order.id, 1).await;
    input["idempotencyKey"] = json!("one");
    for _again in 0..3 {
        cancel(&staff, &order.id, input.clone()).await;
    }
    assert_eq!(look(&shop, &order.id).await["lines"][0]["cancelledQuantity"], 1);
    input["lines"][0]["quantity"] = json!(2);
    assert_eq!(codes(&act(&staff, "orderLinesCancel", &order.id, input).await), ["IDEMPOTENCY_KEY_REUSED"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_are_cancelled_and_shipped_at_once_do_one_of_both() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    for _ in 0..4 {
        let order = several(&shop, "ALLOCATED").await;
        let two = coffee(&shop, &order.id, 2).await;
        let answers = at_once(4, async |n| {
            let name = if n % 2 == 0 { "orderLinesCancel" } else { "orderShip" };
            (name, act(&staff, name, &order.id, two.clone()).await)
        })
        .await;
        let done: Vec<_> = answers.iter().filter(|(_, payload)| codes(payload).is_empty()).collect();
        assert_eq!(done.len(), 1, "{answers:?}");
        for (_, payload) in answers.iter().filter(|(_, payload)| !codes(payload).is_empty()) {
            let said = codes(payload);
            assert!(matches!(said[..], ["CONFLICT" | "ORDER_UNITS_EXCEEDED"]), "{payload}");
        }
        let line = look(&shop, &order.id).await["lines"][0].take();
        let expected = if done[0].0 == "orderShip" { (0, 2) } else { (2, 0) };
        assert_eq!((&line["cancelledQuantity"], &line["quantityShipped"]), (&json!(expected.0), &json!(expected.1)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_falls_away_of_a_line_sums_to_it() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    // Three coffees of which a promotion took an odd amount: one is cancelled, one refused, one cancelled.
    let order = several(&shop, "PARTLY_SHIPPED").await;
    cancel(&staff, &order.id, coffee(&shop, &order.id, 1).await).await;
    let shipment = super::ask::shipment_of(&shop, &order.id).await;
    let query = "mutation ($input: ShipmentRefuseInput!) { shipmentRefuse(input: $input) { userErrors { code } } }";
    staff.done(query, json!({ "input": { "shipment": shipment, "idempotencyKey": staff.key() } })).await;
    cancel(&staff, &order.id, coffee(&shop, &order.id, 1).await).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(now["state"], "REFUSED");
    let minor = |amount: &Value| amount["amount"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let line = "query ($id: ID!) { order(by: { id: $id }) { lines { total { amount } } } }";
    let line = staff.run(line, json!({ "id": order.id })).await["order"]["lines"][0]["total"].take();
    assert_eq!(minor(&now["balance"]["cancelled"]) + minor(&now["balance"]["returned"]), minor(&line));
    let timeline = facts(&shop, &order.id).await["order"]["whereabouts"]["timeline"].take();
    assert!(kinds(&timeline).contains(&"LINES_CANCELLED"));
}
