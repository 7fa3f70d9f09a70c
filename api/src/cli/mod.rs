//! The command line.

mod demo;
mod migrate;
pub mod prepare;
mod schema;
mod seed;
mod serve;
mod verify;

use std::{io::Write, process::ExitCode, sync::Arc};

use app::cx::{App, Clock};
use clap::{Parser, Subcommand};
use prometheus::Registry;

use crate::{
    config::{Config, flags::ConfigFlags},
    server, telemetry,
};

/// A headless commerce engine: GraphQL, Arabic first.
///
/// Without a command it serves: on SQLite under ./data, with a demo shop, on <http://127.0.0.1:8000>.
/// `qafila.example.toml` documents every setting.
#[derive(Parser)]
#[command(name = "qafila", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    flags: ConfigFlags,
}

#[derive(Subcommand)]
enum Command {
    /// Serves GraphQL over HTTP (the default).
    Serve {
        /// The settings.
        #[command(flatten)]
        flags: ConfigFlags,
    },
    /// Brings the database's tables up to date. Run it before new replicas start.
    Migrate {
        /// The settings.
        #[command(flatten)]
        flags: ConfigFlags,
    },
    /// Fills a tenant with a shop from a folder of TOML files; by default the demo shop.
    Seed {
        /// The tenant's name; it is made if it is not there.
        #[arg(long, default_value = "demo")]
        tenant: String,
        /// The folder; see seed/demo for its form.
        #[arg(long)]
        from: Option<std::path::PathBuf>,
        /// The settings.
        #[command(flatten)]
        flags: ConfigFlags,
    },
    /// Prints the GraphQL schema.
    Schema,
    /// Checks that the invariants hold in the database; exits with 1 and record ids if one does not.
    Verify {
        /// The settings.
        #[command(flatten)]
        flags: ConfigFlags,
    },
}

/// Why a command ended early: what to print.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    /// A failure that says this.
    #[expect(clippy::needless_pass_by_value, reason = "so that it can be given to `map_err`")]
    pub fn new(text: impl ToString) -> Self {
        Self(text.to_string())
    }
}

/// Runs the command that the process was started with.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command.unwrap_or(Command::Serve { flags: cli.flags }) {
        Command::Serve { flags } => serve::serve(flags).await,
        Command::Migrate { flags } => migrate::migrate(flags).await,
        Command::Seed { tenant, from, flags } => seed::seed(flags, &tenant, from).await,
        Command::Schema => schema::print(),
        Command::Verify { flags } => verify::verify(flags).await,
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            say_wrong(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

/// The settings, with logging started.
fn configure(flags: ConfigFlags) -> Result<Config, Failure> {
    #[expect(clippy::disallowed_methods, reason = "configuration is read here")]
    let env = |key: &str| std::env::var(key).ok();
    let config = Config::load(flags, env).map_err(Failure::new)?;
    telemetry::start(&config.log, config.log_format).map_err(Failure::new)?;
    Ok(config)
}

/// The application without a server.
async fn open(config: &Config) -> Result<Arc<App>, Failure> {
    let app = server::open(config, Clock::System, &Registry::new(), config.public_url.clone()).await;
    app.map_err(Failure::new)
}

/// Prints a line. A closed pipe is no reason to fail.
fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{text}"));
}

/// Prints a line on the standard error.
fn say_wrong(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
