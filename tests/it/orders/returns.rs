//! Goods that customers send back.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, client::codes, shop::Shop, tenant::Tenant, world::Placed};

use super::ask::{audit, done, facts, kinds, line_of, param, refusal, several, standing, stock, text};
use crate::{checkout::free::giving, inventory::ask::told as heard};

const LOOK: &str = "query ($id: ID!) { order(by: { id: $id }) { state
    balance { returned { amount } refunded { amount } paid { amount } due { amount } }
    whereabouts { timeline { kind } }
    returns { id state stateLabel note reason refunded { amount } order { id }
        lines { line { sku } quantity received reason reasonLabel note outcomes { outcome quantity } } } } }";

pub async fn look(shop: &Tenant, order: &str) -> Value {
    shop.staff_all().in_language("en").run(LOOK, json!({ "id": order })).await["order"].take()
}

/// Tells a mutation of returns, and gives its payload.
pub async fn tell(client: &Client, name: &str, mut input: Value) -> Value {
    let kind = format!("R{}Input", &name[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ orderReturn {{ id state }}
         userErrors {{ code field message params {{ name value }} }} }} }}"
    );
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(client.key());
    }
    client.run(&query, json!({ "input": input })).await[name].take()
}

/// The same, which must be done; gives the return.
pub async fn told(client: &Client, name: &str, input: Value) -> Value {
    let mut payload = tell(client, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload["orderReturn"].take()
}

/// What asks for units of an order's line to be sent back.
pub fn wanted(order: &str, lines: &[(&str, u32)]) -> Value {
    let lines: Vec<_> = lines
        .iter()
        .map(|(line, quantity)| json!({ "line": line, "quantity": quantity, "reason": "DAMAGED" }))
        .collect();
    json!({ "by": { "id": order }, "lines": lines })
}

/// Three light coffees that were delivered, and their line.
pub async fn delivered(shop: &Tenant) -> (Placed, String) {
    let order = several(shop, "ALLOCATED").await;
    shop.make(&["orderShip", "orderDeliver"], &order.id).await;
    let line = line_of(shop, &order.id, "COFFEE-250-LIGHT").await;
    (order, line)
}

/// A return of so many of them that stands in a state, and the order and the line.
pub async fn returning(shop: &Tenant, state: &str, quantity: u32) -> (String, Placed, String) {
    let (order, line) = delivered(shop).await;
    let staff = shop.staff_all();
    let id = text(&told(&staff, "returnRequest", wanted(&order.id, &[(&line, quantity)])).await["id"]);
    let decided = json!([{ "line": line, "outcome": "RESTOCK", "quantity": quantity }]);
    for (name, more, then) in [
        ("returnApprove", json!({}), "APPROVED"),
        ("returnReceive", json!({ "location": "riyadh" }), "RECEIVED"),
        ("returnInspect", json!({ "lines": decided }), "INSPECTED"),
        ("returnRefund", json!({}), "REFUNDED"),
    ] {
        if state == "REQUESTED" {
            break;
        }
        let (name, more, then) = match (state, name) {
            ("REJECTED", _) => ("returnReject", json!({}), state),
            ("EXCHANGED", "returnRefund") => ("returnExchange", alike(shop, quantity).await, state),
            _ => (name, more, then),
        };
        let mut input = more;
        input["orderReturn"] = json!(id);
        assert_eq!(told(&staff, name, input).await["state"], then);
        if then == state {
            break;
        }
    }
    (id, order, line)
}

/// What exchanges light coffees for as many.
pub async fn alike(shop: &Tenant, quantity: u32) -> Value {
    json!({ "lines": [{ "variant": shop.variant("COFFEE-250-LIGHT").await, "quantity": quantity }] })
}

fn level(location: &str, on_hand: i64, reserved: i64) -> (String, i64, i64) {
    (location.to_owned(), on_hand, reserved)
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_are_looked_at_and_their_money_goes_back() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let before = look(&shop, &order.id).await;
    let mut input = wanted(&order.id, &[(&line, 2)]);
    input["note"] = json!("الكيس مفتوح");
    shop.later(Duration::from_mins(1));
    let asked = told(&shop.staff("ORDER_MANAGE"), "returnRequest", input).await;
    assert_eq!(asked["state"], "REQUESTED");
    let id = text(&asked["id"]);
    let with = |more: Value| {
        let mut input = more;
        input["orderReturn"] = json!(id);
        input
    };
    shop.later(Duration::from_mins(1));
    told(&shop.staff("ORDER_MANAGE"), "returnApprove", with(json!({}))).await;
    let shelves = stock(&shop, "COFFEE-250-LIGHT").await;
    shop.later(Duration::from_mins(1));
    told(&shop.staff("ORDER_FULFIL"), "returnReceive", with(json!({ "location": "jeddah" }))).await;
    assert_eq!(stock(&shop, "COFFEE-250-LIGHT").await, shelves, "they lie in quarantine");
    let decided = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 },
        { "line": line, "outcome": "WRITE_OFF", "quantity": 1 }]);
    shop.later(Duration::from_mins(1));
    told(&shop.staff("ORDER_FULFIL"), "returnInspect", with(json!({ "lines": decided }))).await;
    let mut restocked = shelves.clone();
    restocked[1].1 += 1;
    assert_eq!(stock(&shop, "COFFEE-250-LIGHT").await, restocked);
    shop.later(Duration::from_mins(1));
    told(&shop.staff("PAYMENT_MANAGE"), "returnRefund", with(json!({ "reason": "تالف" }))).await;

    let now = look(&shop, &order.id).await;
    let found = &now["returns"][0];
    assert_eq!((&found["state"], &found["stateLabel"]), (&json!("REFUNDED"), &json!("Refunded")));
    assert_eq!((&found["note"], &found["reason"]), (&json!("الكيس مفتوح"), &json!("تالف")));
    assert_eq!(found["order"]["id"], order.id);
    let line = json!([{ "line": { "sku": "COFFEE-250-LIGHT" }, "quantity": 2, "received": 2, "reason": "DAMAGED",
        "reasonLabel": "Damaged", "note": null, "outcomes": [{ "outcome": "RESTOCK", "quantity": 1 },
        { "outcome": "WRITE_OFF", "quantity": 1 }] }]);
    assert_eq!(found["lines"], line);
    assert_eq!((&now["balance"]["returned"], &now["balance"]["refunded"]), (&found["refunded"], &found["refunded"]));
    assert_eq!((&now["state"], &now["balance"]["paid"]), (&json!("DELIVERED"), &before["balance"]["paid"]));
    let timeline = kinds(&now["whereabouts"]["timeline"]);
    let told = ["RETURN_REQUESTED", "RETURN_APPROVED", "RETURN_RECEIVED", "RETURN_INSPECTED", "REFUNDED_PART"];
    assert_eq!(timeline[timeline.len() - 5..], told);
    let events: Vec<_> = audit(&shop, &id).await.into_iter().map(|(name, _)| name).collect();
    let names = ["requested", "approved", "received", "inspected", "refunded"].map(|name| format!("return.{name}"));
    assert_eq!(events, names);
    assert_eq!(audit(&shop, &order.id).await.last().unwrap().0, "order.refunded_in_part");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_and_a_guest_send_back_what_is_theirs() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let guest = shop.anonymous();
    let by = |number: &str, token: &str| json!({ "guest": { "number": number, "token": token } });
    let mut input = wanted(&order.id, &[(&line, 1)]);
    for nobody in [shop.anonymous(), shop.customer("layla"), shop.staff("ORDER_READ")] {
        let refused = tell(&nobody, "returnRequest", input.clone()).await;
        assert_eq!((&codes(&refused)[..], &refusal(&refused)["field"]), (&["NOT_FOUND"][..], &json!(["by"])));
    }
    input["by"] = by(&order.number, "wrong");
    assert_eq!(codes(&tell(&guest, "returnRequest", input.clone()).await), ["NOT_FOUND"]);
    input["by"] = by(&order.number, &order.token);
    assert_eq!(told(&guest, "returnRequest", input).await["state"], "REQUESTED");

    let layla = shop.customer("layla");
    let hers = layla.order(&[("CUP", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &hers.id).await;
    let cup = line_of(&shop, &hers.id, "CUP").await;
    let omar = tell(&shop.customer("omar"), "returnRequest", wanted(&hers.id, &[(&cup, 1)])).await;
    assert_eq!(codes(&omar), ["NOT_FOUND"]);
    told(&layla, "returnRequest", wanted(&hers.id, &[(&cup, 1)])).await;
    let query = "query ($id: ID!) { order(by: { id: $id }) { returns { state lines { quantity } } } }";
    let seen = layla.run(query, json!({ "id": hers.id })).await;
    assert_eq!(seen["order"]["returns"], json!([{ "state": "REQUESTED", "lines": [{ "quantity": 1 }] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_channels_days_only_staff_take_goods_back() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let guest = shop.anonymous().in_language("en");
    let mut input = wanted(&order.id, &[(&line, 1)]);
    input["by"] = json!({ "guest": { "number": order.number, "token": order.token } });
    let days = guest.run("{ channels { code returnDays } }", json!({})).await;
    assert_eq!(days["channels"][0]["returnDays"], 14);
    shop.later(Duration::from_hours(14 * 24));
    told(&guest, "returnRequest", input.clone()).await;
    shop.later(Duration::from_secs(1));
    let refused = tell(&guest, "returnRequest", input).await;
    assert_eq!(codes(&refused), ["RETURN_TOO_LATE"]);
    assert_eq!(param(refusal(&refused), "days"), "14");
    told(&shop.staff_all(), "returnRequest", wanted(&order.id, &[(&line, 1)])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_say_for_how_long_a_channel_takes_goods_back() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let (guest, staff) = (shop.anonymous(), shop.staff("ORDER_MANAGE"));
    let mut input = wanted(&order.id, &[(&line, 1)]);
    input["by"] = json!({ "guest": { "number": order.number, "token": order.token } });
    let channel = guest.run("{ channels { code } }", json!({})).await["channels"][0].take();
    let set = async |days: i64, more: Value| {
        let query = "mutation ($input: ChannelReturnDaysSetInput!) { channelReturnDaysSet(input: $input) {
            returnDays userErrors { code field } } }";
        let mut input = json!({ "channel": channel["code"], "returnDays": days });
        input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        staff.run(query, json!({ "input": input })).await["channelReturnDaysSet"].take()
    };
    let read = async || {
        guest.run("{ channels { returnDays } }", json!({})).await["channels"][0]["returnDays"].as_i64().unwrap()
    };
    for (days, more, code, field) in [
        (-1, json!({}), "QUANTITY_NEGATIVE", "returnDays"),
        (366, json!({}), "QUANTITY_TOO_LARGE", "returnDays"),
        (7, json!({ "channel": "nowhere" }), "NOT_FOUND", "channel"),
    ] {
        let refused = set(days, more).await;
        assert_eq!(refused, json!({ "returnDays": null, "userErrors": [{ "code": code, "field": [field] }] }));
    }
    assert_eq!(set(7, json!({ "dryRun": true })).await["returnDays"], 7);
    assert_eq!(read().await, 14);
    for _ in 0..2 {
        assert_eq!(set(7, json!({ "idempotencyKey": "once" })).await, json!({ "returnDays": 7, "userErrors": [] }));
    }
    assert_eq!(read().await, 7);
    let entries = "{ auditEntries(filter: { action: \"channel.return_days_set\" }) { nodes { before after } } }";
    let entries = shop.staff_all().run(entries, json!({})).await["auditEntries"]["nodes"].take();
    assert_eq!(entries.as_array().unwrap().len(), 1, "a dry run and a repetition leave nothing");
    assert_eq!((&entries[0]["before"]["return_days"], &entries[0]["after"]["return_days"]), (&json!(14), &json!(7)));
    shop.later(Duration::from_hours(7 * 24) + Duration::from_secs(1));
    let refused = tell(&guest, "returnRequest", input.clone()).await;
    assert_eq!((codes(&refused), param(refusal(&refused), "days")), (vec!["RETURN_TOO_LATE"], "7"));
    set(8, json!({})).await;
    told(&guest, "returnRequest", input).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_ends_when_all_of_its_orders_money_went_back() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    // Inspected before: it ends with the refund.
    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    done(&staff, "orderRefund", &order.id, json!({})).await;
    let now = look(&shop, &order.id).await;
    assert_eq!((&now["state"], &now["returns"][0]["state"]), (&json!("REFUNDED"), &json!("REFUNDED")));
    assert_eq!(now["balance"]["refunded"], now["balance"]["paid"]);
    assert_eq!(audit(&shop, &id).await.last().unwrap().0, "return.refunded");
    let again = tell(&staff, "returnRefund", json!({ "orderReturn": id })).await;
    assert_eq!(codes(&again), ["RETURN_NOT_ALLOWED"]);
    // Looked at after: it ends with that.
    let (id, order, line) = returning(&shop, "RECEIVED", 1).await;
    done(&staff, "orderRefund", &order.id, json!({})).await;
    assert_eq!(look(&shop, &order.id).await["returns"][0]["state"], "RECEIVED");
    let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    assert_eq!(told(&staff, "returnInspect", json!({ "orderReturn": id, "lines": lines })).await["state"], "REFUNDED");
    // A part of the money leaves it to be refunded.
    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    done(&staff, "orderRefund", &order.id, json!({ "amount": "1.00" })).await;
    assert_eq!(look(&shop, &order.id).await["returns"][0]["state"], "INSPECTED");
    told(&staff, "returnRefund", json!({ "orderReturn": id })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cost_nothing_comes_back_without_any_money() {
    let shop = giving().await;
    let staff = shop.staff_all();
    for (bought, total) in [(&[("CUP", 2)][..], "0.00"), (&[("CUP", 2), ("TEA", 1)], "11.50")] {
        let order = shop.anonymous().checkout(&shop.cart_ready(bought, "BANK_TRANSFER").await).await;
        if total != "0.00" {
            shop.make(&["orderMarkAsPaid"], &order.id).await;
        }
        shop.make(&["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
        let cup = line_of(&shop, &order.id, "CUP").await;
        let free = inspected(&shop, &order.id, &cup, 1).await;
        let refund = json!({ "orderReturn": free, "reason": "تالف", "idempotencyKey": format!("once {total}") });
        let before = facts(&shop, &order.id).await;
        for amount in ["0", "0.00"] {
            let nothing = json!({ "orderReturn": free, "amount": amount });
            assert_eq!(codes(&tell(&staff, "returnRefund", nothing).await), ["AMOUNT_NOT_POSITIVE"]);
        }
        for _ in 0..2 {
            assert_eq!(told(&staff, "returnRefund", refund.clone()).await["state"], "REFUNDED");
        }
        assert_eq!(facts(&shop, &order.id).await, before, "the order and its money are as they were");
        let again = tell(&staff, "returnRefund", json!({ "orderReturn": free })).await;
        assert_eq!(codes(&again), ["RETURN_NOT_ALLOWED"]);
        let names: Vec<_> = audit(&shop, &free).await.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.last().unwrap(), "return.refunded");
        let events = heard(&shop, "return.refunded").await;
        let last = events.iter().find(|event| event["return"] == json!(free)).unwrap();
        assert_eq!((&last["amount"]["minor"], &last["lines"][0]["quantity"]), (&json!(0), &json!(1)));

        // All of what cost nothing: of several at once one does it.
        let rest = inspected(&shop, &order.id, &cup, 1).await;
        let refund = async |_n| codes(&tell(&staff, "returnRefund", json!({ "orderReturn": rest })).await).concat();
        let mut said = at_once(3, refund).await;
        said.sort_unstable();
        assert_eq!(said[0], "", "{said:?}");
        assert!(said[1..].iter().all(|code| code == "RETURN_NOT_ALLOWED" || code == "CONFLICT"), "{said:?}");
        let now = look(&shop, &order.id).await;
        assert_eq!(now["state"], "DELIVERED", "{total}");
        for back in now["returns"].as_array().unwrap() {
            assert_eq!((&back["state"], &back["refunded"]), (&json!("REFUNDED"), &json!({ "amount": "0.00" })));
        }
        let paid = json!({ "returned": { "amount": "0.00" }, "refunded": { "amount": "0.00" },
            "paid": { "amount": total }, "due": { "amount": "0.00" } });
        assert_eq!(now["balance"], paid);
    }
    // With goods that cost nothing something can be given back for all that.
    let order = shop.anonymous().checkout(&shop.cart_ready(&[("CUP", 1), ("TEA", 1)], "BANK_TRANSFER").await).await;
    shop.make(&["orderMarkAsPaid", "orderConfirm", "orderAllocate", "orderShip", "orderDeliver"], &order.id).await;
    let free = inspected(&shop, &order.id, &line_of(&shop, &order.id, "CUP").await, 1).await;
    told(&staff, "returnRefund", json!({ "orderReturn": free, "amount": "1.50" })).await;
    let now = look(&shop, &order.id).await;
    assert_eq!(
        (&now["returns"][0]["refunded"]["amount"], &now["balance"]["refunded"]["amount"]),
        (&json!("1.50"), &json!("1.50"))
    );
    shop.verify().await;
}

/// A return of units of a line that came and were looked at.
async fn inspected(shop: &Tenant, order: &str, line: &str, quantity: u32) -> String {
    let staff = shop.staff_all();
    let id = text(&told(&staff, "returnRequest", wanted(order, &[(line, quantity)])).await["id"]);
    let decided = json!([{ "line": line, "outcome": "RESTOCK", "quantity": quantity }]);
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "riyadh" })).await;
    told(&staff, "returnInspect", json!({ "orderReturn": id, "lines": decided })).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_first_an_inspected_return_of_a_refunded_order_ends() {
    let shop = Shop::open().await;
    for _ in 0..3 {
        let (id, order, line) = returning(&shop, "RECEIVED", 1).await;
        let staff = shop.staff_all();
        let lines = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
        let inspect = json!({ "orderReturn": id, "lines": lines });
        let (inspected, _) = tokio::join!(
            tell(&staff, "returnInspect", inspect.clone()),
            done(&staff, "orderRefund", &order.id, json!({}))
        );
        if inspected["userErrors"] != json!([]) {
            assert_eq!(codes(&inspected), ["CONFLICT"]);
            told(&staff, "returnInspect", inspect).await;
        }
        let now = look(&shop, &order.id).await;
        assert_eq!((&now["state"], &now["returns"][0]["state"]), (&json!("REFUNDED"), &json!("REFUNDED")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_comes_back_than_was_delivered() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let staff = shop.staff_all();
    let first = told(&staff, "returnRequest", wanted(&order.id, &[(&line, 2)])).await;
    let refused = tell(&staff, "returnRequest", wanted(&order.id, &[(&line, 2)])).await;
    let error = refusal(&refused);
    assert_eq!(
        (&error["code"], &error["field"]),
        (&json!("RETURN_UNITS_EXCEEDED"), &json!(["lines", "0", "quantity"]))
    );
    assert_eq!(param(error, "max"), "1");
    // What is rejected, and what did not come, can be sent back another time.
    told(&staff, "returnReject", json!({ "orderReturn": first["id"] })).await;
    let second = told(&staff, "returnRequest", wanted(&order.id, &[(&line, 3)])).await;
    let id = &second["id"];
    told(&staff, "returnApprove", json!({ "orderReturn": id })).await;
    let too_many = json!({ "orderReturn": id, "location": "riyadh", "lines": [{ "line": line, "quantity": 4 }] });
    assert_eq!(codes(&tell(&staff, "returnReceive", too_many).await), ["RETURN_UNITS_EXCEEDED"]);
    let some = json!({ "orderReturn": id, "location": "riyadh", "lines": [{ "line": line, "quantity": 1 }] });
    told(&staff, "returnReceive", some).await;
    told(&staff, "returnRequest", wanted(&order.id, &[(&line, 2)])).await;
    assert_eq!(
        codes(&tell(&staff, "returnRequest", wanted(&order.id, &[(&line, 1)])).await),
        ["RETURN_UNITS_EXCEEDED"]
    );

    for state in ["AWAITING_PAYMENT", "PLACED", "PARTLY_SHIPPED", "SHIPPED", "REFUSED", "CANCELLED", "REFUNDED"] {
        let order = standing(&shop, state).await;
        let line = line_of(&shop, &order.id, "COFFEE-250-LIGHT").await;
        let refused = tell(&staff, "returnRequest", wanted(&order.id, &[(&line, 1)])).await;
        assert_eq!(codes(&refused), ["RETURN_NOT_DELIVERED"], "{state}");
        assert_eq!(param(refusal(&refused), "state"), state);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_return_is_said_and_nothing_is_done() {
    let shop = Shop::open().await;
    let (order, line) = delivered(&shop).await;
    let other = shop.order(&[("CUP", 1)]).await;
    let cup = line_of(&shop, &other.id, "CUP").await;
    let staff = shop.staff_all();
    let before = facts(&shop, &order.id).await;
    let long = "ق".repeat(501);
    let one = |more: Value| {
        let mut line = json!({ "line": line, "quantity": 1, "reason": "OTHER" });
        line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([line])
    };
    for (lines, note, code, field) in [
        (json!([]), "", "REQUIRED", json!(["lines"])),
        (one(json!({ "quantity": 0 })), "", "QUANTITY_NOT_POSITIVE", json!(["lines", "0", "quantity"])),
        (one(json!({ "line": cup })), "", "NOT_FOUND", json!(["lines", "0", "line"])),
        (one(json!({ "line": order.id })), "", "INVALID_ID", json!(["lines", "0", "line"])),
        (one(json!({ "note": long })), "", "TOO_LONG", json!(["lines", "0", "note"])),
        (one(json!({})), &long[..], "TOO_LONG", json!(["note"])),
        (json!([one(json!({}))[0], one(json!({}))[0]]), "", "DUPLICATE", json!(["lines", "1", "line"])),
    ] {
        let input = json!({ "by": { "id": order.id }, "lines": lines, "note": note });
        let refused = tell(&staff, "returnRequest", input).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{lines}");
    }
    assert_eq!(facts(&shop, &order.id).await, before);

    let (id, _, line) = returning(&shop, "RECEIVED", 2).await;
    let decide = |lines: Value| json!({ "orderReturn": id, "lines": lines });
    let part = |outcome: &str, quantity: u32| json!({ "line": line, "outcome": outcome, "quantity": quantity });
    for (lines, code, field) in [
        (json!([]), "REQUIRED", json!(["lines"])),
        (json!([part("RESTOCK", 1)]), "RETURN_UNITS_UNDECIDED", json!(["lines", "0", "quantity"])),
        (
            json!([part("RESTOCK", 2), part("WRITE_OFF", 1)]),
            "RETURN_UNITS_UNDECIDED",
            json!(["lines", "0", "quantity"]),
        ),
        (json!([part("RESTOCK", 1), part("RESTOCK", 1)]), "DUPLICATE", json!(["lines", "1", "line"])),
        (json!([part("RESTOCK", 0)]), "QUANTITY_NOT_POSITIVE", json!(["lines", "0", "quantity"])),
    ] {
        let refused = tell(&staff, "returnInspect", decide(lines.clone())).await;
        let error = refusal(&refused);
        assert_eq!((error["code"].as_str().unwrap(), &error["field"]), (code, &field), "{lines}");
    }
    let quarantined = super::super::inventory::ask::line(
        &shop,
        "COFFEE-250-LIGHT",
        "riyadh",
        json!({
        "quantity": 1, "outcome": "WRITE_OFF", "reason": "x" }),
    )
    .await;
    let settle = "mutation ($input: StockQuarantineSettleInput!) { stockQuarantineSettle(input: $input) { userErrors { code } } }";
    staff.done(settle, json!({ "input": { "lines": [quarantined], "idempotencyKey": staff.key() } })).await;
    let refused = tell(&staff, "returnInspect", decide(json!([part("RESTOCK", 2)]))).await;
    assert_eq!((codes(&refused), param(refusal(&refused), "available")), (vec!["STOCK_INSUFFICIENT"], "1"));
    let nowhere = returning(&shop, "APPROVED", 1).await.0;
    let refused = tell(&staff, "returnReceive", json!({ "orderReturn": nowhere, "location": "nowhere" })).await;
    assert_eq!(refusal(&refused)["field"], json!(["location"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_goes_its_way_and_no_other() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let legal = |state: &str| -> &[&str] {
        match state {
            "REQUESTED" => &["returnApprove", "returnReject"],
            "APPROVED" => &["returnReceive", "returnReject"],
            "RECEIVED" => &["returnInspect"],
            "INSPECTED" => &["returnRefund", "returnExchange"],
            _ => &[],
        }
    };
    let moves = ["returnApprove", "returnReject", "returnReceive", "returnInspect", "returnRefund", "returnExchange"];
    for state in ["REQUESTED", "APPROVED", "REJECTED", "RECEIVED", "INSPECTED", "REFUNDED", "EXCHANGED"] {
        let (id, _, line) = returning(&shop, state, 1).await;
        for name in moves {
            if legal(state).contains(&name) {
                continue;
            }
            let mut input = if name == "returnExchange" { alike(&shop, 1).await } else { json!({}) };
            input["orderReturn"] = json!(id);
            if name == "returnReceive" {
                input["location"] = json!("riyadh");
            }
            if name == "returnInspect" {
                input["lines"] = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
            }
            let refused = tell(&staff, name, input).await;
            assert_eq!(codes(&refused), ["RETURN_NOT_ALLOWED"], "{name} in {state}");
            assert_eq!(param(refusal(&refused), "state"), state);
        }
    }
    let query =
        "query ($states: [ReturnState!]) { returns(filter: { states: $states }) { totalCount nodes { state } } }";
    let found = shop.staff("ORDER_READ").run(query, json!({ "states": ["REQUESTED", "RECEIVED"] })).await;
    assert_eq!(
        found["returns"],
        json!({ "totalCount": 2, "nodes": [{ "state": "RECEIVED" }, { "state": "REQUESTED" }] })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_is_what_was_said_and_no_more_than_what_is_left() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (id, order, _) = returning(&shop, "INSPECTED", 3).await;
    let refused = tell(&staff, "returnRefund", json!({ "orderReturn": id, "amount": "900.00" })).await;
    assert_eq!(codes(&refused), ["REFUND_EXCEEDS_CAPTURED"]);
    assert_eq!(
        codes(&tell(&staff, "returnRefund", json!({ "orderReturn": id, "amount": "0" })).await),
        ["AMOUNT_NOT_POSITIVE"]
    );
    let paid = look(&shop, &order.id).await["balance"]["paid"]["amount"].take();
    let left = "20.00";
    let minor = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let before = minor(paid.as_str().unwrap()) - minor(left);
    let before = format!("{}.{:02}", before.div_euclid(100), before % 100);
    done(&staff, "orderRefund", &order.id, json!({ "amount": before })).await;
    told(&staff, "returnRefund", json!({ "orderReturn": id })).await;
    let now = look(&shop, &order.id).await;
    assert_eq!((&now["state"], &now["returns"][0]["refunded"]["amount"]), (&json!("REFUNDED"), &json!(left)));

    let (id, order, _) = returning(&shop, "INSPECTED", 1).await;
    told(&staff, "returnRefund", json!({ "orderReturn": id, "amount": "5.00" })).await;
    assert_eq!(look(&shop, &order.id).await["returns"][0]["refunded"]["amount"], "5.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_again_with_its_key_happens_once() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let (order, line) = delivered(&shop).await;
    let mut input = wanted(&order.id, &[(&line, 1)]);
    input["idempotencyKey"] = json!("one");
    let id = told(&staff, "returnRequest", input.clone()).await["id"].take();
    for _again in 0..2 {
        assert_eq!(told(&staff, "returnRequest", input.clone()).await["id"], id);
    }
    input["lines"][0]["quantity"] = json!(2);
    assert_eq!(codes(&tell(&staff, "returnRequest", input).await), ["IDEMPOTENCY_KEY_REUSED"]);
    let decided = json!([{ "line": line, "outcome": "QUARANTINE", "quantity": 1 }]);
    for (name, more) in [
        ("returnApprove", json!({})),
        ("returnReceive", json!({ "location": "riyadh" })),
        ("returnInspect", json!({ "lines": decided })),
        ("returnRefund", json!({})),
    ] {
        let mut input = more;
        input["orderReturn"] = id.clone();
        input["idempotencyKey"] = json!("one");
        for _again in 0..3 {
            told(&staff, name, input.clone()).await;
        }
    }
    let now = look(&shop, &order.id).await;
    assert_eq!(now["returns"].as_array().unwrap().len(), 1);
    assert_eq!(now["balance"]["refunded"], now["returns"][0]["refunded"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_sent_back_many_times_at_once_comes_back_once() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    staff.token().await;
    let (order, line) = delivered(&shop).await;
    let answers = at_once(6, async |_| tell(&staff, "returnRequest", wanted(&order.id, &[(&line, 2)])).await).await;
    assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
    for payload in answers.iter().filter(|payload| !codes(payload).is_empty()) {
        assert_eq!(codes(payload), ["RETURN_UNITS_EXCEEDED"]);
    }
    // A unit of three, and all three: then none is left that could be refunded twice.
    for quantity in [1, 3, 3, 3] {
        let (id, order, _) = returning(&shop, "INSPECTED", quantity).await;
        let answers = at_once(4, async |_| tell(&staff, "returnRefund", json!({ "orderReturn": id })).await).await;
        assert_eq!(answers.iter().filter(|payload| codes(payload).is_empty()).count(), 1, "{answers:?}");
        let now = look(&shop, &order.id).await;
        assert_eq!(now["balance"]["refunded"], now["returns"][0]["refunded"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_come_back_to_a_place_that_never_had_any() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let abha = json!({ "input": { "code": "abha", "nameEn": "Abha", "kind": "SHOP", "city": "Abha" } });
    let create = "mutation ($input: LocationCreateInput!) { locationCreate(input: $input) { userErrors { code } } }";
    staff.done(create, abha).await;
    let (id, _, line) = returning(&shop, "APPROVED", 1).await;
    told(&staff, "returnReceive", json!({ "orderReturn": id, "location": "abha" })).await;
    let decided = json!([{ "line": line, "outcome": "RESTOCK", "quantity": 1 }]);
    told(&staff, "returnInspect", json!({ "orderReturn": id, "lines": decided })).await;
    assert_eq!(stock(&shop, "COFFEE-250-LIGHT").await[0], level("abha", 1, 0));
}
