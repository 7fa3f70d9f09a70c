//! What the tests of orders ask, and how they move one.

use serde_json::{Value, json};
use tests::{
    client::{Client, Reply},
    tenant::Tenant,
    world::Placed,
};

/// The mutations by which staff move an order.
pub const MOVES: [&str; 7] =
    ["orderConfirm", "orderAllocate", "orderShip", "orderDeliver", "orderCancel", "orderRefund", "orderMarkAsPaid"];

/// Every state.
pub const STATES: [&str; 10] = [
    "AWAITING_PAYMENT",
    "PLACED",
    "CONFIRMED",
    "ALLOCATED",
    "PARTLY_SHIPPED",
    "SHIPPED",
    "DELIVERED",
    "REFUSED",
    "CANCELLED",
    "REFUNDED",
];

const FACTS: &str = "query ($id: ID!) {
    order(by: { id: $id }) {
        state version payBefore shipments { location { code } carrier tracking }
        whereabouts { since timeline { kind at actor reason amount { amount } } }
        payment { id status declineCode challengeUrl authorised { amount } captured { amount } refunded { amount }
            entries { kind declineCode amount { amount } } } }
    auditEntries(filter: { record: $id }, page: { first: 100 }) { nodes { action actor } }
    products(page: { first: 100 }) { nodes { variants { sku stock { location onHand reserved } } } } }";

/// Moves an order by a mutation, and gives its payload.
pub async fn act(client: &Client, name: &str, order: &str, more: Value) -> Value {
    let reply = try_act(client, name, order, more).await;
    assert!(reply.body.get("errors").is_none(), "{name} was answered with errors: {reply}");
    reply.body["data"][name].clone()
}

/// The same, and gives whatever comes. What `more` does not say and the mutation needs is filled in.
pub async fn try_act(client: &Client, name: &str, order: &str, more: Value) -> Reply {
    let kind = format!("O{}Input", &name[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ order {{ id state version }}
         userErrors {{ code field message params {{ name value }} }} }} }}"
    );
    let mut input = json!({ "order": order, "idempotencyKey": client.key() });
    if name == "orderShip" {
        input["carrier"] = json!("سمسا");
        input["tracking"] = json!("290012345678");
    }
    let Value::Object(more) = more else { panic!("fields of an input, not {more}") };
    input.as_object_mut().unwrap().extend(more);
    client.try_run(&query, json!({ "input": input })).await
}

/// The same, which must be done.
pub async fn done(client: &Client, name: &str, order: &str, more: Value) -> Value {
    let payload = act(client, name, order, more).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// All that can be known of an order, of its payment, and of the stock, to compare it.
pub async fn facts(shop: &Tenant, order: &str) -> Value {
    let staff = shop.staff_all();
    let mut facts = staff.run(FACTS, json!({ "id": order })).await;
    let payment = facts["order"]["payment"]["id"].clone();
    facts["paymentAudit"] = json!(audit(shop, payment.as_str().unwrap()).await);
    facts
}

/// The actions that the audit trail has of a record, the oldest first, and by whom.
pub async fn audit(shop: &Tenant, record: &str) -> Vec<(String, String)> {
    let query = "query ($id: ID!) {
        auditEntries(filter: { record: $id }, page: { first: 100 }) { nodes { action actor } } }";
    let found = shop.staff_all().run(query, json!({ "id": record })).await;
    let entries = found["auditEntries"]["nodes"].as_array().unwrap().iter().rev();
    entries.map(|entry| (text(&entry["action"]), text(&entry["actor"]))).collect()
}

/// What each place has of a variant: on hand, and reserved.
pub async fn stock(shop: &Tenant, sku: &str) -> Vec<(String, i64, i64)> {
    let query = "query ($sku: String!) {
        productVariant(by: { sku: $sku }) { stock { location onHand reserved available } } }";
    let found = shop.staff("STOCK_READ").run(query, json!({ "sku": sku })).await;
    let levels = found["productVariant"]["stock"].as_array().unwrap().iter();
    levels
        .map(|level| {
            let (on_hand, reserved) = (level["onHand"].as_i64().unwrap(), level["reserved"].as_i64().unwrap());
            assert_eq!(level["available"], on_hand - reserved);
            (text(&level["location"]), on_hand, reserved)
        })
        .collect()
}

/// The id of whoever is signed in.
pub async fn me(client: &Client) -> String {
    text(&client.run("{ me { id } }", json!({})).await["me"]["id"])
}

/// An order as whoever knows its number and its token sees it.
pub async fn by_token(client: &Client, order: &Placed, fields: &str) -> Value {
    let query = format!("query ($by: OrderBy!) {{ order(by: $by) {{ {fields} }} }}");
    let by = json!({ "guest": { "number": order.number, "token": order.token } });
    client.run(&query, json!({ "by": by })).await["order"].take()
}

