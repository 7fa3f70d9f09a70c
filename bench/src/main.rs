//! What Qafila does in a second, beside what its database can: the tool behind `bin/bench`.

mod hot_sku;
mod pgbench;
mod price_lists;
mod server;
mod shop;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Measures a Qafila server beside the limits of its database, in one run.
#[derive(Parser)]
#[command(name = "bench", bin_name = "bin/bench")]
struct Cli {
    /// A PostgreSQL server, with a role that may make databases
    #[arg(long, env = "QAFILA_TEST_POSTGRES", value_name = "URL")]
    postgres: String,
    /// The program `pgbench`
    #[arg(long, env = "QAFILA_PGBENCH", default_value = "pgbench", value_name = "PATH")]
    pgbench: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everybody buys one unit of the same SKU: pgbench, checkoutComplete, checkoutSubmit
    HotSku(hot_sku::Options),
    /// A page of variants and a cart, for a buyer with a price list of their own: with few such lists and with many
    PriceLists(price_lists::Options),
}

#[tokio::main]
async fn main() {
    let cli = Cli::parse();
    // Installed once a process; a second call finds it installed.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    match cli.command {
        Command::HotSku(options) => hot_sku::run(&cli.postgres, &cli.pgbench, &options).await,
        Command::PriceLists(options) => price_lists::run(&cli.postgres, &options).await,
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
