//! The outbox: an event commits with its cause, and with its line in the audit trail.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use domain::{
    events::Event,
    id::{self, Id},
    time::Instant,
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use serde::Serialize;
use uuid::Uuid;

use crate::{Fault, Platform, Scope, Stamp, Tx, tx::ROWS_PER_STATEMENT};

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

    /// The same, of a change of which is known what was before: the audit entry tells it.
    pub async fn emit_change(&self, before: &impl Serialize, event: &impl Event) -> Result<(), Fault> {
        let before = serde_json::to_string(before).map_err(Fault::new)?;
        self.write_events(vec![(self.stamp(), Some(before), event)]).await.map(drop)
    }

    /// The same of many changes, each with what was before, if anything was.
    pub async fn emit_changes<'e, B: Serialize + 'e, E: Event + 'e>(
        &self,
        changes: impl IntoIterator<Item = (Option<&'e B>, &'e E)>,
    ) -> Result<(), Fault> {
        let mut events = Vec::new();
        for (before, event) in changes {
            let before = before.map(serde_json::to_string).transpose().map_err(Fault::new)?;
            events.push((self.stamp(), before, event));
        }
        self.write_events(events).await.map(drop)
    }

    /// The same as [`Tx::emit`], by whom the stamp names, and says which event it became, with its number among those
    /// of its record.
    pub async fn emitted(&self, stamp: &Stamp, event: &impl Event) -> Result<(Id<id::Event>, i64), Fault> {
        let written = self.write_events(vec![(stamp, None, event)]).await?.pop();
        written.ok_or_else(|| Fault::new("an event was not written"))
    }

    /// Writes events and their audit entries, each as done by whom its stamp names: three statements for hundreds.
    pub async fn emit_all<'e, E: Event + 'e>(
        &self,
        events: impl IntoIterator<Item = (&'e Stamp, &'e E)>,
    ) -> Result<(), Fault> {
        let events = events.into_iter().map(|(stamp, event)| (stamp, None, event)).collect();
        self.write_events(events).await.map(drop)
    }

    /// Writes events, with what was before as JSON where that is known.
    async fn write_events<E: Event>(
        &self,
        events: Vec<(&Stamp, Option<String>, &E)>,
    ) -> Result<Vec<(Id<id::Event>, i64)>, Fault> {
        let mut next = self.take_sequences(events.iter().map(|(_, _, event)| event.aggregate().id)).await?;
        let (mut written, mut outbox, mut audit) = (Vec::new(), Vec::new(), Vec::new());
        for (stamp, before, event) in events {
            let payload = serde_json::to_string(event).map_err(Fault::new)?;
            let kept = lasting(event, &payload)?;
            let about = event.aggregate();
            let next = next.get_mut(&about.id).ok_or_else(|| Fault::new("an event got no number"))?;
            let (id, sequence) = (self.new_id::<id::Event>(), *next);
            *next = next.saturating_add(1);
            outbox.push(vec![
                id.into(),
                self.scope().tenant.into(),
                about.kind.into(),
                about.id.into(),
                sequence.into(),
                event.name().into(),
                payload.into(),
                stamp.actor.to_string().into(),
                stamp.request_id.clone().into(),
                stamp.at.into(),
                stamp.at.into(),
                event.schema_version().into(),
                stamp.correlation_id.clone().into(),
            ]);
            audit.push(vec![
                self.scope().tenant.into(),
                // The entry has its event's id: so it is found which event an entry was written with, and its place.
                Id::<id::AuditEntry>::new(id.uuid()).into(),
                stamp.actor.to_string().into(),
                event.name().into(),
                about.kind.into(),
                about.id.into(),
                before.into(),
                kept.into(),
                stamp.request_id.clone().into(),
                stamp.at.into(),
            ]);
            written.push((id, sequence));
        }
        let head = "INSERT INTO outbox (id, tenant_id, aggregate_kind, aggregate_id, sequence, name, payload, actor, \
                    request_id, at, due_at, schema_version, correlation_id)";
        self.write_rows(head, outbox, "").await?;
        let head = "INSERT INTO audit (tenant_id, id, actor, action, record_kind, record_id, before, after, request_id, \
                    at)";
        self.write_rows(head, audit, "").await?;
        Ok(written)
    }

    /// The first of each aggregate's next numbers. Whoever has taken some holds the aggregate's row until the
    /// transaction ends, so that numbers are in the order of commits.
    async fn take_sequences(&self, aggregates: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, i64>, Fault> {
        // Sorted, so that two that take numbers of the same aggregates cannot wait for each other.
        let mut wanted: BTreeMap<Uuid, i64> = BTreeMap::new();
        for aggregate in aggregates {
            let n = wanted.entry(aggregate).or_default();
            *n = n.saturating_add(1);
        }
        let tenant = self.scope().tenant;
        let rows = wanted.iter().map(|(aggregate, n)| vec![tenant.into(), (*aggregate).into(), (*n).into()]).collect();
        let head = "INSERT INTO event_sequence (tenant_id, aggregate_id, last)";
        let tail = "ON CONFLICT (tenant_id, aggregate_id) DO UPDATE SET last = event_sequence.last + excluded.last \
                    RETURNING aggregate_id, last";
        let mut first = HashMap::with_capacity(wanted.len());
        for row in self.write_rows(head, rows, tail).await? {
            let (aggregate, last): (Uuid, i64) = (row.try_get("", "aggregate_id")?, row.try_get("", "last")?);
            let n = wanted.get(&aggregate).copied().unwrap_or_default();
            first.insert(aggregate, last.saturating_sub(n).saturating_add(1));
        }
        Ok(first)
    }

    /// Runs an insert with a bounded number of rows a statement; gives what its tail returns.
    async fn write_rows(&self, head: &str, rows: Vec<Vec<Value>>, tail: &str) -> Result<Vec<QueryResult>, Fault> {
        let conn = self.conn().await?;
        let mut returned = Vec::new();
        for some in rows.chunks(ROWS_PER_STATEMENT) {
            let mut places = (1_usize..).map(|n| format!("${n}"));
            let row =
                |row: &Vec<Value>| format!("({})", places.by_ref().take(row.len()).collect::<Vec<_>>().join(", "));
            let sql = format!("{head} VALUES {} {tail}", some.iter().map(row).collect::<Vec<_>>().join(", "));
            let values = some.iter().flatten().cloned();
            returned.extend(
                conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?,
            );
        }
        Ok(returned)
    }
}

/// What the audit trail keeps of an event's JSON.
fn lasting(event: &impl Event, payload: &str) -> Result<String, Fault> {
    if event.passing().is_empty() {
        return Ok(payload.to_owned());
    }
    let mut fields: serde_json::Map<_, _> = serde_json::from_str(payload).map_err(Fault::new)?;
    fields.retain(|name, _| !event.passing().contains(&name.as_str()));
    serde_json::to_string(&fields).map_err(Fault::new)
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

    /// Notes that everybody in the shop who acts on these events did.
    pub async fn events_delivered(&self, events: &[Id<id::Event>], now: Instant) -> Result<(), Fault> {
        if events.is_empty() {
            return Ok(());
        }
        let places: Vec<_> = (2_usize..).take(events.len()).map(|n| format!("${n}")).collect();
        let sql =
            format!("UPDATE outbox SET delivered_at = $1 WHERE delivered_at IS NULL AND id IN ({})", places.join(", "));
        let values = std::iter::once(now.into()).chain(events.iter().map(|id| (*id).into()));
        self.change(&sql, values).await.map(drop)
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
