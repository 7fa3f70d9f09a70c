//! Everything that people do in a shop, by many at once, at random: and afterwards the books agree.

mod act;
pub(super) mod book;
mod buy;
mod check;
pub(super) mod client;
pub(super) mod ground;
mod house;
mod shelves;
mod stock;
mod tend;

use std::{fmt::Write, time::Instant};

use rand::{RngExt, SeedableRng, rngs::StdRng};

use self::{book::Book, client::Client, ground::Ground, house::House};
use super::{caller::Unanswered, door::Door, goods::Goods, report::Report};
use crate::{at_once::at_once, database::Kind};

/// How many products there are, and how many units of each: some run out.
const GOODS: [usize; 12] = [4000, 2000, 1000, 500, 500, 300, 100, 50, 30, 30, 20, 10];

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many requests, of all clients.
    pub operations: usize,
    /// How many work at once.
    pub clients: usize,
}

/// Many clients at once make, change and hand in carts, buy by cash, card and bank transfer, read tickets, pay or do not,
/// and have staff confirm, hold, allocate, ship in parts, deliver, refuse, take back, refund and cancel orders, and
/// adjust, set, receive, transfer and count stock, sell it beyond what is there, make some of it one channel's, and
/// have carts hold what is in them, or not. Some ask twice at once, or again, with the same idempotency key.
/// Hours go by meanwhile, so that what is not paid is given up.
///
/// Every answer must be success, or a refusal that its mutation may give. At the end every order that was acknowledged
/// must be there as it was told, and no other; what is on the shelves must be what was there, came and left by what
/// clients were told; what is promised must be what open orders have; and `qafila verify` must be content.
pub async fn mix(kind: Kind, size: Size, seed: u64, report: &Report) {
    let mut rng = StdRng::seed_from_u64(seed);
    let goods = goods(&mut rng);
    let house = House::open(kind, &goods).await;
    let doors = house.doors(report);
    let book = Book::of(&goods);
    if run(&house, &doors, &book, (size, &goods, &mut rng)).await.is_err() {
        report.found("it was given up: a living server left a question open");
    }
    drop(doors);
    match house.verify().await {
        Ok(()) => report.say("verify clean"),
        Err(said) => report.found(said),
    }
    house.close().await;
}

/// What such a shop sells, scattered over its places.
pub(super) fn goods(rng: &mut StdRng) -> Vec<Goods> {
    let goods = GOODS.iter().zip(1..).map(|(units, n)| Goods::scattered(format!("GOODS-{n}"), *units, rng));
    goods.collect()
}

async fn run(
    house: &House,
    doors: &[Door<'_>],
    book: &Book,
    (size, goods, rng): (Size, &[Goods], &mut StdRng),
) -> Result<(), Unanswered> {
    let ground = Ground::look_around(&doors[0], goods, Some(std::sync::Arc::clone(&house.clock))).await?;
    let seeds: Vec<u64> = (0..size.clients).map(|_| rng.random()).collect();
    let begun = Instant::now();
    at_once(size.clients, async |i| {
        let client = Client::new(&doors[i % doors.len()], &ground, book, format!("client-{i}"));
        client.work(seeds[i], size.operations.div_ceil(size.clients)).await;
    })
    .await;
    let took = begun.elapsed();
    let checker = Client::new(&doors[0], &ground, book, "checker".to_owned());
    let report = checker.report();
    report.say(format!("{} clients worked for {} ms:\n{}", size.clients, took.as_millis(), tally(book)));
    checker.hear_of_all_tickets().await?;
    house.days_later(report).await;
    let there = checker.check(true).await?;
    let (n_orders, n_done) = book.acknowledged();
    report.say(format!(
        "{n_done} mutations were acknowledged as done, and {n_orders} orders; there are {:?}, and {} units on the shelves",
        there.states, there.n_units
    ));
    Ok(())
}

/// How often what was answered to what.
pub(super) fn tally(book: &Book) -> String {
    let mut said = String::new();
    let pages = book.pages();
    let mut total = 0;
    for ((name, outcome), n) in &pages.tally {
        total += n;
        writeln!(said, "  {name:<24} {outcome:<40} {n:>6}").unwrap();
    }
    write!(said, "  {total} answers").unwrap();
    said
}
