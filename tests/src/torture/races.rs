//! Many buyers, few units: each unit is sold once.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{
    caller::Caller,
    door::Door,
    goods::Goods,
    listed::{self, Listed},
    report::Report,
    shopping::{COMPLETE, Shopping, Wish, text},
    site::Site,
};
use crate::{at_once::at_once, client::codes, database::Kind};

/// How many buyers come at once.
const BUYERS: usize = 64;

/// How many units there are for them.
const UNITS: usize = 20;

/// What came of all the buyers of a round.
#[derive(Debug, Default)]
struct Outcome {
    /// Keys by the numbers of their orders.
    numbers: BTreeMap<String, String>,
    n_out_of_stock: usize,
}

/// In each round, 64 buyers with prepared carts go at once for the last 20 units of a variant. There must be 20 orders
/// and 44 refusals with `OUT_OF_STOCK`; no unit may be free, and `qafila verify` must be content.
pub async fn races(kind: Kind, rounds: usize, seed: u64, report: &Report) {
    let mut rng = StdRng::seed_from_u64(seed);
    let goods: Vec<_> = (1..=rounds).map(|n| Goods::scattered(format!("LAST-{n}"), UNITS, &mut rng)).collect();
    let site = Site::make(kind, &goods, &mut rng).await;
    let life = site.start(report).await;
    let door = life.door();
    let shopping = Shopping::look_around(&door.guest(), &goods).await.expect("the shop answers");
    for (goods, n) in goods.iter().zip(1..) {
        let begun = Instant::now();
        let wishes: Vec<_> = (0..BUYERS).map(|buyer| wish(n, buyer, &goods.sku, &mut rng)).collect();
        let Some(outcome) = race(door, &shopping, &wishes).await else { break };
        look_at_stock(&door.staff(), goods).await;
        look_at_orders(&door.staff(), &outcome, n).await;
        let verified = site.verify().await;
        report.say(format!(
            "round {n:>2}: {BUYERS} buyers for {UNITS} units at {:?}: {} orders ({} to {}), {} refused as OUT_OF_STOCK; \
             verify {}; {} ms",
            goods.stock,
            outcome.numbers.len(),
            outcome.numbers.keys().next().map_or("none", String::as_str),
            outcome.numbers.keys().last().map_or("none", String::as_str),
            outcome.n_out_of_stock,
            if verified.is_ok() { "clean" } else { "NOT clean" },
            begun.elapsed().as_millis(),
        ));
        verified.unwrap_or_else(|said| report.found(said));
    }
    life.kill(Duration::ZERO).await;
    site.remove(report).await;
}

fn wish(round: usize, buyer: usize, sku: &str, rng: &mut StdRng) -> Wish {
    let card = rng.random_bool(0.25).then_some("tok_approved");
    Wish { key: format!("round-{round}-buyer-{buyer}"), lines: BTreeMap::from([(sku.to_owned(), 1)]), card }
}

/// Everybody makes a cart ready; then all at once make orders of them. `None`: a buyer got no answer.
async fn race(door: &Door<'_>, shopping: &Shopping, wishes: &[Wish]) -> Option<Outcome> {
    let guest = door.guest();
    let carts = at_once(wishes.len(), async |i| shopping.prepare(&guest, &wishes[i]).await).await;
    let carts = carts.into_iter().collect::<Result<Vec<_>, _>>().ok()?;
    let answers = at_once(wishes.len(), async |i| guest.call(COMPLETE, wishes[i].complete(&carts[i])).await).await;
    let mut outcome = Outcome::default();
    for (answer, wish) in answers.into_iter().zip(wishes) {
        tally(&guest, &mut outcome, &answer.ok()?, wish);
    }
    let (n_sold, n_refused) = (outcome.numbers.len(), outcome.n_out_of_stock);
    if (n_sold, n_refused) != (UNITS, BUYERS - UNITS) {
        guest.report.found(format!("{BUYERS} buyers for {UNITS} units: {n_sold} orders, {n_refused} refused"));
    }
    Some(outcome)
}

fn tally(guest: &Caller<'_>, outcome: &mut Outcome, payload: &Value, wish: &Wish) {
    let number = text(&payload["order"]["number"]);
    match *codes(payload) {
        [] if !number.is_empty() => {
            if let Some(other) = outcome.numbers.insert(number.clone(), wish.key.clone()) {
                guest.report.found(format!("{other} and {} both were given {number}", wish.key));
            }
        }
        ["OUT_OF_STOCK"] if payload["order"].is_null() => outcome.n_out_of_stock += 1,
        _ => guest.report.found(format!("{} was answered with {payload}", wish.key)),
    }
}

/// Everything is promised, and nothing has left.
async fn look_at_stock(staff: &Caller<'_>, goods: &Goods) {
    let query = "query ($sku: String!) { productVariant(by: { sku: $sku }) {
        availability { isAvailable quantity } stock { available onHand reserved } } }";
    let Ok(found) = staff.ask(query, json!({ "sku": goods.sku })).await else { return };
    let variant = &found["productVariant"];
    let sum = |field: &str| {
        let levels = variant["stock"].as_array().into_iter().flatten();
        levels.filter_map(|level| level[field].as_u64()).map(|n| usize::try_from(n).unwrap()).sum::<usize>()
    };
    let stands = (&variant["availability"], sum("available"), sum("onHand"), sum("reserved"));
    if stands != (&json!({ "isAvailable": false, "quantity": 0 }), 0, UNITS, UNITS) {
        staff.report.found(format!("{}: nothing should be free, and all be reserved: {variant}", goods.sku));
    }
}

/// The orders that are there are those that buyers were told of.
async fn look_at_orders(staff: &Caller<'_>, outcome: &Outcome, round: usize) {
    let Ok(listed) = listed::orders(staff).await else { return };
    let ours = |order: &&Listed| order.key.starts_with(&format!("round-{round}-"));
    let there: BTreeMap<_, _> =
        listed.iter().filter(ours).map(|order| (order.number.clone(), order.key.clone())).collect();
    if there != outcome.numbers || there.len() != listed.iter().filter(ours).count() {
        staff.report.found(format!("buyers were told of {:?}, and there are {there:?}", outcome.numbers));
    }
    if let Some(wrong) = listed::wrong_number(listed.iter().map(|order| order.number.as_str())) {
        staff.report.found(wrong);
    }
}
