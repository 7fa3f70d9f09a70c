//! The pools, and how work gets a handle on them.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{Claim, Fault, KeyReused, Once, Platform, Read, Scope, Stamp, Stats, Tx, ids::Ids};

/// The role that serves on PostgreSQL. Row-level security binds it.
const ROLE: &str = "qafila_app";

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// The embedded one.
    Sqlite,
    /// The one for production.
    Postgres,
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// Connections at most.
    pub connections: u32,
}

/// The database. It runs nothing by itself: work gets a [`Read`], a [`Tx`] or the [`Platform`].
#[derive(Clone, Debug)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    backend: Backend,
    ids: Ids,
    pub(crate) stats: Stats,
}

impl Db {
    /// Opens the pools of a migrated database.
    ///
    /// SQLite has one connection that writes, so that writers queue fairly instead of meeting `BUSY`,
    /// and others that only read: no more than there are cores, since each computes on one and holds most of a
    /// megabyte. PostgreSQL has one pool, whose connections serve under a role that
    /// row-level security binds.
    pub async fn open(options: &Options, stats: Stats) -> Result<Self, Fault> {
        if options.url.starts_with("sqlite:") {
            let writer = connect(sqlite(options, 1, "OFF")).await?;
            let n_cores =
                std::thread::available_parallelism().map_or(2, |n| u32::try_from(n.get()).unwrap_or(u32::MAX));
            let reader = connect(sqlite(options, options.connections.clamp(1, n_cores.max(2)), "ON")).await?;
            Ok(Self { reader, writer, backend: Backend::Sqlite, ids: Ids::default(), stats })
        } else {
            let pool = connect(postgres(options)).await?;
            Ok(Self { reader: pool.clone(), writer: pool, backend: Backend::Postgres, ids: Ids::default(), stats })
        }
    }

    /// Which database it is.
    pub const fn backend(&self) -> Backend {
        self.backend
    }

    /// A handle to read one tenant's rows with.
    pub fn read(&self, scope: Scope) -> Read {
        Read::new(self.clone(), scope)
    }

    /// The handle for what belongs to no tenant.
    pub const fn platform(&self) -> Platform<'_> {
        Platform { db: self }
    }

    /// Runs `work` in one transaction of one tenant: commits on `Ok`, rolls back on `Err`.
    ///
    /// Inside, await nothing but the transaction.
    pub async fn write<T, E: From<Fault>>(
        &self,
        scope: Scope,
        stamp: Stamp,
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = begin(&self.writer, self.backend, SqliteTransactionMode::Immediate, Some(scope)).await?;
        let tx = Tx::new(Read::begun(self.clone(), scope, begun), stamp, self.ids.begin());
        // In a box: else every caller's future, and each that holds it, is as large as all of the work.
        match Box::pin(work(&tx)).await {
            Ok(done) => {
                tx.commit().await?;
                self.stats.commits.inc();
                Ok(done)
            }
            Err(refused) => {
                self.stats.rollbacks.inc();
                tx.roll_back().await?;
                Err(refused)
            }
        }
    }

    /// The same, once for a key: a second call with the same input gets the first one's answer.
    pub async fn write_once<T, E>(
        &self,
        scope: Scope,
        stamp: Stamp,
        once: &Once,
        work: impl AsyncFnOnce(&Tx) -> Result<T, E>,
    ) -> Result<T, E>
    where
        T: Serialize + DeserializeOwned,
        E: From<Fault> + From<KeyReused>,
    {
        let begun = begin(&self.writer, self.backend, SqliteTransactionMode::Immediate, Some(scope)).await?;
        let tx = Tx::new(Read::begun(self.clone(), scope, begun), stamp, self.ids.begin());
        let claimed = match tx.claim(once).await? {
            Claim::Fresh => Box::pin(work(&tx)).await,
            Claim::Done(answer) => {
                tx.roll_back().await?;
                return Ok(serde_json::from_str(&answer).map_err(Fault::new)?);
            }
            Claim::Reused => Err(KeyReused.into()),
        };
        match claimed {
            Ok(done) => {
                tx.answer(once, &serde_json::to_string(&done).map_err(Fault::new)?).await?;
                tx.commit().await?;
                self.stats.commits.inc();
                Ok(done)
            }
            Err(refused) => {
                self.stats.rollbacks.inc();
                tx.roll_back().await?;
                Err(refused)
            }
        }
    }

    /// Closes the pools once their connections are idle.
    pub async fn close(self) -> Result<(), Fault> {
        self.reader.close_by_ref().await?;
        Ok(self.writer.close_by_ref().await?)
    }

    pub(crate) async fn begin_read(&self, scope: Scope) -> Result<DatabaseTransaction, Fault> {
        begin(&self.reader, self.backend, SqliteTransactionMode::Deferred, Some(scope)).await
    }

    pub(crate) async fn begin_platform(&self) -> Result<DatabaseTransaction, Fault> {
        begin(&self.writer, self.backend, SqliteTransactionMode::Immediate, None).await
    }

    pub(crate) async fn begin_platform_read(&self) -> Result<DatabaseTransaction, Fault> {
        begin(&self.reader, self.backend, SqliteTransactionMode::Deferred, None).await
    }
}

/// Begins a transaction; on PostgreSQL, tells row-level security whose it is.
async fn begin(
    pool: &DatabaseConnection,
    backend: Backend,
    mode: SqliteTransactionMode,
    scope: Option<Scope>,
) -> Result<DatabaseTransaction, Fault> {
    let sqlite = (backend == Backend::Sqlite).then_some(mode);
    let options = TransactionOptions { sqlite_transaction_mode: sqlite, ..TransactionOptions::default() };
    let begun = pool.begin_with_options(options).await?;
    if let (Backend::Postgres, Some(scope)) = (backend, scope) {
        let tenant = scope.tenant.uuid().to_string();
        let sql = "SELECT set_config('qafila.tenant', $1, true)";
        begun.execute_raw(Statement::from_sql_and_values(begun.get_database_backend(), sql, [tenant.into()])).await?;
    }
    Ok(begun)
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that opens connections")]
async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, Fault> {
    Ok(Box::pin(sea_orm::Database::connect(options)).await?)
}

fn sqlite(options: &Options, connections: u32, query_only: &'static str) -> ConnectOptions {
    let mut connect = ConnectOptions::new(options.url.clone());
    connect.max_connections(connections).min_connections(1).sqlx_logging(false).test_before_acquire(false);
    connect.acquire_timeout(Duration::from_secs(20)).idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    connect.map_sqlx_sqlite_opts(move |sqlite| {
        sqlite
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-4000")
            .pragma("query_only", query_only)
            .busy_timeout(Duration::from_secs(20))
    });
    connect
}

fn postgres(options: &Options) -> ConnectOptions {
    let mut connect = ConnectOptions::new(options.url.clone());
    connect.max_connections(options.connections.max(2)).sqlx_logging(false).test_before_acquire(false);
    connect.acquire_timeout(Duration::from_secs(20));
    connect.map_sqlx_postgres_opts(|postgres| postgres.options([("role", ROLE), ("lock_timeout", "15s")]));
    connect
}
