//! Thousands of buyers for a few hundred units, with two servers: once each for himself, and once in the queue.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use futures_util::stream::{self, StreamExt};
use rand::{SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::{
    caller::{Caller, Unanswered},
    door::Door,
    goods::Goods,
    listed,
    report::Report,
    shopping::{COMPLETE, Shopping, Wish, text},
    site::{Life, Site},
};
use crate::{at_once::at_once, client::codes, database::Kind};

/// How many carts are made ready at once, before the peak.
const HANDS: usize = 32;

/// How long a buyer rests between two looks at a ticket.
const REST: Duration = Duration::from_millis(500);

/// After how long every ticket should be decided.
const QUEUE: Duration = Duration::from_mins(15);

const SUBMIT: &str = "mutation ($input: CheckoutSubmitInput!) { checkoutSubmit(input: $input) {
    ticket { id state acceptedAt } userErrors { code field } } }";

const TICKET: &str = "query ($id: ID!) { checkoutTicket(id: $id) { state position acceptedAt order { number }
    userErrors { code field } } }";

/// How many want how much.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// Buyers, of one unit each.
    pub buyers: usize,
    /// Units that there are.
    pub units: usize,
}

/// The way to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// `checkoutComplete`.
    Direct,
    /// `checkoutSubmit`, and then tickets are read until they are decided.
    Queue,
}

/// What a buyer was told in the end.
#[derive(Clone, Debug)]
struct Fate {
    /// The order's number, if there is one.
    number: Option<String>,
    /// When the ticket was accepted, if there was one.
    accepted: Option<(String, u64)>,
    took: Duration,
    /// How long until the ticket was there.
    until_accepted: Duration,
}

/// Two servers on one PostgreSQL (one on SQLite), and a crowd that comes at once for the units of one SKU; then another
/// crowd for those of a second one, through the queue.
///
/// Exactly as many orders as units must come of it, and each other buyer be told `OUT_OF_STOCK`. In the queue, nobody who
/// was accepted earlier than a winner may be refused. Who is told to come back later comes back then.
pub async fn peak(kind: Kind, crowd: Crowd, seed: u64, report: &Report) {
    let mut rng = StdRng::seed_from_u64(seed);
    let goods: Vec<_> = ["DIRECT", "QUEUE"].map(|sku| Goods::scattered(sku.to_owned(), crowd.units, &mut rng)).into();
    let site = Site::make(kind, &goods, &mut rng).await;
    let mut lives = vec![site.start(report).await];
    if kind == Kind::Postgres {
        lives.push(site.start_another(report).await);
    }
    let doors: Vec<_> = lives.iter().map(Life::door).collect();
    let shopping = Shopping::look_around(&doors[0].guest(), &goods).await.expect("the shop answers");
    for (goods, way) in goods.iter().zip([Way::Direct, Way::Queue]) {
        let run = Run { doors: &doors, shopping: &shopping, goods, crowd, way, report };
        if run.all(&site).await.is_err() {
            report.found("it was given up: a living server left a question open");
            break;
        }
    }
    drop(doors);
    for life in lives {
        life.kill(Duration::ZERO).await;
    }
    site.remove(report).await;
}

/// A peak.
struct Run<'r> {
    doors: &'r [&'r Door<'r>],
    shopping: &'r Shopping,
    goods: &'r Goods,
    crowd: Crowd,
    way: Way,
    report: &'r Report,
}

