//! A gate that many go through at once, and at which one can wait until all who are in it are out.

use domain::id::Id;
use sea_orm::{ConnectionTrait, Statement};

use crate::{Backend, Fault, Tx};

impl Tx {
    /// Goes through the gate of a record, until the transaction ends. SQLite lets one write at a time anyway.
    pub async fn enter<K>(&self, gate: Id<K>) -> Result<(), Fault> {
        self.at_gate("SELECT pg_advisory_xact_lock_shared($1)", gate).await
    }

    /// Waits until everybody who is in the gate has committed; those who come meanwhile go through afterwards. What they
    /// all wrote is seen from the next statement on.
    pub async fn see_all_in<K>(&self, gate: Id<K>) -> Result<(), Fault> {
        // In one statement, so that nothing can come between and leave the gate shut.
        let sql = "WITH gate AS MATERIALIZED (SELECT pg_advisory_lock($1)) SELECT pg_advisory_unlock($1) FROM gate";
        self.at_gate(sql, gate).await
    }

    async fn at_gate<K>(&self, sql: &str, gate: Id<K>) -> Result<(), Fault> {
        if self.backend() != Backend::Postgres {
            return Ok(());
        }
        let (_, key) = gate.uuid().as_u64_pair();
        let key = key.cast_signed();
        let conn = self.conn().await?;
        conn.execute_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, [key.into()])).await?;
        Ok(())
    }
}