/// An order of one light coffee that stands in a state. It costs 79.00 by cash on delivery, and 64.00 by transfer,
/// which the one that awaits its payment is. Of the one that is `PARTLY_SHIPPED` one of three coffees left.
pub async fn standing(shop: &Tenant, state: &str) -> Placed {
    let moves: &[&str] = match state {
        "AWAITING_PAYMENT" => return transfer(shop, &[("COFFEE-250-LIGHT", 1)]).await,
        "PLACED" => &[],
        "CONFIRMED" => &["orderConfirm"],
        "ALLOCATED" => &["orderConfirm", "orderAllocate"],
        "REFUSED" => return refused(shop).await,
        "PARTLY_SHIPPED" => return several(shop, state).await,
        "SHIPPED" => &["orderConfirm", "orderAllocate", "orderShip"],
        "DELIVERED" => &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver"],
        "CANCELLED" => &["orderCancel"],
        "REFUNDED" => &["orderConfirm", "orderAllocate", "orderShip", "orderDeliver", "orderRefund"],
        other => panic!("no way to {other}"),
    };
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(moves, &order.id).await;
    order
}

/// An order of three light coffees, of which one left if it is `PARTLY_SHIPPED`, and none before.
pub async fn several(shop: &Tenant, state: &str) -> Placed {
    let lines = [("COFFEE-250-LIGHT", 3)];
    let moves: &[&str] = match state {
        "AWAITING_PAYMENT" => return transfer(shop, &lines).await,
        "PLACED" => &[],
        "CONFIRMED" => &["orderConfirm"],
        _ => &["orderConfirm", "orderAllocate"],
    };
    let order = shop.order(&lines).await;
    shop.make(moves, &order.id).await;
    if state == "PARTLY_SHIPPED" {
        let one = one_of(shop, &order.id).await;
        done(&shop.staff_all(), "orderShip", &order.id, one).await;
    }
    order
}

/// An order of one light coffee that the customer did not take.
async fn refused(shop: &Tenant) -> Placed {
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate", "orderShip"], &order.id).await;
    let staff = shop.staff_all();
    let query = "mutation ($input: ShipmentRefuseInput!) { shipmentRefuse(input: $input) { userErrors { code } } }";
    let input = json!({ "shipment": shipment_of(shop, &order.id).await, "idempotencyKey": staff.key() });
    staff.done(query, json!({ "input": input })).await;
    order
}

/// The id of an order's first shipment.
pub async fn shipment_of(shop: &Tenant, order: &str) -> String {
    let query = "query ($id: ID!) { order(by: { id: $id }) { shipments { id } } }";
    text(&shop.staff("ORDER_READ").run(query, json!({ "id": order })).await["order"]["shipments"][0]["id"])
}

/// One unit of an order's light coffee, for `orderShip`.
pub async fn one_of(shop: &Tenant, order: &str) -> Value {
    let line = line_of(shop, order, "COFFEE-250-LIGHT").await;
    json!({ "lines": [{ "line": line, "quantity": 1 }] })
}

/// The id of an order's line of this SKU.
pub async fn line_of(shop: &Tenant, order: &str, sku: &str) -> String {
    let query = "query ($id: ID!) { order(by: { id: $id }) { lines { id sku } } }";
    let found = shop.staff("ORDER_READ").run(query, json!({ "id": order })).await;
    let mut lines = found["order"]["lines"].as_array().unwrap().iter();
    text(&lines.find(|line| line["sku"] == sku).expect("a line of the SKU")["id"])
}

/// An order that waits for a bank transfer.
pub async fn transfer(shop: &Tenant, lines: &[(&str, u32)]) -> Placed {
    let cart = shop.cart_ready(lines, "BANK_TRANSFER").await;
    shop.anonymous().checkout(&cart).await
}

/// The only refusal of a payload.
pub fn refusal(payload: &Value) -> &Value {
    let errors = payload["userErrors"].as_array().expect("a payload with userErrors");
    assert_eq!(errors.len(), 1, "{payload:#}");
    &errors[0]
}

/// A value of a refusal's message.
pub fn param<'e>(error: &'e Value, name: &str) -> &'e str {
    let param = error["params"].as_array().unwrap().iter().find(|param| param["name"] == name);
    param.unwrap_or_else(|| panic!("no {name} in {error}"))["value"].as_str().unwrap()
}

/// The kinds of an order's timeline, and how far the money came, as staff see them.
pub fn kinds(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect()
}

/// A text of an answer.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