impl Run<'_> {
    async fn all(&self, site: &Site) -> Result<(), Unanswered> {
        let Self { crowd: Crowd { buyers, units }, way, report, .. } = *self;
        let begun = Instant::now();
        let carts = stream::iter(0..buyers).map(|n| self.prepare(n)).buffered(HANDS).collect::<Vec<_>>().await;
        let carts = carts.into_iter().collect::<Result<Vec<_>, _>>()?;
        report.say(format!("{way:?}: {buyers} carts ready after {} ms", begun.elapsed().as_millis()));
        let begun = Instant::now();
        let fates = at_once(buyers, async |n| self.buy(n, &carts[n]).await).await;
        let took = begun.elapsed();
        let fates = fates.into_iter().collect::<Result<Vec<_>, _>>()?;
        let n_later: usize = self.doors.iter().map(|door| door.n_put_off()).sum();
        let winners: Vec<_> = fates.iter().filter(|fate| fate.number.is_some()).collect();
        report.say(format!(
            "{way:?}: {buyers} buyers for {units} units at {} servers: {} orders, {} refused as OUT_OF_STOCK, {n_later} \
             times told to come back later, all within {} ms; a buyer knew after {}{}",
            self.doors.len(),
            winners.len(),
            fates.len() - winners.len(),
            took.as_millis(),
            spread(fates.iter().map(|fate| fate.took)),
            match way {
                Way::Direct => String::new(),
                Way::Queue => format!(", and had a ticket after {}", spread(fates.iter().map(|fate| fate.until_accepted))),
            },
        ));
        if winners.len() != units.min(buyers) {
            report.found(format!("{way:?}: {units} units became {} orders", winners.len()));
        }
        self.look_at_fairness(&fates);
        self.look_at_orders(&fates).await?;
        match site.verify().await {
            Ok(()) => report.say(format!("{way:?}: verify clean")),
            Err(said) => report.found(said),
        }
        Ok(())
    }

    fn guest(&self, n: usize) -> Caller<'_> {
        self.doors[n % self.doors.len()].guest()
    }

    fn wish(&self, n: usize) -> Wish {
        let Self { way, goods, .. } = self;
        let key = format!("{way:?}-{n}").to_lowercase();
        Wish { key, lines: BTreeMap::from([(goods.sku.clone(), 1)]), card: None }
    }

    async fn prepare(&self, n: usize) -> Result<String, Unanswered> {
        self.shopping.prepare(&self.guest(n), &self.wish(n)).await
    }

    async fn buy(&self, n: usize, cart: &str) -> Result<Fate, Unanswered> {
        let (guest, wish, begun) = (self.guest(n), self.wish(n), Instant::now());
        if self.way == Way::Direct {
            let payload = guest.call(COMPLETE, wish.complete(cart)).await?;
            let number = self.outcome(&payload, &payload["order"])?;
            return Ok(Fate { number, accepted: None, took: begun.elapsed(), until_accepted: begun.elapsed() });
        }
        let submitted = guest.call(SUBMIT, json!({ "cart": cart, "idempotencyKey": wish.key })).await?;
        let until_accepted = begun.elapsed();
        let id = text(&submitted["ticket"]["id"]);
        if id.is_empty() {
            self.report.found(format!("{} was not accepted: {submitted}", wish.key));
            return Err(Unanswered);
        }
        loop {
            let ticket = guest.ask(TICKET, json!({ "id": id })).await?["checkoutTicket"].take();
            if ticket["state"] != "WAITING" {
                let number = self.outcome(&ticket, &ticket["order"])?;
                let accepted = Some(instant(&text(&ticket["acceptedAt"])));
                return Ok(Fate { number, accepted, took: begun.elapsed(), until_accepted });
            }
            if QUEUE < begun.elapsed() {
                self.report.found(format!("{id} waits after {} s: {ticket}", QUEUE.as_secs()));
                return Err(Unanswered);
            }
            tokio::time::sleep(REST).await;
        }
    }

    /// The number of an order, or none for want of stock.
    fn outcome(&self, payload: &Value, order: &Value) -> Result<Option<String>, Unanswered> {
        match *codes(payload) {
            [] if order["number"].is_string() => Ok(Some(text(&order["number"]))),
            ["OUT_OF_STOCK"] if order.is_null() => Ok(None),
            _ => {
                self.report.found(format!("a buyer was told {payload}"));
                Err(Unanswered)
            }
        }
    }

    /// Whoever was accepted before a winner is one.
    fn look_at_fairness(&self, fates: &[Fate]) {
        let accepted = |is_winner: bool| {
            let of = fates.iter().filter(move |fate| fate.number.is_some() == is_winner);
            of.filter_map(|fate| fate.accepted.clone())
        };
        let Some((last, first)) = accepted(true).max().zip(accepted(false).min()) else { return };
        if first < last {
            let n = accepted(false).filter(|at| *at < last).count();
            self.report
                .found(format!("{n} were refused who were accepted before the last winner: {first:?} before {last:?}"));
        }
    }

    /// The orders that are there are those that buyers were told of, and nothing is free.
    async fn look_at_orders(&self, fates: &[Fate]) -> Result<(), Unanswered> {
        let staff = self.doors[0].staff();
        let listed = listed::orders(&staff).await?;
        let ours = |order: &&listed::Listed| order.lines.contains_key(&self.goods.sku);
        let mut there: Vec<_> = listed.iter().filter(ours).map(|order| order.number.clone()).collect();
        let mut told: Vec<_> = fates.iter().filter_map(|fate| fate.number.clone()).collect();
        there.sort_unstable();
        told.sort_unstable();
        if there != told {
            self.report.found(format!("buyers were told of {told:?}, and there are {there:?}"));
        }
        let query =
            "query ($sku: String!) { productVariant(by: { sku: $sku }) { stock { available onHand reserved } } }";
        let found = staff.ask(query, json!({ "sku": self.goods.sku })).await?;
        let sum = |field: &str| {
            let levels = found["productVariant"]["stock"].as_array().into_iter().flatten();
            levels.filter_map(|level| level[field].as_u64()).sum::<u64>()
        };
        let units = u64::try_from(self.crowd.units).unwrap();
        if self.crowd.units <= self.crowd.buyers
            && (sum("available"), sum("reserved"), sum("onHand")) != (0, units, units)
        {
            self.report.found(format!("all units should be reserved: {found}"));
        }
        Ok(())
    }
}

/// An instant of the schema as something that sorts: text to the second, and the rest in nanoseconds.
fn instant(text: &str) -> (String, u64) {
    let text = text.trim_end_matches('Z');
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
    (seconds.to_owned(), format!("{fraction:0<9}").parse().unwrap_or_default())
}

/// The half of them, most of them, all of them.
fn spread(times: impl Iterator<Item = Duration>) -> String {
    let mut millis: Vec<_> = times.map(|time| time.as_millis()).collect();
    millis.sort_unstable();
    let at = |percent: usize| millis.get((millis.len() * percent / 100).min(millis.len().saturating_sub(1))).copied();
    let [half, most, all] = [50, 95, 100].map(|percent| at(percent).unwrap_or_default());
    format!("{half} ms (half), {most} ms (95 of 100), {all} ms (all)")
}
