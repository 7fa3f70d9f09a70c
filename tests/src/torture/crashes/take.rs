//! Taking a step, for the first time or again: the same question, with the same key.

use reqwest::Method;
use serde_json::{Value, json};

use super::book::{Book, Entry, Fate, Move, Placed, States, Step};
use crate::{
    client::codes,
    torture::{
        caller::{Caller, Unanswered},
        listed,
        shopping::{COMPLETE, card, text},
        site::Door,
    },
};

const PAY: &str = "mutation ($input: OrderPayInput!) { orderPay(input: $input) {
    order { number state } userErrors { code field } } }";

/// Asks for a step, and writes down what was answered. Until then the book says that it was asked for.
pub(super) async fn take(door: &Door<'_>, book: &Book, key: &str, step: Step) -> Result<(), Unanswered> {
    book.change(key, |entry| entry.asked = Some(step.clone()));
    let entry = book.entry(key);
    let states = match (&step, entry.placed()) {
        (Step::Complete, _) => {
            let told = complete(&door.guest(), &entry).await?;
            tell(&door.guest(), book, key, told);
            return Ok(());
        }
        (Step::Pay, Some(placed)) => pay(&door.guest(), key, placed).await?,
        (Step::Approve, Some(placed)) => approve(&door.guest(), placed).await?,
        (Step::Move(step), Some(placed)) => make(&door.staff(), key, placed, *step).await?,
        (_, None) => unreachable!("{key} is no order"),
    };
    book.change(key, |entry| {
        if let Fate::Placed(placed) = &mut entry.fate {
            placed.states = states;
        }
        entry.asked = None;
    });
    Ok(())
}

async fn complete(guest: &Caller<'_>, entry: &Entry) -> Result<Fate, Unanswered> {
    let Entry { wish, cart, .. } = entry;
    let payload = guest.call(COMPLETE, wish.complete(&cart.id)).await?;
    let order = &payload["order"];
    let codes = codes(&payload);
    let is_short = !codes.is_empty() && codes.iter().all(|code| *code == "OUT_OF_STOCK");
    if is_short && order.is_null() {
        return Ok(Fate::Refused);
    }
    if !codes.is_empty() || order["number"].as_str().is_none_or(str::is_empty) {
        guest.report.found(format!("{}: checkoutComplete was answered with {payload}", wish.key));
        return Err(Unanswered);
    }
    if listed::lines(order) != wish.lines || order["totals"]["total"]["amount"] != cart.total.as_str() {
        guest.report.found(format!("{}: {:?} for {} became {order}", wish.key, wish.lines, cart.total));
    }
    let state = text(&order["state"]);
    let states: States = match (wish.card, state.as_str()) {
        (None | Some("tok_approved"), "PLACED") => &["PLACED"],
        // The gateway was not reached; its notice tells later.
        (Some("tok_approved"), "AWAITING_PAYMENT") => &["AWAITING_PAYMENT", "PLACED"],
        (Some("tok_challenge" | "tok_insufficient_funds"), "AWAITING_PAYMENT") => &["AWAITING_PAYMENT"],
        _ => {
            guest.report.found(format!("{}: paid by {:?}, it is {state}", wish.key, wish.card));
            return Err(Unanswered);
        }
    };
    Ok(Fate::Placed(Placed {
        id: text(&order["id"]),
        number: text(&order["number"]),
        token: text(&payload["orderToken"]),
        challenge: order["payment"]["challengeUrl"].as_str().map(str::to_owned),
        states,
    }))
}

/// Writes down what a client was told. A refusal is no promise: of two who ask at once, one can be refused and the
/// other be first after stock came back. An order is one: whoever is told of it is told the same.
fn tell(guest: &Caller<'_>, book: &Book, key: &str, told: Fate) {
    book.change(key, |entry| {
        entry.asked = None;
        if let (Fate::Placed(before), Fate::Placed(now)) = (&entry.fate, &told)
            && (&before.id, &before.number, &before.token) != (&now.id, &now.number, &now.token)
        {
            guest.report.found(format!("{key}: was told {before:?}, then {now:?}"));
        }
        if entry.placed().is_none() || matches!(told, Fate::Placed(_)) {
            entry.fate = told;
        }
    });
}

async fn pay(guest: &Caller<'_>, key: &str, placed: &Placed) -> Result<States, Unanswered> {
    let input = json!({
        "order": placed.id, "orderToken": placed.token, "card": card("tok_approved"),
        "idempotencyKey": format!("{key}-pay"),
    });
    let payload = guest.call(PAY, input).await?;
    moved(guest, &payload, placed, &Step::Pay)?;
    Ok(&["PLACED"])
}

async fn approve(guest: &Caller<'_>, placed: &Placed) -> Result<States, Unanswered> {
    let url = placed.challenge.as_deref().unwrap_or_default();
    let path = url.find("/simulator/").map_or("", |at| &url[at..]);
    let request = guest.client.request(Method::POST, path).await;
    let form = request.header("content-type", "application/x-www-form-urlencoded").body("answer=approve");
    let (status, text) = guest.send(form).await?;
    if status != 303 {
        guest.report.found(format!("{}: confirming at {url} was answered with {status}: {text}", placed.number));
        return Err(Unanswered);
    }
    Ok(&["AWAITING_PAYMENT", "PLACED"])
}

async fn make(staff: &Caller<'_>, key: &str, placed: &Placed, step: Move) -> Result<States, Unanswered> {
    let name = format!("order{step:?}");
    let query = format!(
        "mutation ($input: O{}Input!) {{ {name}(input: $input) {{ order {{ number state }} userErrors {{ code field }} }} }}",
        &name[1..]
    );
    let mut input = json!({ "order": placed.id, "idempotencyKey": format!("{key}-{step:?}") });
    if step == Move::Ship {
        input["carrier"] = json!("سمسا");
        input["tracking"] = json!(placed.number);
    }
    let payload = staff.call(&query, input).await?;
    moved(staff, &payload, placed, &Step::Move(step))?;
    Ok(match step {
        Move::Confirm => &["CONFIRMED"],
        Move::Allocate => &["ALLOCATED"],
        Move::Ship => &["SHIPPED"],
        Move::Deliver => &["DELIVERED"],
        Move::Cancel => &["CANCELLED"],
    })
}

/// Whether the order came to where the step leads.
fn moved(caller: &Caller<'_>, payload: &Value, placed: &Placed, step: &Step) -> Result<(), Unanswered> {
    let is_there = payload["order"]["number"] == placed.number.as_str() && payload["order"]["state"] == step.leads_to();
    if is_there && codes(payload).is_empty() {
        return Ok(());
    }
    caller.report.found(format!("{}, {:?}: {step:?} was answered with {payload}", placed.number, placed.states));
    Err(Unanswered)
}
