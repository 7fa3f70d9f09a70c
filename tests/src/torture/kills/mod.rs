//! A server that is killed, or the database that it stands on, or the RabbitMQ that it tells: what was acknowledged is
//! there, nothing is half there, and whoever hears of events hears of all of them.

mod cluster;
mod ears;
mod screen;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use clap::ValueEnum;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use self::{
    cluster::Cluster,
    ears::{Ear, Heard, QUEUE},
    screen::Screen,
};
use super::{
    caller::Unanswered,
    door::Door,
    goods::Goods,
    mix::{self, book::Book, client::Client, ground::Ground},
    report::Report,
    shopping::text,
    site::{Life, Site},
};
use crate::{
    at_once::at_once,
    broker::Broker,
    client::codes,
    database::{Database, Kind},
};

/// The longest that a victim lives after the first checkout, in milliseconds.
const LONGEST: u64 = 4_000;

/// The longest that PostgreSQL is away, in milliseconds.
const AWAY: u64 = 500;

/// How long it may take until everybody has heard of everything. What a dead server was telling is left to it for half
/// a minute.
const DRAIN: Duration = Duration::from_mins(3);

/// Who is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Victim {
    /// The server.
    Server,
    /// Every process of PostgreSQL; it is started again on the same data.
    Postgres,
    /// RabbitMQ, which is told of events; it is started again with what it had.
    Rabbitmq,
    /// One after the other.
    All,
}

/// In each round, clients do everything that people do in a shop, as in [`mix`](super::mix::mix()), until the victim is
/// killed with SIGKILL at a random instant; a server in some rounds once more while it starts. What was not answered is
/// asked again, twice at once, with the same idempotency keys. All along, a receiver of webhooks, a reader of the feed and,
/// if it is there, a reader of RabbitMQ listen, and a screen shows every order by a subscription.
///
/// After each kill, every order that was acknowledged must be there as it was told, the numbers have no gap, and
/// `qafila verify` be content; at the end, the shelves be what clients were told. Every event must reach all who listen,
/// each record's in their order, and a duplicate be the same to the letter; and the screen show every order as it stands.
///
/// # Panics
///
/// If `PostgreSQL` is to be killed, and the database is another.
pub async fn kills(kind: Kind, victim: Victim, rounds: usize, seed: u64, report: &Report) {
    assert!(!victim.is_postgres() || kind == Kind::Postgres, "to kill PostgreSQL, write --db postgres");
    let mut rng = StdRng::seed_from_u64(seed);
    let goods = mix::goods(&mut rng);
    let cluster = if victim.is_postgres() { Some(Cluster::make(&mut rng).await) } else { None };
    let broker = if victim.is_rabbitmq() { Some(Broker::start(&[QUEUE]).await) } else { None };
    let mut site = match &cluster {
        Some(cluster) => Site::make_on(Database::at(cluster.url()), &goods, &mut rng).await,
        None => Site::make(kind, &goods, &mut rng).await,
    };
    if let Some(broker) = &broker {
        site.tell(broker.url());
    }
    let mut run = Run { site: &site, goods: &goods, report, book: Book::of(&goods), cluster, broker };
    if run.all(victim, rounds, &mut rng).await.is_err() {
        report.found("it was given up: a living server left a question open");
    }
    let Run { cluster, broker, .. } = run;
    drop(broker);
    if victim == Victim::Server {
        site.remove(report).await;
    } else {
        site.remove_after_outages(report).await;
    }
    if let Some(cluster) = cluster {
        cluster.remove().await;
    }
}

impl Victim {
    /// Whether PostgreSQL is among them.
    pub const fn is_postgres(self) -> bool {
        matches!(self, Self::Postgres | Self::All)
    }

    /// Whether RabbitMQ is among them.
    const fn is_rabbitmq(self) -> bool {
        matches!(self, Self::Rabbitmq | Self::All)
    }

    /// Who it is in a round, counted from 0.
    const fn of_round(self, n: usize) -> Self {
        match (self, n % 3) {
            (Self::All, 0) => Self::Server,
            (Self::All, 1) => Self::Postgres,
            (Self::All, _) => Self::Rabbitmq,
            (one, _) => one,
        }
    }
}

/// A run.
struct Run<'r> {
    site: &'r Site,
    goods: &'r [Goods],
    report: &'r Report,
    book: Book,
    cluster: Option<Cluster>,
    broker: Option<Broker>,
}

/// Who listens.
struct Ears {
    told: Ear,
    asking: Ear,
    queue: Option<Ear>,
    screen: Screen,
}

