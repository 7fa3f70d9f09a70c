//! The outbox: an event commits with its cause, and with its line in the audit trail.

use std::time::Duration;

use domain::{
    events::Event,
    id::{self, Id},
    time::Instant,
};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use uuid::Uuid;

use crate::{Fault, Platform, Scope, Stamp, Tx};

/// An event that waits to be delivered.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its id, the same at every delivery.
    pub id: Id<id::Event>,
    /// Whose it is.
    pub scope: Scope,
    /// Its name, such as `order.placed`.
    pub name: String,
    /// Its JSON.
    pub payload: String,
    /// How often it was tried before.
    pub attempts: i32,
}

impl Tx {
    /// Writes the event and its audit entry.
    pub async fn emit(&self, event: &impl Event) -> Result<(), Fault> {
        self.emit_as(self.stamp(), event).await
    }

    /// The same, for one of several whose work this transaction does together.
    pub async fn emit_as(&self, stamp: &Stamp, event: &impl Event) -> Result<(), Fault> {
        let payload = serde_json::to_string(event).map_err(Fault::new)?;
        let about = event.aggregate();
        let conn = self.conn().await?;
        let backend = conn.get_database_backend();
        let sequence = self.next_sequence(about.id).await?;
        let sql = "INSERT INTO outbox (id, tenant_id, aggregate_kind, aggregate_id, sequence, name, payload, \
                   actor, request_id, at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
        let values = [
            self.new_id::<id::Event>().into(),
            self.scope().tenant.into(),
            about.kind.into(),
            about.id.into(),
            sequence.into(),
            event.name().into(),
            payload.clone().into(),
            stamp.actor.to_string().into(),
            stamp.request_id.clone().into(),
            stamp.at.into(),
        ];
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let sql = "INSERT INTO audit (tenant_id, id, actor, action, record_kind, record_id, after, request_id, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
        let values = [
            self.scope().tenant.into(),
            self.new_id::<id::AuditEntry>().into(),
            stamp.actor.to_string().into(),
            event.name().into(),
            about.kind.into(),
            about.id.into(),
            payload.into(),
            stamp.request_id.clone().into(),
            stamp.at.into(),
        ];
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(())
    }

    /// The next number of an aggregate's events. Whoever has taken one holds the aggregate's row until the
    /// transaction ends, so that numbers are in the order of commits.
    async fn next_sequence(&self, aggregate: Uuid) -> Result<i64, Fault> {
        let sql = "INSERT INTO event_sequence (tenant_id, aggregate_id, last) VALUES ($1, $2, 1) \
                   ON CONFLICT (tenant_id, aggregate_id) DO UPDATE SET last = event_sequence.last + 1 \
                   RETURNING last";
        let conn = self.conn().await?;
        let values = [self.scope().tenant.into(), aggregate.into()];
        let row = conn.query_one_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?;
        Ok(row.ok_or_else(|| Fault::new("an event got no number"))?.try_get("", "last")?)
    }
}

/// How long a claimed event is left to whoever claimed it.
const LEASE: Duration = Duration::from_secs(30);

impl Platform<'_> {
    /// Events that are due, the oldest first, of every tenant; none whose aggregate has an older one
    /// waiting.
    pub async fn due_events(&self, now: Instant, limit: u32) -> Result<Vec<Waiting>, Fault> {
        let sql = "SELECT id, tenant_id, name, payload, attempts FROM outbox o \
                   WHERE delivered_at IS NULL AND due_at <= $1 AND NOT EXISTS (SELECT 1 FROM outbox p \
                   WHERE p.tenant_id = o.tenant_id AND p.aggregate_id = o.aggregate_id \
                   AND p.sequence < o.sequence AND p.delivered_at IS NULL) ORDER BY at, id LIMIT $2";
        let rows = self.rows(sql, [now.into(), i64::from(limit).into()]).await?;
        rows.iter().map(waiting).collect()
    }

    /// Claims an event for delivery. `false`: somebody else has it, or it is delivered.
    pub async fn claim_event(&self, event: &Waiting, now: Instant) -> Result<bool, Fault> {
        let sql = "UPDATE outbox SET due_at = $1, attempts = attempts + 1 \
                   WHERE id = $2 AND delivered_at IS NULL AND due_at <= $3 AND attempts = $4";
        let values = [now.plus(LEASE).into(), event.id.into(), now.into(), event.attempts.into()];
        Ok(self.change(sql, values).await? == 1)
    }

    /// Notes that every subscriber has the event.
    pub async fn event_delivered(&self, event: &Waiting, now: Instant) -> Result<(), Fault> {
        let sql = "UPDATE outbox SET delivered_at = $1 WHERE id = $2";
        self.change(sql, [now.into(), event.id.into()]).await.map(drop)
    }

    /// Puts a delivery off.
    pub async fn event_deferred(&self, event: &Waiting, until: Instant) -> Result<(), Fault> {
        let sql = "UPDATE outbox SET due_at = $1 WHERE id = $2 AND delivered_at IS NULL";
        self.change(sql, [until.into(), event.id.into()]).await.map(drop)
    }

    /// How many events wait.
    pub async fn waiting_events(&self) -> Result<i64, Fault> {
        let rows = self.rows("SELECT COUNT(*) AS n FROM outbox WHERE delivered_at IS NULL", []).await?;
        rows.first().map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
    }
}

fn waiting(row: &QueryResult) -> Result<Waiting, Fault> {
    let tenant: Uuid = row.try_get("", "tenant_id")?;
    Ok(Waiting {
        id: row.try_get("", "id")?,
        scope: scope_of(tenant),
        name: row.try_get("", "name")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
    })
}

/// The scope of a tenant whose row was just read.
pub(crate) fn scope_of(tenant: Uuid) -> Scope {
    Scope { tenant: Id::new(tenant) }
}
