//! What becomes of orders.

use rand::{RngExt, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};

use super::{
    act::{self, Act, ORDER},
    buy::any_card,
    client::Client,
    shelves::place_of_return,
};
use crate::{
    torture::{caller::Unanswered, shopping::text},
    world::alula,
};

/// Among so many of the youngest orders somebody looks for work, most of the time.
const YOUNG: usize = 40;

/// What is asked for whatever the state, now and then.
const ANYTHING: [&Act; 9] = [
    &act::CONFIRM,
    &act::ALLOCATE,
    &act::CANCEL,
    &act::DELIVER,
    &act::SHIP,
    &act::HOLD,
    &act::MARK_AS_PAID,
    &act::REFUND,
    &act::NOTE,
];

/// Something to ask for.
type Wanted = (&'static Act, Value);

impl Client<'_> {
    /// Looks at an order, and does what is next of it, or something else.
    pub(super) async fn tend(&self, rng: &mut StdRng) -> Result<(), Unanswered> {
        let Some(id) = self.any_order(rng) else { return Ok(()) };
        let query = format!("query ($id: ID!) {{ order(by: {{ id: $id }}) {} }}", ORDER.trim_start_matches("order"));
        let order = self.read(&self.door.staff(), &query, json!({ "id": id })).await?["order"].take();
        self.look_at(&id, &order);
        let (act, mut input) = if rng.random_ratio(1, 10) {
            (ANYTHING[rng.random_range(0..ANYTHING.len())], json!({}))
        } else {
            match self.next(&id, &order, rng).await? {
                Some(wanted) => wanted,
                None => return Ok(()),
            }
        };
        fill(act, &mut input, &order, rng);
        self.put(rng, act, input).await.map(|_| ())
    }

    fn any_order(&self, rng: &mut StdRng) -> Option<String> {
        let pages = self.book.pages();
        let n_sold = pages.sold.len();
        let oldest = if rng.random_bool(0.85) { n_sold.saturating_sub(YOUNG) } else { 0 };
        let n = rng.random_range(oldest..n_sold.max(oldest + 1));
        // Every fourth gets most of the attention, so that some come to their end.
        let n = if rng.random_bool(0.7) { n - n % 4 } else { n };
        pages.sold.get(n).cloned()
    }

    /// It is the one that was acknowledged, and no more left than was sold.
    fn look_at(&self, id: &str, order: &Value) {
        let mut pages = self.book.pages();
        let told = pages.orders.get(id).cloned();
        if told.is_none_or(|told| order["number"] != told.number.as_str()) {
            self.report().found(format!("{id} was acknowledged, and is {order}"));
        }
        let too_many = |line: &&Value| line["quantity"].as_i64() < line["quantityShipped"].as_i64();
        if let Some(line) = order["lines"].as_array().into_iter().flatten().find(too_many) {
            self.report().found(format!("{id}: more left than was sold: {line}"));
        }
        pages.shelves.see_parcels(order, self.report());
    }

    /// What is next of an order that stands so.
    async fn next(&self, id: &str, order: &Value, rng: &mut StdRng) -> Result<Option<Wanted>, Unanswered> {
        let open_hold = |hold: &&Value| hold["release"].is_null();
        let hold = order["holds"].as_array().into_iter().flatten().find(open_hold);
        let die = rng.random_range(0..100);
        if let (Some(hold), 0..60) = (hold, die) {
            return Ok(Some((&act::HOLD_RELEASE, json!({ "hold": hold["id"] }))));
        }
        let state = order["state"].as_str().unwrap_or_default();
        let act = match (state, die) {
            ("AWAITING_PAYMENT", _) => return self.next_payment(id, order, rng).await,
            ("PLACED" | "CONFIRMED" | "ALLOCATED", 0..8) => &act::HOLD,
            ("PLACED" | "CONFIRMED" | "ALLOCATED", 8..24) => &act::CANCEL,
            ("PLACED" | "CONFIRMED" | "ALLOCATED" | "PARTLY_SHIPPED", 24..30) => {
                return Ok(part(order, rng).map(|part| (&act::LINES_CANCEL, part)));
            }
            ("PLACED" | "CONFIRMED" | "ALLOCATED" | "PARTLY_SHIPPED", 30..38) => {
                return Ok(Some((&act::EDIT, self.edit(order, rng))));
            }
            ("PLACED" | "CONFIRMED" | "ALLOCATED" | "PARTLY_SHIPPED", 38..41) => {
                return Ok(Some((&act::ADDRESS, json!({ "address": alula() }))));
            }
            ("ALLOCATED" | "PARTLY_SHIPPED", 41..68) => {
                return Ok(Some((&act::SHIP, part(order, rng).unwrap_or_else(|| json!({})))));
            }
            ("ALLOCATED" | "PARTLY_SHIPPED", 68..) => &act::SHIP,
            ("PLACED", _) => &act::CONFIRM,
            ("CONFIRMED", _) => &act::ALLOCATE,
            ("DELIVERED", 0..10) => &act::REFUND,
            ("DELIVERED" | "REFUNDED", _) => return Ok(self.next_of_return(order, rng)),
            ("CANCELLED", _) => return Ok(None),
            _ => return Ok(next_of_shipment(order, rng)),
        };
        Ok(Some((act, json!({}))))
    }

    /// Something of an order is to be otherwise than it was bought.
    fn edit(&self, order: &Value, rng: &mut StdRng) -> Value {
        let lines = order["lines"].as_array().map(Vec::as_slice).unwrap_or_default();
        let line = lines.get(rng.random_range(0..lines.len().max(1))).map(|line| line["id"].clone());
        let mut steps = vec![json!({ "add": self.line(rng) })];
        match rng.random_range(0..3) {
            0 => steps = vec![json!({ "setQuantity": { "line": line, "quantity": rng.random_range(1..=3) } })],
            1 => steps.push(json!({ "remove": { "line": line } })),
            _ => {}
        }
        let methods = ["CASH_ON_DELIVERY", "CASH_ON_DELIVERY", "BANK_TRANSFER", "CARD"];
        json!({ "steps": steps, "paymentMethod": methods[rng.random_range(0..methods.len())] })
    }

    /// What the buyer or the shop does next with goods that are sent back.
    fn next_of_return(&self, order: &Value, rng: &mut StdRng) -> Option<Wanted> {
        let open = |one: &&Value| !matches!(one["state"].as_str(), Some("REJECTED" | "REFUNDED" | "EXCHANGED"));
        let returns = order["returns"].as_array().map(Vec::as_slice).unwrap_or_default();
        let Some(one) = returns.iter().find(open) else {
            let lines = order["lines"].as_array()?;
            let line = lines.get(rng.random_range(0..lines.len().max(1)))?;
            let back = json!({ "line": line["id"], "quantity": 1, "reason": "DAMAGED" });
            return Some((&act::RETURN_REQUEST, json!({ "by": { "id": order["id"] }, "lines": [back] })));
        };
        let mut input = json!({ "orderReturn": one["id"] });
        let act = match (one["state"].as_str()?, rng.random_range(0..100)) {
            ("REQUESTED", 0..20) => &act::RETURN_REJECT,
            ("REQUESTED", _) => &act::RETURN_APPROVE,
            ("APPROVED", _) => {
                input["location"] = json!(place_of_return(&text(&one["id"])));
                &act::RETURN_RECEIVE
            }
            ("RECEIVED", _) => {
                let outcomes = ["RESTOCK", "QUARANTINE", "WRITE_OFF"];
                let outcome = outcomes[rng.random_range(0..outcomes.len())];
                let came = one["lines"].as_array()?.iter().filter(|line| line["received"] != 0);
                let decided = |line: &Value| json!({ "line": line["line"]["id"], "quantity": line["received"], "outcome": outcome });
                input["lines"] = came.map(decided).collect();
                &act::RETURN_INSPECT
            }
            (_, 0..50) => {
                input["lines"] = json!([self.line(rng)]);
                input["paymentMethod"] = json!("CASH_ON_DELIVERY");
                &act::RETURN_EXCHANGE
            }
            _ => &act::RETURN_REFUND,
        };
        Some((act, input))
    }

    /// The buyer pays, tries another card, answers the gateway, or leaves it: then the order is given up in time.
    async fn next_payment(&self, id: &str, order: &Value, rng: &mut StdRng) -> Result<Option<Wanted>, Unanswered> {
        let url = order["payment"]["challengeUrl"].as_str().unwrap_or_default();
        Ok(match (order["paymentMethod"].as_str(), rng.random_range(0..100)) {
            (_, 0..8) => Some((&act::CANCEL, json!({}))),
            (Some("BANK_TRANSFER"), 8..50) => Some((&act::MARK_AS_PAID, json!({}))),
            (Some("CARD"), 8..55) if let Some(at) = url.find("/simulator/") => {
                self.answer_challenge(&url[at..], rng).await?;
                None
            }
            (Some("CARD"), 8..60) => {
                let token = self.book.pages().orders.get(id).map(|told| told.token.clone());
                Some((&act::PAY, json!({ "orderToken": token, "card": any_card(rng) })))
            }
            _ => None,
        })
    }

    async fn answer_challenge(&self, path: &str, rng: &mut StdRng) -> Result<(), Unanswered> {
        let guest = self.door.guest();
        let answer = if rng.random_bool(0.7) { "answer=approve" } else { "answer=decline" };
        let request = guest.client.request(Method::POST, path).await;
        let form = request.header("content-type", "application/x-www-form-urlencoded").body(answer);
        self.count(1);
        let (status, text) = guest.send(form).await?;
        let outcome = match status {
            303 => "done".to_owned(),
            400..500 => status.to_string(),
            // What the server stands on may be dead: then it can say no more than that.
            _ if self.door.is_killed() => return Err(Unanswered),
            _ => {
                self.report().found(format!("{answer} at {path} was answered with {status}: {text}"));
                status.to_string()
            }
        };
        *self.book.pages().tally.entry(("challenge".to_owned(), outcome)).or_default() += 1;
        Ok(())
    }
}

