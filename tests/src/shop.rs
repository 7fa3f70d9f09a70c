//! A server with a database of its own, for one test.

use std::{
    ops::Deref,
    sync::{
        Arc, Once,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use api::{
    config::{Config, LogFormat, flags::ConfigFlags},
    server::{self, Server, Work},
};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::{database::Database, replica::Replica, tenant::Tenant, verify::verify, wire::Wire};

/// When every test begins: 2026-03-01T09:00:00Z, in milliseconds since the epoch.
pub const BEGINNING: i64 = 1_772_355_600_000;

/// What the server signs with.
pub const TOKEN_SECRET: &str = "a secret of the tests, of no use to anybody";

/// A running server with two tenants of the same content, `shop` and `neighbour`. It is itself the first of them.
///
/// When it is dropped, what is due is done, the server is stopped, `qafila verify` must be content, and the database
/// is dropped. After a failed test it is only cleaned up.
#[derive(Debug)]
pub struct Shop {
    ours: Tenant,
    neighbour: Tenant,
    running: Option<Running>,
    config: Config,
}

#[derive(Debug)]
struct Running {
    server: Server,
    database: Database,
}

impl Shop {
    /// Opens a shop, filled with `tests/fixture`.
    pub async fn open() -> Self {
        Self::open_with(|_| ()).await
    }

    /// The same, with other settings: `Shop::open_with(|flags| flags.max_query_depth = Some("5".to_owned()))`.
    pub async fn open_with(set: impl FnOnce(&mut ConfigFlags)) -> Self {
        let multi_thread = Handle::current().runtime_flavor() == RuntimeFlavor::MultiThread;
        assert!(multi_thread, "write #[tokio::test(flavor = \"multi_thread\")]: a shop is closed when it is dropped");
        log_errors();
        let database = Database::make().await;
        let mut flags = flags(database.url(), database.directory().to_str().unwrap());
        set(&mut flags);
        let config = config(flags);
        let clock = Arc::new(AtomicI64::new(BEGINNING));
        let server = server::start(&config, server::fixed(Arc::clone(&clock)), Work::ByHand).await.unwrap();
        let access_token = Duration::from_secs(u64::from(config.access_token_minutes) * 60);
        let wire = Wire::to(format!("http://{}", server.address()), clock, access_token);
        let tenant = |slug| Tenant { wire: Arc::clone(&wire), slug };
        Self {
            ours: tenant("shop"),
            neighbour: tenant("neighbour"),
            running: Some(Running { server, database }),
            config,
        }
    }

    /// The other tenant: the same accounts, slugs and SKUs, and nothing in common.
    pub const fn neighbour(&self) -> &Tenant {
        &self.neighbour
    }

    /// Moves the clock on.
    pub fn later(&self, by: Duration) {
        self.wire.clock.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// What the clock says, in milliseconds since the epoch.
    pub fn now(&self) -> i64 {
        self.wire.now()
    }

    /// The instant so many hours from now by its clock, or ago if below zero: RFC 3339.
    pub fn in_hours(&self, hours: i64) -> String {
        let millis = self.now() + hours * 3_600_000;
        let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).unwrap();
        at.format(&Rfc3339).unwrap()
    }

    /// Does what is due by now and nobody waits for, until nothing is.
    pub async fn work(&self) {
        self.running().server.work().await.unwrap();
    }

    /// How many SQL statements the server has run. Let staff and customers send a request before you count: they
    /// sign in at their first.
    pub async fn statements(&self) -> u64 {
        self.metric("qafila_sql_statements_total").await
    }

    /// Awaits some work, and says how many statements the server ran for it. Nobody else may work meanwhile.
    pub async fn counted<T>(&self, work: impl Future<Output = T>) -> (T, u64) {
        let before = self.statements().await;
        // To ask for the count costs statements too.
        let of_asking = self.statements().await - before;
        let answer = work.await;
        (answer, self.statements().await - before - 2 * of_asking)
    }

    /// A whole number of `/metrics`.
    pub async fn metric(&self, name: &str) -> u64 {
        self.anonymous().metric(name).await
    }

    /// Panics unless `qafila verify` is content with the database as it is now.
    pub async fn verify(&self) {
        self.try_verify().await.unwrap_or_else(|said| panic!("{said}"));
    }

    /// Runs `qafila verify`, and says what it printed if it is not content.
    pub async fn try_verify(&self) -> Result<(), String> {
        let database = &self.running().database;
        verify(database.url().to_owned(), database.directory().to_owned()).await
    }

    /// Runs a statement behind the server's back, as the owner of the database. Says how many rows it changed.
    pub async fn db_execute(&self, sql: &'static str) -> u64 {
        self.running().database.execute(sql).await
    }

    /// The database's URL, for other processes.
    pub fn database_url(&self) -> &str {
        self.running().database.url()
    }

    /// Another server on the same database, with the same clock, as a second replica is.
    pub async fn replica(&self) -> Replica {
        Replica::start(&self.config, &self.wire).await
    }

    /// Closes the shop now, rather than at the end of the test.
    pub async fn close(mut self) {
        if let Some(running) = self.running.take() {
            running.end().await.unwrap_or_else(|said| panic!("{said}"));
        }
    }

    fn running(&self) -> &Running {
        self.running.as_ref().expect("the shop is open")
    }
}

/// What is said of a tenant is said of the first.
impl Deref for Shop {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        &self.ours
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let Some(running) = self.running.take() else { return };
        let failed = std::thread::panicking();
        let ended = tokio::task::block_in_place(|| {
            Handle::current().block_on(async move {
                if failed {
                    running.clean_up().await;
                    Ok(())
                } else {
                    running.end().await
                }
            })
        });
        ended.unwrap_or_else(|said| panic!("{said}"));
    }
}

impl Running {
    /// Does what is due, and looks whether all is well.
    async fn end(self) -> Result<(), String> {
        let worked = self.server.work().await.map_err(|fault| format!("what was due could not be done: {fault:?}"));
        let verified = verify(self.database.url().to_owned(), self.database.directory().to_owned()).await;
        self.clean_up().await;
        worked.and(verified)
    }

    async fn clean_up(self) {
        let Self { server, database } = self;
        // One that hangs loses its database all the same.
        let _stopped = tokio::time::timeout(Duration::from_secs(10), server.stop()).await;
        database.remove().await;
    }
}

/// The settings of a server of the tests.
pub(crate) fn flags(database_url: &str, data_dir: &str) -> ConfigFlags {
    let set = |value: &str| Some(value.to_owned());
    ConfigFlags {
        listen: set("127.0.0.1:0"),
        database_url: set(database_url),
        data_dir: set(data_dir),
        token_secret: set(TOKEN_SECRET),
        simulator_delay_seconds: set("1"),
        // Where the receivers of webhooks listen.
        webhook_allowed_networks: set("127.0.0.1/32"),
        ..ConfigFlags::default()
    }
}

/// The same, checked. Nothing comes from the environment.
pub(crate) fn config(flags: ConfigFlags) -> Config {
    Config::load(flags, |_| None).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// Has servers say what goes wrong: in a test, a fault is a bug.
pub(crate) fn log_errors() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| api::telemetry::start("error", LogFormat::Text).unwrap());
}
