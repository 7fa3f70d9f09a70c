//! Starting and stopping the server.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::AtomicI64},
    time::Duration,
};

use app::{
    cx::{App, Clock, Settings},
    events::{amqp, webhooks},
    live::Live,
    worker,
};
use async_graphql::extensions::apollo_persisted_queries::{ApolloPersistedQueries, LruCacheStorage};
use prometheus::Registry;
use reqwest::redirect::Policy;
use store::{Db, Fault, Options, Stats};
use tokio::{net::TcpListener, sync::Semaphore, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    config::Config,
    http::{self, Connections, Limits, Shared, gate::Gate, nesting::Shallow, shape::Shaper},
    schema::{self, Schema},
};

/// A running server.
#[derive(Debug)]
pub struct Server {
    app: Arc<App>,
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
    working: Option<JoinHandle<()>>,
    tasks: TaskTracker,
}

/// Who does what nobody waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The server, in the background.
    Background,
    /// Nobody, until [`Server::work`] is called.
    ByHand,
}

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}; write another one as --listen or QAFILA_LISTEN")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        cause: std::io::Error,
    },
    /// The database cannot be used.
    #[error("the database cannot be used: {0}")]
    Fault(#[from] Fault),
    /// The metrics cannot be registered.
    #[error("the metrics cannot be registered: {0}")]
    Metrics(#[from] prometheus::Error),
}

/// A clock that stands still until its milliseconds since the epoch are set: for the black-box tests, which know
/// this crate only.
pub const fn fixed(millis: Arc<AtomicI64>) -> Clock {
    Clock::Fixed(millis)
}

/// Everything but HTTP: the database and what goes with it.
pub async fn open(
    config: &Config,
    clock: Clock,
    registry: &Registry,
    public_url: String,
) -> Result<Arc<App>, StartError> {
    let limits = limits(config);
    open_with(config, clock, registry, public_url, Shaper::new(limits, move || schema(limits))).await
}

async fn open_with(
    config: &Config,
    clock: Clock,
    registry: &Registry,
    public_url: String,
    shaper: Shaper,
) -> Result<Arc<App>, StartError> {
    // Installed once a process; a second call finds it installed.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let options = Options { url: config.database_url.clone(), connections: config.database_connections };
    let db = Db::open(&options, Stats::register(registry)?).await?;
    let minutes = |n: u32| Duration::from_secs(u64::from(n).saturating_mul(60));
    let settings = Settings {
        secret: config.token_secret.expose().to_owned(),
        access_token: minutes(config.access_token_minutes),
        refresh_token: minutes(config.refresh_token_days.saturating_mul(24 * 60)),
        payment_window: minutes(config.payment_window_minutes),
        transfer_window: minutes(config.transfer_window_hours.saturating_mul(60)),
        public_url,
        webhook_networks: Arc::new(config.webhook_allowed_networks.clone()),
        event_retention: minutes(config.event_retention_days.saturating_mul(24 * 60)),
        amqp: amqp(config),
        simulator_delay: config.card_simulator.then(|| Duration::from_secs(config.simulator_delay_seconds.into())),
    };
    // A gateway that redirects is not the one that was set up.
    let http = reqwest::Client::builder().user_agent("qafila").redirect(Policy::none()).no_proxy();
    let http = http.build().map_err(Fault::new)?;
    let webhooks = webhooks::client(Arc::clone(&settings.webhook_networks))?;
    Ok(Arc::new(App { db, clock, settings, http, webhooks, shape: Arc::new(shaper) }))
}

/// What one request may cost.
fn limits(config: &Config) -> Limits {
    Limits {
        body_bytes: config.max_body_bytes,
        depth: config.max_query_depth,
        complexity: config.max_query_complexity,
        aliases: config.max_query_aliases,
        time: Duration::from_secs(config.request_timeout_seconds.into()),
        at_once: config.max_requests_at_once,
    }
}

/// The schema, with its limits.
fn schema(limits: Limits) -> Schema {
    schema::build()
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
        .limit_directives(10)
        .extension(Shallow)
        .extension(ApolloPersistedQueries::new(LruCacheStorage::new(256)))
        .extension(Gate(limits))
        .finish()
}

/// The RabbitMQ that is configured.
fn amqp(config: &Config) -> Option<amqp::Settings> {
    let (queues, n_unrouted) = (config.amqp_queues.clone(), Arc::default());
    config.amqp_url.clone().map(|address| amqp::Settings { address, queues, n_unrouted })
}

/// Starts the server on a migrated database.
pub async fn start(config: &Config, clock: Clock, work: Work) -> Result<Server, StartError> {
    let refused = |cause| StartError::Listen { address: config.listen, cause };
    let listener = TcpListener::bind(config.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    // Port 0 asks for any free port; who is to come back must be told which it became.
    let given = format!("http://{}", config.listen);
    let public_url = if config.public_url == given { format!("http://{address}") } else { config.public_url.clone() };
    let registry = Registry::new();
    let limits = limits(config);
    let schema = schema(limits);
    let shaper = Shaper::new(limits, {
        let schema = schema.clone();
        move || schema
    });
    let app = open_with(config, clock, &registry, public_url, shaper).await?;
    let timings = http::Timings::register(&registry)?;
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let live = Live::new(config.max_subscriptions, config.subscription_backlog);
    let per_connection = config.max_subscriptions_per_connection;
    let connections = Connections { live: Arc::clone(&live), per_connection, stop: stop.clone(), tasks: tasks.clone() };
    tasks.spawn(live.run(Arc::clone(&app), stop.clone().cancelled_owned()));
    let room = Arc::new(Semaphore::new(limits.at_once));
    let shared = Shared { app: Arc::clone(&app), schema, registry, timings, limits, room, live: connections };
    let router = http::router(shared);
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let serving = tokio::spawn(async move { serving.await });
    let working =
        (work == Work::Background).then(|| tokio::spawn(worker::run(Arc::clone(&app), stop.clone().cancelled_owned())));
    Ok(Server { app, address, stop, serving, working, tasks })
}

impl Server {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Does what is due now, until nothing is.
    pub async fn work(&self) -> Result<(), Fault> {
        while worker::pass(&self.app).await? > 0 {}
        Ok(())
    }

    /// Stops: requests in flight and work begun are finished, who is connected is told, then the database is closed.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Ok(Err(error)) = self.serving.await {
            tracing::error!(%error, "the server ended badly");
        }
        self.tasks.close();
        self.tasks.wait().await;
        if let Some(working) = self.working
            && let Err(error) = working.await
        {
            tracing::error!(%error, "the worker ended badly");
        }
        let db = self.app.db.clone();
        drop(self.app);
        if let Err(fault) = db.close().await {
            tracing::error!(error = %fault, "the database was not closed");
        }
    }
}
