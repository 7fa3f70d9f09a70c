//! What is done with is not kept for ever: events that everybody has heard of, after a while.

use domain::time::Instant;
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::{Fault, Platform, Scope, Tx, outbox::scope_of};

impl Platform<'_> {
    /// The tenants whose oldest event may be done with: delivered, and older than that.
    pub async fn trimmable(&self, before: Instant) -> Result<Vec<Scope>, Fault> {
        let sql = "SELECT o.tenant_id FROM event_head h JOIN outbox o ON o.tenant_id = h.tenant_id \
                   AND o.position = h.trimmed + 1 WHERE o.delivered_at IS NOT NULL AND o.at < $1 LIMIT 100";
        let rows = self.rows(sql, [before.into()]).await?;
        rows.iter().map(|row| Ok(scope_of(row.try_get("", "tenant_id")?))).collect()
    }
}

impl Tx {
    /// Removes events from the beginning of the feed, with what webhooks were sent of them: those that are older than
    /// that, that everybody in the shop heard of, whose audit entry is sealed, that no webhook waits for, and that
    /// RabbitMQ has confirmed, or that are older than what is kept for it. Says how many.
    pub async fn trim_events(&self, before: Instant, kept_for_amqp: Instant, limit: u32) -> Result<u64, Fault> {
        let tenant = || Value::from(self.scope().tenant);
        // Whoever trims holds the head, so that no two do at once.
        self.run("UPDATE event_head SET trimmed = trimmed WHERE tenant_id = $1", vec![tenant()]).await?;
        let sql = "SELECT position, CASE WHEN o.delivered_at IS NOT NULL AND o.at < $2 AND NOT EXISTS (SELECT 1 \
                   FROM webhook_delivery d WHERE d.tenant_id = o.tenant_id AND d.event_id = o.id \
                   AND d.state = 'PENDING') AND NOT EXISTS (SELECT 1 FROM webhook w WHERE w.tenant_id = o.tenant_id \
                   AND w.is_enabled AND w.heard < o.position) AND EXISTS (SELECT 1 FROM audit_head a \
                   WHERE a.tenant_id = o.tenant_id AND o.position <= a.last) AND (o.at < $4 OR EXISTS (SELECT 1 FROM amqp_head m \
                   WHERE m.tenant_id = o.tenant_id AND o.position <= m.confirmed)) THEN 1 ELSE 0 END AS done FROM outbox o \
                   WHERE o.tenant_id = $1 AND o.position IS NOT NULL ORDER BY o.position LIMIT $3";
        let conn = self.conn().await?;
        let values = vec![tenant(), before.into(), i64::from(limit).into(), kept_for_amqp.into()];
        let rows = conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?;
        let Some(until) = end(&rows)? else { return Ok(0) };
        let sql = "DELETE FROM webhook_delivery WHERE tenant_id = $1 AND event_id IN \
                   (SELECT id FROM outbox WHERE tenant_id = $1 AND position <= $2)";
        self.run(sql, vec![tenant(), until.into()]).await?;
        let sql = "DELETE FROM outbox WHERE tenant_id = $1 AND position <= $2";
        let n_trimmed = self.run(sql, vec![tenant(), until.into()]).await?;
        let sql = "UPDATE event_head SET trimmed = $2, trimmed_before = $3 WHERE tenant_id = $1";
        self.run(sql, vec![tenant(), until.into(), before.into()]).await?;
        Ok(n_trimmed)
    }

    async fn run(&self, sql: &str, values: Vec<Value>) -> Result<u64, Fault> {
        let conn = self.conn().await?;
        let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
        Ok(conn.execute_raw(statement).await?.rows_affected())
    }
}

/// The place of the last event of those from the first on that are done with.
fn end(rows: &[QueryResult]) -> Result<Option<i64>, Fault> {
    let mut until = None;
    for row in rows {
        // PostgreSQL gives an integer of four bytes here, SQLite one of eight.
        if row.try_get::<i32>("", "done")? == 0 {
            break;
        }
        until = Some(row.try_get("", "position")?);
    }
    Ok(until)
}
