//! The tool behind `bin/torture`.

use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, error::ErrorKind};
use tests::{
    database::Kind,
    torture::{
        kills::{Victim, kills},
        mix::{Size, mix},
        peak::{Crowd, peak},
        races::races,
        report::Report,
    },
};

/// Tries to break a Qafila server: a process `qafila serve` of its own, on a fresh database of its own.
///
/// Says what was done, what was acknowledged and what was found. Exits with 1 if anything was found: a lost order, a
/// unit sold twice, a breach of `qafila verify`, an error in the server's log.
#[derive(Parser)]
#[command(name = "torture", bin_name = "bin/torture")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
#[expect(clippy::doc_markdown, reason = "these comments are the help on the command line, where backticks are noise")]
enum Command {
    /// 64 buyers at once go for the last 20 units
    ///
    /// A round is one variant: 64 buyers with prepared carts, some with cards, complete them in the same moment. There
    /// must be 20 orders that buyers were told of, 44 refusals with OUT_OF_STOCK, and no unit free.
    Races {
        #[command(flatten)]
        options: Options,
        /// How many times
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=999))]
        rounds: u16,
    },
    /// Many clients at once do everything that people do in a shop, at random
    ///
    /// They make, change and hand in carts, buy by cash, card and bank transfer, and have staff confirm, hold, allocate,
    /// ship in parts, deliver, refuse, take back, refund and cancel, and adjust, set, receive, transfer and count stock;
    /// some ask again with the same idempotency key, and hours go by. On PostgreSQL there are two servers. Every answer
    /// must be success or a refusal that its mutation may give; at the end the orders and the shelves must be what
    /// clients were told.
    Mix {
        #[command(flatten)]
        options: Options,
        /// How many requests
        #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
        operations: u32,
        /// How many clients work at once
        #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=999))]
        clients: u16,
    },
    /// 5,000 buyers at two servers go for 500 units, each for himself and then through the queue
    ///
    /// The carts are made ready before. Exactly as many orders as units must come of it, and nobody be refused who was
    /// accepted in the queue before a winner. Who is told to come back later does.
    Peak {
        #[command(flatten)]
        options: Options,
        /// How many buyers
        #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..=50_000))]
        buyers: u32,
        /// How many units
        #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=50_000))]
        units: u32,
    },
    /// A server under load is killed with SIGKILL, or PostgreSQL or RabbitMQ, and started again with what it had
    ///
    /// 8 to 16 clients do what those of `mix` do until the victim is killed; in some rounds a server is killed once more
    /// while it starts. What was not answered is asked again after the restart, twice at once, with the same idempotency
    /// key. Every order that was acknowledged must be there as it was told, the numbers have no gap, the shelves be what
    /// clients were told; and a receiver of webhooks, a reader of the feed and one of RabbitMQ, who listen all along, must
    /// hear of every event, each record's in their order; a screen with a subscription must show every order as it
    /// stands. PostgreSQL and RabbitMQ are then the tool's own.
    Kills {
        #[command(flatten)]
        options: Options,
        /// How many times
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=999))]
        rounds: u16,
        /// Who is killed. With postgres and all, write --db postgres
        #[arg(long, value_enum, default_value_t = Victim::Server)]
        victim: Victim,
    },
}

#[derive(Args)]
#[expect(clippy::doc_markdown, reason = "these comments are the help on the command line, where backticks are noise")]
struct Options {
    /// The database. For postgres, QAFILA_TEST_POSTGRES names a server, such as
    /// postgres://postgres@127.0.0.1:5432/postgres; bin/torture starts one if it is not set
    #[arg(long, value_enum, default_value_t = Kind::Sqlite)]
    db: Kind,
    /// Draws what buyers want and when the server dies, the same every time; which request wins is up to the machine.
    /// A random one if left out; it is printed
    #[arg(long)]
    seed: Option<u64>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let report = Report::default();
    match Cli::parse().command {
        Command::Races { options, rounds } => {
            let seed = begin(&report, &format!("races: {rounds} rounds"), &options);
            races(options.db, rounds.into(), seed, &report).await;
        }
        Command::Mix { options, operations, clients } => {
            let seed = begin(&report, &format!("mix: {operations} operations of {clients} clients"), &options);
            let size = Size { operations: operations as usize, clients: clients.into() };
            mix(options.db, size, seed, &report).await;
        }
        Command::Peak { options, buyers, units } => {
            let seed = begin(&report, &format!("peak: {buyers} buyers for {units} units"), &options);
            let crowd = Crowd { buyers: buyers as usize, units: units as usize };
            peak(options.db, crowd, seed, &report).await;
        }
        Command::Kills { options, rounds, victim } => {
            if victim.is_postgres() && options.db != Kind::Postgres {
                Cli::command().error(ErrorKind::ArgumentConflict, "to kill PostgreSQL, write --db postgres").exit();
            }
            let seed = begin(&report, &format!("kills: {rounds} rounds, {victim:?}"), &options);
            kills(options.db, victim, rounds.into(), seed, &report).await;
        }
    }
    match report.findings().len() {
        0 => {
            println!("nothing found");
            ExitCode::SUCCESS
        }
        n => {
            println!("{n} found, see above");
            ExitCode::FAILURE
        }
    }
}

/// Says what is about to be done, and with which seed.
fn begin(report: &Report, what: &str, options: &Options) -> u64 {
    let seed = options.seed.unwrap_or_else(|| rand::random::<u32>().into());
    report.say(format!("{what}, {:?}, seed {seed}", options.db));
    seed
}
