//! PostgreSQL: the template is a database of the server that `QAFILA_TEST_POSTGRES` names.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::environment::variable;

/// A database of a test.
#[derive(Debug)]
pub(super) struct Postgres {
    name: String,
}

impl Postgres {
    /// Makes a copy of the template.
    pub(super) async fn make() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(template).await;
        let name = name();
        admin(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    /// Makes one without tables.
    pub(super) async fn make_empty() -> Self {
        let name = name();
        admin(&format!("CREATE DATABASE {name}")).await;
        Self { name }
    }

    /// Where it is.
    pub(super) fn url(&self) -> String {
        url(&self.name)
    }

    /// Drops it, whoever is connected.
    pub(super) async fn remove(self) {
        admin(&format!("DROP DATABASE {} WITH (FORCE)", self.name)).await;
    }
}

/// A name that no other test has.
fn name() -> String {
    static N: AtomicU32 = AtomicU32::new(1);
    format!("qafila_test_{}_{}", std::process::id(), N.fetch_add(1, Ordering::SeqCst))
}

/// Nobody drops it: `bin/test` throws the whole cluster away.
async fn template() -> String {
    let name = format!("qafila_test_{}_template", std::process::id());
    admin(&format!("CREATE DATABASE {name}")).await;
    super::fill(&url(&name), TempDir::with_prefix("qafila-test-").unwrap().path()).await;
    name
}

/// Runs a statement in a database, as the administrator.
pub(super) async fn execute(url: &str, sql: &'static str) -> u64 {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let done = sqlx::query(sql).execute(&mut connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.unwrap();
    done.rows_affected()
}

async fn admin(sql: &str) {
    let mut connection = PgConnection::connect(&server()).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.unwrap();
}

/// The URL of a database beside the administrator's.
fn url(name: &str) -> String {
    let server = server();
    let (host, _) = server.rsplit_once('/').expect("a URL with a database");
    format!("{host}/{name}")
}

/// The administrator's URL.
fn server() -> String {
    variable("QAFILA_TEST_POSTGRES").expect("QAFILA_TEST_POSTGRES: postgres://USER@HOST:PORT/postgres, or run bin/test")
}
