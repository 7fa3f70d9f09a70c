//! The tool behind `bin/torture`.

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tests::{
    database::Kind,
    torture::{crashes::crashes, races::races, report::Report},
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
    /// A server under load is killed with SIGKILL, and started again on the same database
    ///
    /// 8 to 16 clients buy, by cash on delivery and by card, and have staff confirm, allocate, ship, deliver and
    /// cancel, until the server is killed; in some rounds it is killed once more while it starts. What was not answered
    /// is asked again after the restart, twice at once, with the same idempotency key. Every order that was
    /// acknowledged must be there with its number, total, lines and state, every key have one order, the numbers no
    /// gap; at the end the outbox must drain.
    Crashes {
        #[command(flatten)]
        options: Options,
        /// How many times
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=999))]
        rounds: u16,
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
            let seed = begin(&report, "races", &options, rounds);
            races(options.db, rounds.into(), seed, &report).await;
        }
        Command::Crashes { options, rounds } => {
            let seed = begin(&report, "crashes", &options, rounds);
            crashes(options.db, rounds.into(), seed, &report).await;
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
fn begin(report: &Report, what: &str, options: &Options, rounds: u16) -> u64 {
    let seed = options.seed.unwrap_or_else(|| rand::random::<u32>().into());
    report.say(format!("{what}: {:?}, {rounds} rounds, seed {seed}", options.db));
    seed
}
