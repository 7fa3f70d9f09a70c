//! Sealing the audit trail, and looking whether a seal is broken.
//!
//! Entries are written without waiting for each other. Afterwards they are sealed, one tenant at a time, in the order of
//! the feed: each seal holds the one before, so that nobody changes, removes or slips in an entry unnoticed.

use domain::id;
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Breach, Fault, Platform, Read, Scope, Tx, chain, outbox::scope_of};

/// What must hold of each sealed entry.
const UNCHANGED: &str = "an entry of the audit trail is there, and as it was sealed";

/// What must hold of the seals.
const WHOLE: &str = "the seals of the audit trail have no gap, and end where its head says";

/// How many seals are looked at, at one go.
const PAGE: i64 = 500;

/// How many breaches are shown.
const SHOWN: usize = 100;

/// Columns of an entry, beside a table that says its `event` and `position`.
const ENTRY: &str =
    "a.id AS entry, a.actor, a.action, a.record_kind, a.record_id, a.before, a.after, a.request_id, a.at";

/// Where the chain of a tenant ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditHead {
    /// The place of the last entry that is sealed; 0 if none is.
    pub last: i64,
    /// The hash of its seal.
    pub hash: String,
}

impl Default for AuditHead {
    fn default() -> Self {
        Self { last: 0, hash: chain::BEGINNING.to_owned() }
    }
}

/// What was found of a tenant's chain.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Where it ends: who keeps this elsewhere sees also whether all of it was written anew.
    pub head: AuditHead,
    /// The entries whose seals are broken, the first hundred.
    pub breaches: Vec<Breach>,
}

impl Platform<'_> {
    /// The tenants that have numbered events whose audit entries are not sealed.
    pub async fn unsealed(&self) -> Result<Vec<Scope>, Fault> {
        let sql = "SELECT h.tenant_id FROM event_head h LEFT JOIN audit_head a ON a.tenant_id = h.tenant_id \
                   WHERE h.last > COALESCE(a.last, 0) LIMIT 1000";
        let rows = self.rows(sql, []).await?;
        rows.iter().map(|row| Ok(scope_of(row.try_get("", "tenant_id")?))).collect()
    }
}

impl Tx {
    /// Seals entries of the audit trail, as many as that at most, in the order of the feed. Says how many.
    ///
    /// Whoever does it holds the head of the chain until the transaction ends. An entry that is gone already is sealed
    /// as missing, so that it is found.
    pub async fn seal_audit(&self, limit: u32) -> Result<u64, Fault> {
        let tenant = || Value::from(self.scope().tenant);
        let begin = "INSERT INTO audit_head (tenant_id, last, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING";
        self.change(begin, vec![tenant(), chain::BEGINNING.into()]).await?;
        self.change("UPDATE audit_head SET last = last WHERE tenant_id = $1", vec![tenant()]).await?;
        let mut head = self.audit_head().await?;
        let sql = format!(
            "SELECT o.id AS event, o.position, {ENTRY} FROM outbox o LEFT JOIN audit a ON a.tenant_id = o.tenant_id \
             AND a.id = o.id WHERE o.tenant_id = $1 AND o.position > $2 ORDER BY o.position LIMIT $3"
        );
        let rows = self.all(&sql, vec![tenant(), head.last.into(), i64::from(limit).into()]).await?;
        let (mut places, mut values) = (Vec::new(), vec![tenant()]);
        for row in &rows {
            (head.last, head.hash) = (row.try_get("", "position")?, sealed(&head.hash, row)?);
            let n = values.len();
            places.push(format!("($1, ${}, ${}, ${})", n + 1, n + 2, n + 3));
            let entry: Uuid = row.try_get("", "event")?;
            values.extend([head.last.into(), entry.into(), head.hash.clone().into()]);
        }
        if rows.is_empty() {
            return Ok(0);
        }
        let sql = format!("INSERT INTO audit_seal (tenant_id, position, entry_id, hash) VALUES {}", places.join(", "));
        let n_sealed = self.change(&sql, values).await?;
        let move_on = "UPDATE audit_head SET last = $2, hash = $3 WHERE tenant_id = $1";
        self.change(move_on, vec![tenant(), head.last.into(), head.hash.into()]).await?;
        Ok(n_sealed)
    }

