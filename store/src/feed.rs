//! The feed: committed events of a tenant, each with its place.
//!
//! Ids are minted before commit, so they do not say what a reader has not seen yet. Places are given to committed
//! events only, one tenant at a time: who read up to a place has missed nothing before it.

use domain::{
    events::types::Types,
    id::{self, Id},
    time::Instant,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Fault, Platform, Read, Scope, outbox::scope_of};

/// An event as it stands in the feed.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its id, the same on every way.
    pub id: Id<id::Event>,
    /// Its place in the feed; none while it waits for one.
    pub position: Option<i64>,
    /// Its name, such as `order.placed`.
    pub name: String,
    /// The version of its JSON.
    pub schema_version: i32,
    /// The prefix of the ids of the record it is about.
    pub aggregate_kind: String,
    /// The record it is about.
    pub aggregate_id: Uuid,
    /// Its number among the events of that record.
    pub sequence: i64,
    /// Its JSON.
    pub payload: String,
    /// Who did it: an account's id, `guest` or `system`.
    pub actor: String,
    /// The request or the event that it came of.
    pub cause: String,
    /// What all that came of one request has in common.
    pub correlation_id: String,
    /// When.
    pub at: Instant,
}

/// How far the feed of a tenant reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The place of the last event; 0 if there was none yet.
    pub last: i64,
    /// The place of the last event that was trimmed; 0 if none was.
    pub trimmed: i64,
}

/// How many events get a place at one go.
const BATCH: i64 = 500;

/// Columns of [`Recorded`].
const COLUMNS: &str = "id, position, name, schema_version, aggregate_kind, aggregate_id, sequence, payload, actor, \
                       request_id, COALESCE(correlation_id, request_id) AS correlation_id, at";

/// Clocks of replicas differ, so an event can bear an earlier instant than the one of its record before it: the latest
/// of them counts.
const NUMBER: &str = "UPDATE outbox SET position = (SELECT last FROM event_head WHERE tenant_id = $1) + waiting.place \
    FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY since, sequence, id) AS place FROM ( \
    SELECT id, sequence, MAX(at) OVER (PARTITION BY aggregate_id ORDER BY sequence) AS since \
    FROM outbox WHERE tenant_id = $1 AND position IS NULL) AS timed \
    ORDER BY since, sequence, id LIMIT $2) AS waiting WHERE outbox.id = waiting.id";

impl Platform<'_> {
    /// The tenants that have committed events without a place.
    pub async fn unnumbered(&self) -> Result<Vec<Scope>, Fault> {
        let sql = "SELECT DISTINCT tenant_id FROM outbox WHERE position IS NULL LIMIT 1000";
        let rows = self.rows(sql, []).await?;
        rows.iter().map(|row| Ok(scope_of(row.try_get("", "tenant_id")?))).collect()
    }

    /// Gives committed events of a tenant their places, those of one record in their order. Says how many got one.
    ///
    /// Whoever does it holds the tenant's head until the transaction ends, so that no two replicas give places at
    /// once: a place is seen only when every place before it is.
    pub async fn number(&self, scope: Scope) -> Result<u64, Fault> {
        self.db.stats.statements.inc_by(4);
        let begun = self.db.begin_platform().await?;
        let tenant = || Value::from(scope.tenant);
        run(&begun, "INSERT INTO event_head (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING", vec![tenant()]).await?;
        run(&begun, "UPDATE event_head SET last = last WHERE tenant_id = $1", vec![tenant()]).await?;
        let n_numbered = run(&begun, NUMBER, vec![tenant(), BATCH.into()]).await?;
        let by = i64::try_from(n_numbered).map_err(Fault::new)?;
        let move_on = "UPDATE event_head SET last = last + $2 WHERE tenant_id = $1";
        run(&begun, move_on, vec![tenant(), by.into()]).await?;
        begun.commit().await?;
        Ok(n_numbered)
    }
}

impl Read {
    /// How far the feed reaches.
    pub async fn reach(&self) -> Result<Reach, Fault> {
        let sql = "SELECT last, trimmed FROM event_head WHERE tenant_id = $1";
        let found = self.raw(sql, vec![self.scope().tenant.into()]).await?;
        let reach =
            |row: &QueryResult| Ok(Reach { last: row.try_get("", "last")?, trimmed: row.try_get("", "trimmed")? });
        found.first().map_or(Ok(Reach::default()), reach)
    }

    /// Events of these types beyond one place and up to another, in the order of the feed.
    pub async fn events(&self, after: i64, until: i64, types: &Types, limit: u64) -> Result<Vec<Recorded>, Fault> {
        let mut values = vec![
            self.scope().tenant.into(),
            after.into(),
            until.into(),
            i64::try_from(limit).unwrap_or(i64::MAX).into(),
        ];
        let mut place = |text: &str| {
            values.push(text.into());
            values.len()
        };
        let mut wanted = Vec::new();
        for name in types.names() {
            wanted.push(format!("name = ${}", place(name)));
        }
        for group in types.groups() {
            let prefix = format!("{group}.");
            wanted.push(format!("substr(name, 1, {}) = ${}", prefix.len(), place(&prefix)));
        }
        let wanted = if wanted.is_empty() { "1 = 1".to_owned() } else { wanted.join(" OR ") };
        let sql = format!(
            "SELECT {COLUMNS} FROM outbox WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND ({wanted}) \
             ORDER BY position LIMIT $4"
        );
        self.raw(&sql, values).await?.iter().map(recorded).collect()
    }

    /// An event by its id.
    pub async fn event(&self, id: Id<id::Event>) -> Result<Option<Recorded>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM outbox WHERE tenant_id = $1 AND id = $2");
        let found = self.raw(&sql, vec![self.scope().tenant.into(), id.into()]).await?;
        found.first().map(recorded).transpose()
    }

    async fn raw(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Fault> {
        let conn = self.conn().await?;
        Ok(conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?)
    }
}

async fn run(begun: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<u64, Fault> {
    let statement = Statement::from_sql_and_values(begun.get_database_backend(), sql, values);
    Ok(begun.execute_raw(statement).await?.rows_affected())
}

fn recorded(row: &QueryResult) -> Result<Recorded, Fault> {
    Ok(Recorded {
        id: row.try_get("", "id")?,
        position: row.try_get("", "position")?,
        name: row.try_get("", "name")?,
        schema_version: row.try_get("", "schema_version")?,
        aggregate_kind: row.try_get("", "aggregate_kind")?,
        aggregate_id: row.try_get("", "aggregate_id")?,
        sequence: row.try_get("", "sequence")?,
        payload: row.try_get("", "payload")?,
        actor: row.try_get("", "actor")?,
        cause: row.try_get("", "request_id")?,
        correlation_id: row.try_get("", "correlation_id")?,
        at: row.try_get("", "at")?,
    })
}
