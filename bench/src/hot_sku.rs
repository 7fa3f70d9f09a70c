//! Everybody buys one unit of the same SKU.

use std::{path::Path, time::Instant};

use clap::Args;

use crate::{
    median,
    pgbench::{Hot, Script},
    server::Site,
    shop::Shop,
};

/// How much is measured.
#[derive(Args, Debug)]
pub struct Options {
    /// Orders of each kind in each round
    #[arg(long, default_value_t = 1000)]
    orders: usize,
    /// How many buy at once
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// How many times; the medians are compared
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// What is measured, in the order in which a round does it.
const KINDS: [&str; 4] = [
    "pgbench, as the server writes",
    "pgbench, hot rows last",
    "checkoutComplete",
    "checkoutSubmit, to the last order",
];

/// Measures, and prints orders a second.
///
/// Two databases on one PostgreSQL: on one `pgbench` writes, on the other a server, one after the other.
pub async fn run(postgres: &str, pgbench: &Path, options: &Options) {
    let (theirs, ours) = (Site::make(postgres, "pgbench").await, Site::make(postgres, "qafila").await);
    let mut rates: [Vec<f64>; 4] = Default::default();
    for round in 1..=options.rounds {
        let [first, last] = by_pgbench(&theirs, pgbench, options).await;
        let [complete, submit] = by_server(&ours, options).await;
        for (rates, rate) in rates.iter_mut().zip([first, last, complete, submit]) {
            rates.push(rate);
        }
        println!("round {round}: {}", told(&rates, |of| of[round - 1]));
    }
    ours.verify().await;
    println!("median:  {}", told(&rates, median));
    let best = median(&rates[0]);
    println!("checkoutSubmit places {:.2} times as many orders as pgbench", median(&rates[3]) / best);
    println!("checkoutComplete places {:.2} times as many", median(&rates[2]) / best);
}

async fn by_pgbench(site: &Site, pgbench: &Path, options: &Options) -> [f64; 2] {
    let mut server = site.start().await;
    let shop = Shop::new(site.address(), options.clients);
    let carts = shop.carts(options.orders * 2 + 1).await;
    let model = shop.complete(&carts[0]).await;
    shop.rested().await;
    server.kill().await.expect("it ends");
    let script = Script::of_order(&site.url, &model).await;
    let (first, last) = carts[1..].split_at(options.orders);
    let first = script.run((pgbench, &site.url), first, options.clients, Hot::First).await;
    [first, script.run((pgbench, &site.url), last, options.clients, Hot::Last).await]
}

async fn by_server(site: &Site, options: &Options) -> [f64; 2] {
    let mut server = site.start().await;
    let shop = Shop::new(site.address(), options.clients);
    let carts = shop.carts(options.orders * 2).await;
    let (at_once, queued) = carts.split_at(options.orders);
    shop.rested().await;
    let begun = Instant::now();
    shop.each(at_once, async |cart| shop.complete(cart).await).await;
    let complete = rate(options.orders, begun);
    shop.rested().await;
    let begun = Instant::now();
    let tickets = shop.each(queued, async |cart| shop.submit(cart).await).await;
    // Turns are in the order of acceptance: once the last of each buyer are decided, all are.
    for ticket in &tickets[tickets.len().saturating_sub(options.clients)..] {
        shop.decided(ticket).await;
    }
    let submit = rate(options.orders, begun);
    shop.rested().await;
    server.kill().await.expect("it ends");
    [complete, submit]
}

#[expect(clippy::cast_precision_loss, reason = "a count of orders is small")]
fn rate(orders: usize, begun: Instant) -> f64 {
    orders as f64 / begun.elapsed().as_secs_f64()
}

fn told(rates: &[Vec<f64>; 4], of: impl Fn(&[f64]) -> f64) -> String {
    let kind = |(kind, rates): (&&str, &Vec<f64>)| format!("{kind} {:.0}", of(rates));
    KINDS.iter().zip(rates).map(kind).collect::<Vec<_>>().join("; ") + " orders a second"
}