    async fn change(&self, sql: &str, values: Vec<Value>) -> Result<u64, Fault> {
        let conn = self.conn().await?;
        let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, values);
        Ok(conn.execute_raw(statement).await?.rows_affected())
    }
}

impl Read {
    /// Where the chain of the audit trail ends.
    pub async fn audit_head(&self) -> Result<AuditHead, Fault> {
        let sql = "SELECT last, hash FROM audit_head WHERE tenant_id = $1";
        let found = self.all(sql, vec![self.scope().tenant.into()]).await?;
        let head = |row: &QueryResult| Ok(AuditHead { last: row.try_get("", "last")?, hash: row.try_get("", "hash")? });
        found.first().map_or_else(|| Ok(AuditHead::default()), head)
    }

    /// Makes the chain anew, page by page, and compares.
    pub async fn audit_chain(&self) -> Result<Chain, Fault> {
        let head = self.audit_head().await?;
        let mut walk = Walk { last: 0, hash: chain::BEGINNING.to_owned(), id: Uuid::nil(), breaches: Vec::new() };
        let sql = format!(
            "SELECT s.entry_id AS event, s.position, s.hash, {ENTRY} FROM audit_seal s LEFT JOIN audit a \
             ON a.tenant_id = s.tenant_id AND a.id = s.entry_id WHERE s.tenant_id = $1 AND s.position > $2 \
             AND s.position <= $3 ORDER BY s.position LIMIT $4"
        );
        while walk.breaches.len() < SHOWN {
            let values = vec![self.scope().tenant.into(), walk.last.into(), head.last.into(), PAGE.into()];
            let rows = self.all(&sql, values).await?;
            for row in &rows {
                walk.step(row)?;
            }
            if rows.is_empty() {
                break;
            }
        }
        if walk.breaches.len() < SHOWN && (walk.last != head.last || walk.hash != head.hash) {
            walk.found(WHOLE);
        }
        walk.breaches.truncate(SHOWN);
        Ok(Chain { head, breaches: walk.breaches })
    }

    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<QueryResult>, Fault> {
        let conn = self.conn().await?;
        Ok(conn.query_all_raw(Statement::from_sql_and_values(conn.get_database_backend(), sql, values)).await?)
    }
}

/// Where a walk along a chain is.
struct Walk {
    last: i64,
    hash: String,
    id: Uuid,
    breaches: Vec<Breach>,
}

impl Walk {
    /// One seal on. A broken one is named once: the next is compared with what it holds.
    fn step(&mut self, row: &QueryResult) -> Result<(), Fault> {
        let (position, hash): (i64, String) = (row.try_get("", "position")?, row.try_get("", "hash")?);
        self.id = row.try_get("", "event")?;
        if position != self.last.saturating_add(1) {
            self.found(WHOLE);
        } else if row.try_get::<Option<Uuid>>("", "entry")?.is_none() || sealed(&self.hash, row)? != hash {
            self.found(UNCHANGED);
        }
        (self.last, self.hash) = (position, hash);
        Ok(())
    }

    fn found(&mut self, claim: &'static str) {
        self.breaches.push(Breach { claim, kind: <id::AuditEntry as id::Kind>::PREFIX, id: self.id });
    }
}

/// The hash of an entry behind another: of all its columns, or of there being none.
fn sealed(before: &str, row: &QueryResult) -> Result<String, Fault> {
    let text = |column: &str| row.try_get::<Option<String>>("", column);
    let position: i64 = row.try_get("", "position")?;
    let event: Uuid = row.try_get("", "event")?;
    let record: Option<Uuid> = row.try_get("", "record_id")?;
    let at: Option<i64> = row.try_get("", "at")?;
    let texts =
        [text("actor")?, text("action")?, text("record_kind")?, text("before")?, text("after")?, text("request_id")?];
    let at = at.map(i64::to_be_bytes);
    let mut fields = vec![Some(event.as_bytes().as_slice())];
    fields.extend(texts.iter().map(|text| text.as_ref().map(String::as_bytes)));
    fields.push(record.as_ref().map(|record| record.as_bytes().as_slice()));
    fields.push(at.as_ref().map(<[u8; 8]>::as_slice));
    Ok(chain::hash(before, position, &fields))
}
