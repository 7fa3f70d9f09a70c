//! Statements behind the server's back, for the tests beside it.

use sqlx::{Connection, PgConnection, SqliteConnection};
use tests::shop::Shop;

/// Runs a statement as the owner of the database. Says how many rows it changed, or how it was refused.
pub async fn db_try_execute(shop: &Shop, sql: &'static str) -> Result<u64, String> {
    let url = shop.database_url();
    let n_changed = if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.map(|done| done.rows_affected())
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.map(|done| done.rows_affected())
    };
    n_changed.map_err(|error| error.to_string())
}
