//! What an operator can set, where it is read from, and what is refused at start.
//!
//! In rising precedence: the default, a TOML file, the environment, a flag. An empty value is no value.

pub mod errors;
mod file;
pub mod flags;
mod nearest;
mod reader;
pub mod secret;
mod token_secret;
mod value;

use std::{fmt, net::SocketAddr, path::Path, path::PathBuf};

use app::events::amqp;
use domain::events::address::Networks;

use crate::config::{errors::ConfigErrors, flags::ConfigFlags, reader::Reader, secret::Secret};

/// What an operator can set. `qafila.example.toml` describes each key at length.
#[derive(Clone)]
#[cfg_attr(test, derive(PartialEq, Eq))]
pub struct Config {
    /// The address and port on which requests are answered.
    pub listen: SocketAddr,
    /// Where the data is: begins with `sqlite://`, `postgres://` or `postgresql://`. It may hold a password.
    pub database_url: String,
    /// Where shoppers and payment gateways reach us, without a slash at the end.
    pub public_url: String,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// What access tokens are signed with: at least 32 characters.
    pub token_secret: Secret,
    /// How long an access token is good for.
    pub access_token_minutes: u32,
    /// How long a sign-in lasts without being used.
    pub refresh_token_days: u32,
    /// How long an order waits for its card payment before it is given up.
    pub payment_window_minutes: u32,
    /// How long an order waits for its bank transfer before it is given up.
    pub transfer_window_hours: u32,
    /// Whether the simulated card gateway takes payments.
    pub card_simulator: bool,
    /// How late the webhooks of the simulated card gateway come.
    pub simulator_delay_seconds: u32,
    /// Networks that webhooks may be in although they are not public.
    pub webhook_allowed_networks: Networks,
    /// How long events are kept after everybody has heard of them.
    pub event_retention_days: u32,
    /// Where RabbitMQ is; `None` if there is none.
    pub amqp_url: Option<amqp::Address>,
    /// Queues to declare there.
    pub amqp_queues: Vec<amqp::Queue>,
    /// What is logged: a level, or levels by module.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// The largest request body.
    pub max_body_bytes: usize,
    /// How many levels a query may be nested.
    pub max_query_depth: usize,
    /// How much a query may cost.
    pub max_query_complexity: usize,
    /// How many aliases a query may have.
    pub max_query_aliases: usize,
    /// How many subscriptions may be open at once.
    pub max_subscriptions: usize,
    /// How many of them on one connection.
    pub max_subscriptions_per_connection: usize,
    /// How many news a subscriber may be behind.
    pub subscription_backlog: usize,
    /// How long a request may take.
    pub request_timeout_seconds: u32,
    /// How many requests may be under way at once.
    pub max_requests_at_once: usize,
    /// How many connections to the database are open at most.
    pub database_connections: u32,
    /// Whether an empty database is filled with the demo shop.
    pub demo: bool,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads the file, the environment and the flags, and checks every key.
    ///
    /// Makes the data directory and a token secret in it if SQLite is used and no secret is set. Refuses with
    /// all that is wrong, and then makes nothing.
    pub fn load(mut flags: ConfigFlags, env: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigErrors> {
        let chosen = flags.config.take().or_else(|| env("QAFILA_CONFIG").filter(|path| !path.is_empty()));
        let mut from = Reader::new(&env);
        match file::read(chosen.as_deref().map(Path::new)) {
            Ok(file) => from.file(file),
            Err(problem) => from.wrong(problem),
        }
        Self::read(flags, from, token_secret::kept_in)
    }

    /// Reads every key, and has `kept` find the token secret if it is needed.
    fn read(
        flags: ConfigFlags,
        mut from: Reader<'_>,
        kept: impl FnOnce(&Path) -> Result<Secret, String>,
    ) -> Result<Self, ConfigErrors> {
        let listen = from.key("listen", flags.listen, SocketAddr::from(([127, 0, 0, 1], 8000)), value::address);
        let data_dir = from.key("data_dir", flags.data_dir, PathBuf::from("./data"), value::directory);
        let database = value::sqlite_in(&data_dir);
        let database_url = from.key("database_url", flags.database_url, database, value::database_url);
        let secret = token_secret::configured(&mut from, flags.token_secret, &database_url);
        let mut config = Self {
            listen,
            database_url,
            public_url: from.key("public_url", flags.public_url, format!("http://{listen}"), value::url),
            data_dir,
            token_secret: Secret::default(),
            access_token_minutes: from.number("access_token_minutes", flags.access_token_minutes, 15, 1..=1440),
            refresh_token_days: from.number("refresh_token_days", flags.refresh_token_days, 30, 1..=365),
            payment_window_minutes: from.number("payment_window_minutes", flags.payment_window_minutes, 30, 1..=1440),
            transfer_window_hours: from.number("transfer_window_hours", flags.transfer_window_hours, 48, 1..=720),
            card_simulator: from.key("card_simulator", flags.card_simulator, true, value::switch),
            simulator_delay_seconds: from.number("simulator_delay_seconds", flags.simulator_delay_seconds, 2, 0..=600),
            webhook_allowed_networks: from.key(
                "webhook_allowed_networks",
                flags.webhook_allowed_networks,
                Networks::default(),
                value::networks,
            ),
            event_retention_days: from.number("event_retention_days", flags.event_retention_days, 30, 1..=3650),
            amqp_url: from.key("amqp_url", flags.amqp_url, None, value::amqp_url),
            amqp_queues: from.key("amqp_queues", flags.amqp_queues, Vec::new(), value::amqp_queues),
            log: from.key("log", flags.log, "info,sqlx=warn".to_owned(), value::log_filter),
            log_format: from.key("log_format", flags.log_format, LogFormat::Auto, value::log_format),
            max_body_bytes: from.number("max_body_bytes", flags.max_body_bytes, 1_048_576, 1024..=67_108_864),
            max_query_depth: from.number("max_query_depth", flags.max_query_depth, 20, 1..=100),
            max_query_complexity: from.number("max_query_complexity", flags.max_query_complexity, 2000, 1..=1_000_000),
            max_query_aliases: from.number("max_query_aliases", flags.max_query_aliases, 30, 1..=1000),
            max_subscriptions: from.number("max_subscriptions", flags.max_subscriptions, 10_000, 1..=1_000_000),
            max_subscriptions_per_connection: from.number(
                "max_subscriptions_per_connection",
                flags.max_subscriptions_per_connection,
                50,
                1..=10_000,
            ),
            subscription_backlog: from.number("subscription_backlog", flags.subscription_backlog, 2048, 1..=65_536),
            request_timeout_seconds: from.number("request_timeout_seconds", flags.request_timeout_seconds, 30, 1..=600),
            max_requests_at_once: from.number("max_requests_at_once", flags.max_requests_at_once, 256, 1..=65_536),
            database_connections: from.number("database_connections", flags.database_connections, 8, 1..=500),
            demo: from.key("demo", flags.demo, true, value::switch),
        };
        from.done()?;
        config.token_secret = match secret {
            Some(secret) => secret,
            None => kept(&config.data_dir).map_err(ConfigErrors::one)?,
        };
        Ok(config)
    }
}

/// Without the database's password.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("listen", &self.listen).field("data_dir", &self.data_dir).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
