//! The outbox: an event commits with its cause, and with its line in the audit trail.

use std::time::Duration;

use domain::{
    events::Event,
    id::{self, Id},
    time::Instant,
};
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use serde::Serialize;
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
    /// What all that came of one request has in common.
    pub correlation_id: String,
}

impl Tx {
    /// Writes the event and its audit entry.
    pub async fn emit(&self, event: &impl Event) -> Result<(), Fault> {
        self.emitted(self.stamp(), event).await.map(drop)
    }

    /// The same, for one of several whose work this transaction does together.
    pub async fn emit_as(&self, stamp: &Stamp, event: &impl Event) -> Result<(), Fault> {
        self.emitted(stamp, event).await.map(drop)
    }

    /// The same, of a change of which is known what was before: the audit entry tells it.
    pub async fn emit_change(&self, before: &impl Serialize, event: &impl Event) -> Result<(), Fault> {
        let before = serde_json::to_string(before).map_err(Fault::new)?;
        self.written(self.stamp(), Some(before), event).await.map(drop)
    }

    /// The same as [`Tx::emit_as`], and says which event it became, with its number among those of its record.
    pub async fn emitted(&self, stamp: &Stamp, event: &impl Event) -> Result<(Id<id::Event>, i64), Fault> {
        self.written(stamp, None, event).await
    }

    async fn written(
        &self,
        stamp: &Stamp,
        before: Option<String>,
        event: &impl Event,
    ) -> Result<(Id<id::Event>, i64), Fault> {
        let payload = serde_json::to_string(event).map_err(Fault::new)?;
        let about = event.aggregate();
        let conn = self.conn().await?;
        let backend = conn.get_database_backend();
        let sequence = self.next_sequence(about.id).await?;
        let id = self.new_id::<id::Event>();
        let sql = "INSERT INTO outbox (id, tenant_id, aggregate_kind, aggregate_id, sequence, name, payload, actor, \
                   request_id, at, due_at, schema_version, correlation_id) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)";
        let values = [
            id.into(),
            self.scope().tenant.into(),
            about.kind.into(),
            about.id.into(),
            sequence.into(),
            event.name().into(),
            payload.clone().into(),
            stamp.actor.to_string().into(),
            stamp.request_id.clone().into(),
            stamp.at.into(),
            event.schema_version().into(),
            stamp.correlation_id.clone().into(),
        ];
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let sql = "INSERT INTO audit (tenant_id, id, actor, action, record_kind, record_id, before, after, request_id, \
                   at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let values = [
            self.scope().tenant.into(),
            // The entry has its event's id: so it is found which event an entry was written with, and its place.
            Id::<id::AuditEntry>::new(id.uuid()).into(),
            stamp.actor.to_string().into(),
            event.name().into(),
            about.kind.into(),
            about.id.into(),
            before.into(),
            payload.into(),
            stamp.request_id.clone().into(),
            stamp.at.into(),
        ];
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok((id, sequence))
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
        let sql = "SELECT id, tenant_id, name, payload, attempts, \
                   COALESCE(correlation_id, request_id) AS correlation_id FROM outbox o \
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

    /// How much waits, and how long.
    pub async fn backlog(&self) -> Result<Backlog, Fault> {
        let sql = "SELECT COUNT(*) AS events, MIN(at) AS oldest FROM outbox WHERE delivered_at IS NULL";
        let events = self.rows(sql, []).await?;
        let sql = "SELECT state, COUNT(*) AS n, MIN(created_at) AS oldest FROM webhook_delivery \
                   WHERE state <> 'DELIVERED' GROUP BY state";
        let mut backlog = Backlog::default();
        if let Some(row) = events.first() {
            (backlog.events, backlog.oldest_event) = (row.try_get("", "events")?, row.try_get("", "oldest")?);
        }
        for row in self.rows(sql, []).await? {
            let (state, n): (String, i64) = (row.try_get("", "state")?, row.try_get("", "n")?);
            if state == "PENDING" {
                (backlog.deliveries, backlog.oldest_delivery) = (n, row.try_get("", "oldest")?);
            } else {
                backlog.dead_deliveries = n;
            }
        }
        Ok(backlog)
    }
}

/// What waits to be told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Backlog {
    /// Events that not everybody in the shop heard of.
    pub events: i64,
    /// When the oldest of them happened.
    pub oldest_event: Option<Instant>,
    /// Deliveries that are to be sent to webhooks.
    pub deliveries: i64,
    /// When the oldest of them was made.
    pub oldest_delivery: Option<Instant>,
    /// Deliveries that were given up.
    pub dead_deliveries: i64,
}

fn waiting(row: &QueryResult) -> Result<Waiting, Fault> {
    let tenant: Uuid = row.try_get("", "tenant_id")?;
    Ok(Waiting {
        id: row.try_get("", "id")?,
        scope: scope_of(tenant),
        name: row.try_get("", "name")?,
        payload: row.try_get("", "payload")?,
        attempts: row.try_get("", "attempts")?,
        correlation_id: row.try_get("", "correlation_id")?,
    })
}

/// The scope of a tenant whose row was just read.
pub(crate) fn scope_of(tenant: Uuid) -> Scope {
    Scope { tenant: Id::new(tenant) }
}
