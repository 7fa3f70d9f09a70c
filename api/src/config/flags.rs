//! The configuration as flags of the command line.

/// One flag for each key, and one for the file. All are text: they are checked with the other sources.
#[derive(Clone, Default, clap::Args)]
#[command(about = None, next_help_heading = "Configuration")]
#[expect(clippy::doc_markdown, reason = "these comments are the help on the command line, where backticks are noise")]
pub struct ConfigFlags {
    /// Configuration file (TOML); otherwise qafila.toml in the working directory, if there is one [env: QAFILA_CONFIG]
    #[arg(long, value_name = "FILE")]
    pub config: Option<String>,
    /// IP address and port to answer requests on, such as 127.0.0.1:8000 [env: QAFILA_LISTEN]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Database: sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME [env: DATABASE_URL]
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// URL at which shoppers and payment gateways reach this server [env: QAFILA_PUBLIC_URL]
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Directory for files: the SQLite database, the token secret [env: QAFILA_DATA_DIR]
    #[arg(long, value_name = "DIRECTORY")]
    pub data_dir: Option<String>,
    /// Secret that signs access tokens, at least 32 characters; better set in the environment or the file, as other
    /// users of this machine can see flags [env: QAFILA_TOKEN_SECRET]
    #[arg(long, value_name = "SECRET")]
    pub token_secret: Option<String>,
    /// Minutes for which an access token is good [env: QAFILA_ACCESS_TOKEN_MINUTES]
    #[arg(long, value_name = "MINUTES")]
    pub access_token_minutes: Option<String>,
    /// Days for which a customer who stays away remains signed in [env: QAFILA_REFRESH_TOKEN_DAYS]
    #[arg(long, value_name = "DAYS")]
    pub refresh_token_days: Option<String>,
    /// Minutes for which an order waits for its card payment [env: QAFILA_PAYMENT_WINDOW_MINUTES]
    #[arg(long, value_name = "MINUTES")]
    pub payment_window_minutes: Option<String>,
    /// Hours for which an order waits for its bank transfer [env: QAFILA_TRANSFER_WINDOW_HOURS]
    #[arg(long, value_name = "HOURS")]
    pub transfer_window_hours: Option<String>,
    /// Whether the simulated card gateway takes payments: true or false [env: QAFILA_CARD_SIMULATOR]
    #[arg(long, value_name = "BOOL")]
    pub card_simulator: Option<String>,
    /// Seconds by which webhooks of the simulated gateway are late [env: QAFILA_SIMULATOR_DELAY_SECONDS]
    #[arg(long, value_name = "SECONDS")]
    pub simulator_delay_seconds: Option<String>,
    /// Networks that webhooks and tax engines may be in although they are not public, such as 10.0.0.0/8
    /// [env: QAFILA_WEBHOOK_ALLOWED_NETWORKS]
    #[arg(long, value_name = "NETWORKS")]
    pub webhook_allowed_networks: Option<String>,
    /// Days for which events are kept after everybody has heard of them [env: QAFILA_EVENT_RETENTION_DAYS]
    #[arg(long, value_name = "DAYS")]
    pub event_retention_days: Option<String>,
    /// RabbitMQ to tell of events: amqp://USER:PASSWORD@HOST/VHOST, amqps:// or none; better set in the environment or the
    /// file, as other users of this machine can see flags [env: QAFILA_AMQP_URL]
    #[arg(long, value_name = "URL")]
    pub amqp_url: Option<String>,
    /// Queues to declare there, such as "erp: shop.order.*; all: #" [env: QAFILA_AMQP_QUEUES]
    #[arg(long, value_name = "QUEUES")]
    pub amqp_queues: Option<String>,
    /// What to log: error, warn, info, debug or trace, or by module such as info,sqlx=warn [env: QAFILA_LOG]
    #[arg(long, value_name = "FILTER")]
    pub log: Option<String>,
    /// How log lines look: text, json, or auto (text on a terminal, JSON elsewhere) [env: QAFILA_LOG_FORMAT]
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<String>,
    /// Largest request body in bytes [env: QAFILA_MAX_BODY_BYTES]
    #[arg(long, value_name = "BYTES")]
    pub max_body_bytes: Option<String>,
    /// Levels to which a GraphQL query may be nested [env: QAFILA_MAX_QUERY_DEPTH]
    #[arg(long, value_name = "LEVELS")]
    pub max_query_depth: Option<String>,
    /// Cost that a GraphQL query may have [env: QAFILA_MAX_QUERY_COMPLEXITY]
    #[arg(long, value_name = "COST")]
    pub max_query_complexity: Option<String>,
    /// Aliases that a GraphQL query may have [env: QAFILA_MAX_QUERY_ALIASES]
    #[arg(long, value_name = "COUNT")]
    pub max_query_aliases: Option<String>,
    /// Subscriptions that may be open at once [env: QAFILA_MAX_SUBSCRIPTIONS]
    #[arg(long, value_name = "COUNT")]
    pub max_subscriptions: Option<String>,
    /// Subscriptions that one connection may have [env: QAFILA_MAX_SUBSCRIPTIONS_PER_CONNECTION]
    #[arg(long, value_name = "COUNT")]
    pub max_subscriptions_per_connection: Option<String>,
    /// News that a subscriber may be behind [env: QAFILA_SUBSCRIPTION_BACKLOG]
    #[arg(long, value_name = "COUNT")]
    pub subscription_backlog: Option<String>,
    /// Seconds after which a request is given up [env: QAFILA_REQUEST_TIMEOUT_SECONDS]
    #[arg(long, value_name = "SECONDS")]
    pub request_timeout_seconds: Option<String>,
    /// Requests that may be under way at once; who comes beyond them is asked to come back [env: QAFILA_MAX_REQUESTS_AT_ONCE]
    #[arg(long, value_name = "COUNT")]
    pub max_requests_at_once: Option<String>,
    /// Connections to the database that may be open at once [env: QAFILA_DATABASE_CONNECTIONS]
    #[arg(long, value_name = "COUNT")]
    pub database_connections: Option<String>,
    /// Whether to fill an empty database with the demo shop: true or false [env: QAFILA_DEMO]
    #[arg(long, value_name = "BOOL")]
    pub demo: Option<String>,
}