/// Some of what is left of one line.
fn part(order: &Value, rng: &mut StdRng) -> Option<Value> {
    let left = |line: &Value| {
        let whole = |of: &str| line[of].as_i64().unwrap_or(0);
        whole("quantity") - whole("quantityShipped") - whole("cancelledQuantity")
    };
    let lines: Vec<_> = order["lines"].as_array()?.iter().filter(|line| 0 < left(line)).collect();
    let line = lines.get(rng.random_range(0..lines.len().max(1)))?;
    Some(json!({ "lines": [{ "line": line["id"], "quantity": rng.random_range(1..=left(line)) }] }))
}

/// What the courier tells of a shipment.
fn next_of_shipment(order: &Value, rng: &mut StdRng) -> Option<Wanted> {
    let open = |shipment: &&Value| matches!(shipment["state"].as_str(), Some("IN_TRANSIT" | "REFUSED"));
    let shipments: Vec<_> = order["shipments"].as_array()?.iter().filter(open).collect();
    let shipment = shipments.get(rng.random_range(0..shipments.len().max(1)))?;
    let mut input = json!({ "shipment": shipment["id"] });
    let act = match (shipment["state"].as_str(), rng.random_range(0..100)) {
        (Some("IN_TRANSIT"), 0..10) => return Some((&act::DELIVER, json!({}))),
        (Some("IN_TRANSIT"), 10..50) => &act::SHIPMENT_DELIVER,
        (Some("IN_TRANSIT"), 50..62) => {
            input["reason"] = json!("NOT_HOME");
            &act::SHIPMENT_FAIL
        }
        (Some("IN_TRANSIT"), _) => &act::SHIPMENT_REFUSE,
        _ => {
            input["goods"] = json!(if rng.random_bool(0.5) { "RESTOCK" } else { "QUARANTINE" });
            &act::SHIPMENT_RETURN
        }
    };
    Some((act, input))
}

/// Adds what every question of its kind needs.
fn fill(act: &Act, input: &mut Value, order: &Value, rng: &mut StdRng) {
    if act.name.starts_with("order") && act.name != "orderHoldRelease" {
        input["order"] = order["id"].clone();
    }
    let has_version = !matches!(act.name, "orderHoldRelease" | "orderNoteAdd" | "orderPay");
    if act.name.starts_with("order") && has_version && rng.random_ratio(1, 3) {
        input["expectedVersion"] = order["version"].clone();
    }
    match act.name {
        "orderShip" => {
            input["carrier"] = json!("سمسا");
            input["tracking"] = json!(format!("{}-{}", text(&order["number"]), rng.random_range(1000..10_000)));
        }
        "orderHold" => {
            let kinds = ["ADDRESS", "CREDIT", "FRAUD", "STOCK"];
            input["kind"] = json!(kinds[rng.random_range(0..kinds.len())]);
        }
        "orderRefund" if rng.random_bool(0.6) => input["amount"] = json!(format!("{}.00", rng.random_range(1..=20))),
        "orderNoteAdd" => input["text"] = json!("اتُّصل بالعميل"),
        _ => {}
    }
}