impl<'r> Run<'r> {
    async fn all(&mut self, victim: Victim, rounds: usize, rng: &mut StdRng) -> Result<(), Unanswered> {
        let mut life = self.site.start(self.report).await;
        let ears = listen(life.door(), self.broker.as_ref()).await?;
        let ground = Ground::look_around(life.door(), self.goods, None).await?;
        for n in 1..=rounds {
            let after = Duration::from_millis(rng.random_range(0..=LONGEST));
            let load = Load { n, seeds: (0..rng.random_range(8..=16)).map(|_| rng.random()).collect() };
            let (n_clients, begun) = (load.seeds.len(), Instant::now());
            let (n_orders, n_done) = self.book.acknowledged();
            let load = (&load, after);
            let (next, how) = match victim.of_round(n - 1) {
                Victim::Server | Victim::All => self.kill_server(life, &ground, load, rng).await,
                Victim::Postgres => self.kill_postgres(life, &ground, load, rng).await,
                Victim::Rabbitmq => self.kill_rabbitmq(life, &ground, load, rng).await,
            };
            life = next;
            let verified = self.verify().await;
            let checker = Client::new(life.door(), &ground, &self.book, format!("checker-{n}"));
            checker.check(false).await?;
            let (now_orders, now_done) = self.book.acknowledged();
            let n_again = checker.ask_all_again().await?;
            self.report.say(format!(
                "round {n:>2}: {how}, {} ms after the first checkout of {} clients: {} mutations acknowledged, {} of them \
                 orders; {n_again} questions were open, and are asked again; verify {verified}; {} ms",
                after.as_millis(),
                n_clients,
                now_done - n_done,
                now_orders - n_orders,
                begun.elapsed().as_millis(),
            ));
        }
        let checker = Client::new(life.door(), &ground, &self.book, "checker".to_owned());
        self.settle(&checker, life.door(), ears).await?;
        life.kill(Duration::ZERO).await;
        let verified = self.verify().await;
        self.report.say(format!("{rounds} rounds; at the end, verify {verified}"));
        Ok(())
    }

    /// A server dies amid the load, perhaps once more while it starts, and another one comes.
    async fn kill_server(
        &self,
        life: Life<'r>,
        ground: &Ground,
        (load, after): (&Load, Duration),
        rng: &mut StdRng,
    ) -> (Life<'r>, String) {
        life.kill_amid(after, async |door| load.work(door, ground, &self.book).await).await;
        let mut how = "the server was killed".to_owned();
        if rng.random_ratio(1, 4) {
            let soon = Duration::from_millis(rng.random_range(0..=400));
            self.site.start_only(self.report).kill(soon).await;
            how = format!("{how}, and another {} ms after its start", soon.as_millis());
        }
        let begun = Instant::now();
        let next = self.site.start(self.report).await;
        (next, format!("{how}, the next was ready after {} ms", begun.elapsed().as_millis()))
    }

    /// PostgreSQL dies under a server amid the load, and is started again.
    async fn kill_postgres(
        &mut self,
        life: Life<'r>,
        ground: &Ground,
        (load, after): (&Load, Duration),
        rng: &mut StdRng,
    ) -> (Life<'r>, String) {
        let away = Duration::from_millis(rng.random_range(0..=AWAY));
        let (book, cluster) = (&self.book, self.cluster.as_mut().expect("a cluster of our own"));
        let mut how = String::new();
        let strike = async || {
            let n = cluster.kill().await;
            tokio::time::sleep(away).await;
            let took = cluster.start().await;
            how =
                format!("{n} processes of PostgreSQL were killed, it was back after {} ms", (away + took).as_millis());
        };
        life.amid(after, async |door| load.work(door, ground, book).await, strike).await;
        (life.recover(self.site).await, how)
    }

    /// RabbitMQ dies amid the load, which goes on without it and has an answer to every question, and is started again.
    async fn kill_rabbitmq(
        &mut self,
        life: Life<'r>,
        ground: &Ground,
        (load, after): (&Load, Duration),
        rng: &mut StdRng,
    ) -> (Life<'r>, String) {
        let away = Duration::from_millis(rng.random_range(0..=AWAY));
        let (book, broker) = (&self.book, self.broker.as_mut().expect("a RabbitMQ of our own"));
        let mut how = String::new();
        let strike = async || {
            broker.kill();
            tokio::time::sleep(away).await;
            let begun = Instant::now();
            broker.start_again().await;
            how = format!("RabbitMQ was killed, it was back after {} ms", (away + begun.elapsed()).as_millis());
        };
        life.beside(after, async |door| load.work(door, ground, book).await, strike).await;
        (life.recover(self.site).await, how)
    }

