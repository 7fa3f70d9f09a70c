//! A server that is killed, again and again: what it acknowledged is there, and nothing is half there.

mod book;
mod check;
mod load;
mod take;

use std::time::{Duration, Instant};

use rand::{RngExt, SeedableRng, rngs::StdRng};

use self::{
    book::Book,
    check::{Again, ask_again, check, settle},
    load::buy,
};
use super::{
    caller::Unanswered,
    goods::Goods,
    report::Report,
    shopping::Shopping,
    site::{Door, Site},
};
use crate::{at_once::at_once, database::Kind};

/// How many products there are, and how many units of each: some run out.
const GOODS: [usize; 8] = [100_000, 100_000, 100_000, 2_000, 1_000, 200, 100, 50];

/// The longest that a server lives after the first checkout, in milliseconds.
const LONGEST: u64 = 4_000;

/// In each round, a server under the load of 8 to 16 clients, who buy and have staff confirm, allocate, ship, deliver
/// and cancel, is killed with SIGKILL at a random instant; in some rounds once more while it starts again. Whatever
/// was not answered is asked again, with the same idempotency keys.
///
/// Every order that was acknowledged must be there as it was told, every key must have one order, the numbers no gap,
/// and `qafila verify` must be content after each kill. At the end nothing may wait in the outbox.
pub async fn crashes(kind: Kind, rounds: usize, seed: u64, report: &Report) {
    let mut rng = StdRng::seed_from_u64(seed);
    let goods = GOODS.iter().zip(1..).map(|(units, n)| Goods::scattered(format!("GOODS-{n}"), *units, &mut rng));
    let goods: Vec<_> = goods.collect();
    let site = Site::make(kind, &goods, &mut rng).await;
    let run = Run { site: &site, goods: &goods, report, book: Book::default() };
    if run.all(rounds, &mut rng).await.is_err() {
        report.found("it was given up: a living server left a question open");
    }
    site.remove(report).await;
}

/// A run.
struct Run<'r> {
    site: &'r Site,
    goods: &'r [Goods],
    report: &'r Report,
    book: Book,
}

impl Run<'_> {
    async fn all(&self, rounds: usize, rng: &mut StdRng) -> Result<(), Unanswered> {
        let mut n_kills = 0_usize;
        for n in 1..=rounds {
            n_kills += self.round(n, rng).await?;
        }
        let life = self.site.start(self.report).await;
        let listed = check(life.door(), &self.book).await?;
        let again = ask_again(life.door(), &self.book, &listed).await;
        self.say_again(&again);
        let (listed, drained) = settle(life.door(), &self.book).await?;
        life.kill(Duration::ZERO).await;
        let verified = self.verify().await;
        let (first, last) = (listed.first(), listed.last());
        self.report.say(format!(
            "{n_kills} kills: {} orders acknowledged, {} there, {} to {}, {} refused as OUT_OF_STOCK; outbox drained after {} ms; verify {verified}",
            self.book.n_acknowledged(),
            listed.len(),
            first.map_or("none", |order| &order.number),
            last.map_or("none", |order| &order.number),
            self.book.n_refused(),
            drained.as_millis(),
        ));
        Ok(())
    }

    /// One life of a server, and its end. Says how often it was killed.
    async fn round(&self, n: usize, rng: &mut StdRng) -> Result<usize, Unanswered> {
        let begun = Instant::now();
        let life = self.site.start(self.report).await;
        let started = begun.elapsed();
        let listed = check(life.door(), &self.book).await?;
        let again = ask_again(life.door(), &self.book, &listed).await;
        if 1 < n {
            self.say_again(&again);
        }
        let shopping = Shopping::look_around(&life.door().guest(), self.goods).await?;
        let n_clients = rng.random_range(8..=16);
        let seeds: Vec<u64> = (0..n_clients).map(|_| rng.random()).collect();
        let after = Duration::from_millis(rng.random_range(0..=LONGEST));
        let n_before = self.book.n_acknowledged();
        let load = async |door: &Door<'_>| {
            at_once(n_clients, async |i| {
                let (name, rng) = (format!("round-{n}-client-{i}"), StdRng::seed_from_u64(seeds[i]));
                buy(door, &self.book, &shopping, &name, rng).await;
            })
            .await
        };
        life.kill_amid(after, load).await;
        let verified = self.verify().await;
        self.report.say(format!(
            "round {n:>2}: ready after {} ms; killed {} ms after the first checkout of {n_clients} clients: {} orders \
             acknowledged, {} questions open; verify {verified}",
            started.as_millis(),
            after.as_millis(),
            self.book.n_acknowledged() - n_before,
            self.book.unanswered().len(),
        ));
        if rng.random_ratio(1, 4) {
            let after = Duration::from_millis(rng.random_range(0..=400));
            self.site.start_only(self.report).kill(after).await;
            self.report.say(format!(
                "          killed {} ms after its start; verify {}",
                after.as_millis(),
                self.verify().await
            ));
            return Ok(2);
        }
        Ok(1)
    }

    fn say_again(&self, again: &Again) {
        self.report.say(format!(
            "          asked again: {} checkouts, of which {} were placed before the kill, and {} other steps",
            again.checkouts, again.there, again.others
        ));
    }

    /// Asks `qafila verify`, and says in a word what it thinks.
    async fn verify(&self) -> &'static str {
        match self.site.verify().await {
            Ok(()) => "clean",
            Err(said) => {
                self.report.found(said);
                "NOT clean"
            }
        }
    }
}
