//! SQLite: the template is kept in memory, and written out for each test.

use std::path::{Path, PathBuf};

use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Writes a filled database into a directory, and says where it is.
pub(super) async fn make(directory: &Path) -> String {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(template).await;
    std::fs::write(path(directory), template).unwrap();
    url(directory)
}

/// Where the database of a directory is, or will be.
pub(super) fn url(directory: &Path) -> String {
    format!("sqlite://{}", path(directory).display())
}

fn path(directory: &Path) -> PathBuf {
    directory.join("shop.sqlite")
}

async fn template() -> Vec<u8> {
    let directory = TempDir::with_prefix("qafila-test-").unwrap();
    let path = directory.path().join("template.sqlite");
    super::fill(&format!("sqlite://{}", path.display()), directory.path()).await;
    // The last connection to be closed writes the log back and removes it.
    let log = std::fs::metadata(path.with_extension("sqlite-wal")).map_or(0, |log| log.len());
    assert_eq!(log, 0, "the template is all in one file");
    std::fs::read(&path).unwrap()
}

/// Runs a statement.
pub(super) async fn execute(url: &str, sql: &'static str) -> u64 {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let done = sqlx::query(sql).execute(&mut connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    connection.close().await.unwrap();
    done.rows_affected()
}
