//! A database for each test, copied from one that is made once a process.

mod postgres;
mod sqlite;

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicI64},
};

use api::{cli::prepare::prepare, server};
use clap::ValueEnum;
use tempfile::TempDir;

use self::postgres::Postgres;
use crate::{
    environment::variable,
    shop::{BEGINNING, config, flags},
};

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The embedded one.
    Sqlite,
    /// A database of the server that `QAFILA_TEST_POSTGRES` names.
    Postgres,
}

impl Kind {
    /// The one that `QAFILA_TEST_DB` names: `sqlite`, which is also what it is without, or `postgres`.
    pub fn of_environment() -> Self {
        let name = variable("QAFILA_TEST_DB");
        let kind = name.as_deref().map_or(Ok(Self::Sqlite), |name| Self::from_str(name, false));
        kind.unwrap_or_else(|_| panic!("QAFILA_TEST_DB is {name:?}: write sqlite or postgres"))
    }
}

/// A test's database, and a directory for its server's files.
#[derive(Debug)]
pub(crate) struct Database {
    url: String,
    directory: TempDir,
    /// What holds it, if that is not the directory.
    postgres: Option<Postgres>,
}

impl Database {
    /// Makes one of the kind that `QAFILA_TEST_DB` names, filled with the fixture.
    pub(crate) async fn make() -> Self {
        let directory = TempDir::with_prefix("qafila-test-").unwrap();
        match Kind::of_environment() {
            Kind::Sqlite => {
                let url = sqlite::make(directory.path()).await;
                Self { url, directory, postgres: None }
            }
            Kind::Postgres => {
                let made = Postgres::make().await;
                Self { url: made.url(), directory, postgres: Some(made) }
            }
        }
    }

    /// Makes one without tables.
    pub(crate) async fn make_empty(kind: Kind) -> Self {
        let directory = TempDir::with_prefix("qafila-test-").unwrap();
        match kind {
            Kind::Sqlite => Self { url: sqlite::url(directory.path()), directory, postgres: None },
            Kind::Postgres => {
                let made = Postgres::make_empty().await;
                Self { url: made.url(), directory, postgres: Some(made) }
            }
        }
    }

    /// One that somebody else made, without tables.
    pub(crate) fn at(url: String) -> Self {
        Self { url, directory: TempDir::with_prefix("qafila-test-").unwrap(), postgres: None }
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
