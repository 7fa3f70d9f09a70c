//! A database for each test, copied from one that is made once a process.

mod postgres;
mod sqlite;

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicI64},
};

use api::{cli::prepare::prepare, server};
use tempfile::TempDir;

use self::postgres::Postgres;
use crate::shop::{BEGINNING, config, flags};

/// A test's database, and a directory for its server's files.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    directory: TempDir,
    /// What holds it, if that is not the directory.
    postgres: Option<Postgres>,
}

impl Database {
    /// Makes one of the kind that `QAFILA_TEST_DB` names: `sqlite` or `postgres`.
    pub(crate) async fn make() -> Self {
        let directory = TempDir::with_prefix("qafila-test-").unwrap();
        let kind = env("QAFILA_TEST_DB");
        match kind.as_deref() {
            None | Some("sqlite") => {
                let url = sqlite::make(directory.path()).await;
                Self { url, directory, postgres: None }
            }
            Some("postgres") => {
                let made = Postgres::make().await;
                Self { url: made.url(), directory, postgres: Some(made) }
            }
            Some(other) => panic!("QAFILA_TEST_DB is {other:?}: write sqlite or postgres"),
        }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A directory of its own.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Runs a statement as its owner.
    pub(crate) async fn execute(&self, sql: &'static str) -> u64 {
        match &self.postgres {
            Some(_) => postgres::execute(&self.url, sql).await,
            None => sqlite::execute(&self.url, sql).await,
        }
    }

    /// Removes it.
    pub(crate) async fn remove(self) {
        if let Some(postgres) = self.postgres {
            postgres.remove().await;
        }
        self.directory.close().unwrap();
    }
}

/// Migrates a database and fills both tenants.
async fn fill(url: &str, directory: &Path) {
    let config = config(flags(url, directory.to_str().unwrap()));
    let clock = server::fixed(Arc::new(AtomicI64::new(BEGINNING)));
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixture");
    let tenants = [("shop", fixture.as_path()), ("neighbour", fixture.as_path())];
    prepare(&config, clock, &tenants).await.unwrap_or_else(|failure| panic!("the template: {failure}"));
}

#[expect(clippy::disallowed_methods, reason = "which database the tests run on is told by the environment")]
fn env(key: &str) -> Option<String> {
    std::env::var(key).ok().filter(|value| !value.is_empty())
}