    /// Waits until nothing is in motion and everybody has heard of everything, and compares for the last time.
    async fn settle(&self, checker: &Client<'_>, door: &Door<'_>, ears: Ears) -> Result<(), Unanswered> {
        checker.hear_of_all_tickets().await?;
        let begun = Instant::now();
        while begun.elapsed() < DRAIN {
            let before = ears.n_messages();
            let n_waiting = door.waiting_events().await;
            tokio::time::sleep(Duration::from_secs(1)).await;
            if n_waiting == 0 && before == ears.n_messages() {
                break;
            }
        }
        let there = checker.check(true).await?;
        let all = ears.agree().await;
        let drained = begun.elapsed();
        all.tell(self.report);
        let All { asked, told, queued } = all;
        let (n_told, n_connected) = ears.screen.compare(self.report).await;
        let (n_orders, n_done) = self.book.acknowledged();
        self.report.say(format!("what was asked:\n{}", mix::tally(&self.book)));
        self.report.say(format!(
            "{n_done} mutations were acknowledged as done, and {n_orders} orders; there are {:?}, and {} units on the \
             shelves; nothing waited after {} ms: {} events were read in the feed, {} came by webhook, {} of \
             them twice{}; a screen connected {n_connected} times and was told {n_told} times of orders",
            there.states,
            there.n_units,
            drained.as_millis(),
            asked.ids.len(),
            told.ids.len(),
            told.n_twice,
            queued.map_or_else(String::new, |queued| {
                format!(", {} by RabbitMQ, {} of them twice", queued.ids.len(), queued.n_twice)
            }),
        ));
        ears.told.close().await;
        ears.asking.close().await;
        if let Some(queue) = ears.queue {
            queue.close().await;
        }
        ears.screen.close().await;
        Ok(())
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

impl Ears {
    /// How many messages came: by the feed, by webhook, and by RabbitMQ, if it is there.
    fn n_messages(&self) -> (usize, usize, usize) {
        let queued = self.queue.as_ref().map_or(0, Ear::n_messages);
        (self.asking.n_messages(), self.told.n_messages(), queued)
    }

    /// What everybody heard, as soon as it is the same, or when it should be. The shop goes on by itself: what it does
    /// while they are asked reaches one before the other.
    async fn agree(&self) -> All {
        let begun = Instant::now();
        loop {
            let queued = self.queue.as_ref().map(|queue| queue.heard("RabbitMQ"));
            let all = All { asked: self.asking.heard("feed"), told: self.told.heard("webhook"), queued };
            if all.differences().is_empty() || DRAIN < begun.elapsed() {
                return all;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

/// What was heard: in the feed, by webhook, and by RabbitMQ, if it is there.
struct All {
    asked: Heard,
    told: Heard,
    queued: Option<Heard>,
}

impl All {
    /// Who is told heard of all that is in the feed from its own making on, and of nothing else.
    fn differences(&self) -> Vec<String> {
        let in_feed: BTreeSet<_> = self.asked.ids.iter().collect();
        let mut differences = Vec::new();
        for (how, heard) in [("webhook", Some(&self.told)), ("RabbitMQ", self.queued.as_ref())] {
            let Some(heard) = heard else { continue };
            let told: BTreeSet<_> = heard.ids.iter().collect();
            let since = self.asked.ids.iter().skip_while(|id| !told.contains(id));
            let missed: Vec<_> = since.filter(|id| !told.contains(id)).collect();
            if let [first, ..] = *missed {
                differences.push(format!("{} events did not come by {how}, such as {first}", missed.len()));
            }
            let unread: Vec<_> = told.difference(&in_feed).collect();
            if let [first, ..] = *unread {
                differences
                    .push(format!("{} events came by {how} that the feed never had, such as {first}", unread.len()));
            }
        }
        differences
    }

    fn tell(&self, report: &Report) {
        let each = [Some(&self.asked), Some(&self.told), self.queued.as_ref()];
        let wrong = each.into_iter().flatten().flat_map(|heard| heard.wrong.iter().cloned());
        wrong.chain(self.differences()).for_each(|found| report.found(found));
        if 0 < self.asked.n_twice {
            report.found(format!("{} events were twice in the feed", self.asked.n_twice));
        }
    }
}

/// The clients of a round.
struct Load {
    n: usize,
    seeds: Vec<u64>,
}

impl Load {
    async fn work(&self, door: &Door<'_>, ground: &Ground, book: &Book) {
        at_once(self.seeds.len(), async |i| {
            let name = format!("round-{}-client-{i}", self.n);
            Client::new(door, ground, book, name).work(self.seeds[i], usize::MAX).await;
        })
        .await;
    }
}

/// Has a receiver told of every event from now on, and a reader ask for them.
async fn listen(door: &Door<'_>, broker: Option<&Broker>) -> Result<Ears, Unanswered> {
    let (told, url) = Ear::of_webhook().await;
    let create = "mutation ($input: WebhookCreateInput!) { webhookCreate(input: $input) { webhook { id } userErrors { code field } } }";
    let input = json!({ "name": "ERP", "url": url, "idempotencyKey": "ears" });
    let made: Value = door.staff().call(create, input).await?;
    if !codes(&made).is_empty() || text(&made["webhook"]["id"]).is_empty() {
        door.report().found(format!("no webhook was made: {made}"));
        return Err(Unanswered);
    }
    let queue = broker.map(|broker| Ear::of_queue(broker.port()));
    Ok(Ears { told, asking: Ear::of_feed(door.watcher().await), queue, screen: Screen::of(door.watcher().await) })
}
