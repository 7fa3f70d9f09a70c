//! What belongs to no tenant: the tenants themselves, and what workers pick up for all of them.

use domain::{
    id::{self, Id},
    time::Instant,
};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{Db, Fault, Scope, outbox::scope_of};

/// The handle for what belongs to no tenant. It has no `find`: each need is a function.
#[derive(Clone, Copy, Debug)]
pub struct Platform<'d> {
    pub(crate) db: &'d Db,
}

/// A merchant.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The scope of its rows.
    pub scope: Scope,
    /// Its name in headers and on the command line.
    pub slug: String,
    /// The host its shop is reached at, if it has one of its own.
    pub host: Option<String>,
}

impl Platform<'_> {
    /// Every tenant, the oldest first: the first is the default.
    pub async fn tenants(&self) -> Result<Vec<Tenant>, Fault> {
        let rows = self.rows("SELECT id, slug, host FROM tenant ORDER BY created_at, id LIMIT 10000", []).await?;
        rows.iter().map(tenant).collect()
    }

    /// Makes a tenant. `false`: the slug is taken.
    pub async fn create_tenant(
        &self,
        id: Id<id::Tenant>,
        slug: &str,
        name: (&str, &str),
        now: Instant,
    ) -> Result<bool, Fault> {
        let sql = "INSERT INTO tenant (id, slug, name_ar, name_en, created_at) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT DO NOTHING";
        let values = [id.into(), slug.into(), name.0.into(), name.1.into(), now.into()];
        Ok(self.change(sql, values).await? == 1)
    }

    /// Whether the database answers and has its tables.
    pub async fn is_ready(&self) -> bool {
        self.rows("SELECT 1 AS one FROM tenant LIMIT 1", []).await.is_ok()
    }

    /// Unpaid orders whose time is up, of every tenant.
    pub async fn overdue_orders(&self, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<id::Order>)>, Fault> {
        let sql = "SELECT tenant_id, order_id AS id FROM order_status \
                   WHERE state = 'AWAITING_PAYMENT' AND pay_before <= $1 ORDER BY pay_before LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Channels in which carts wait to become orders, of every tenant.
    pub async fn waiting_queues(&self, limit: u32) -> Result<Vec<(Scope, Id<id::Channel>)>, Fault> {
        let sql = "SELECT DISTINCT tenant_id, channel_id AS id FROM checkout_ticket WHERE state = 'WAITING' LIMIT $1";
        let rows = self.rows(sql, [i64::from(limit).into()]).await?;
        rows.iter().map(scoped_id).collect()
    }

    /// Webhooks the simulated gateway has to send now, for every tenant.
    pub async fn due_simulated_notices(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<(Scope, Id<id::SimulatedNotice>)>, Fault> {
        let sql = "SELECT tenant_id, id FROM simulated_notice \
                   WHERE sends_left > 0 AND due_at <= $1 ORDER BY due_at LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Messages of gateways that came and were not acted on yet, of every tenant.
    pub async fn unhandled_notices(&self, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<id::Notice>)>, Fault> {
        let sql = "SELECT tenant_id, id FROM gateway_notice \
                   WHERE handled_at IS NULL AND received_at <= $1 ORDER BY received_at LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Deliveries to webhooks that can be sent now, of every tenant: at most so many a webhook at once, none whose
    /// record has an older one waiting, and none whose webhook is off or left alone after failures.
    pub async fn due_deliveries(
        &self,
        now: Instant,
        at_once: u32,
        limit: u32,
    ) -> Result<Vec<(Scope, Id<id::WebhookDelivery>)>, Fault> {
        let sql = "SELECT tenant_id, id FROM (SELECT d.tenant_id, d.id, d.due_at, \
                   ROW_NUMBER() OVER (PARTITION BY d.tenant_id, d.webhook_id ORDER BY d.due_at, d.id) + \
                   (SELECT COUNT(*) FROM webhook_delivery c WHERE c.tenant_id = d.tenant_id \
                   AND c.webhook_id = d.webhook_id AND c.state = 'PENDING' AND c.claimed_until > $1) AS place, \
                   CASE WHEN w.closed_until IS NULL THEN $2 ELSE 1 END AS places \
                   FROM webhook_delivery d JOIN webhook w ON w.tenant_id = d.tenant_id AND w.id = d.webhook_id \
                   WHERE d.state = 'PENDING' AND d.due_at <= $1 AND d.claimed_until <= $1 \
                   AND (w.is_enabled OR d.name = 'webhook.tested') \
                   AND (w.closed_until IS NULL OR w.closed_until <= $1) \
                   AND NOT EXISTS (SELECT 1 FROM webhook_delivery p WHERE p.tenant_id = d.tenant_id \
                   AND p.webhook_id = d.webhook_id AND p.aggregate_id = d.aggregate_id \
                   AND p.state = 'PENDING' AND p.sequence < d.sequence)) AS due \
                   WHERE place <= places ORDER BY due_at, id LIMIT $3";
        let values = [now.into(), i64::from(at_once).into(), i64::from(limit).into()];
        let rows = self.rows(sql, values).await?;
        let pair = |row: &QueryResult| Ok((scope_of(row.try_get("", "tenant_id")?), row.try_get("", "id")?));
        rows.iter().map(pair).collect()
    }

    /// Deliveries whose time is up, of every tenant.
    pub async fn expired_deliveries(
        &self,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<(Scope, Id<id::WebhookDelivery>)>, Fault> {
        let sql = "SELECT tenant_id, id FROM webhook_delivery \
                   WHERE state = 'PENDING' AND expires_at < $1 AND claimed_until <= $1 ORDER BY expires_at LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Webhooks that did not hear of the last events yet, of every tenant.
    pub async fn webhooks_behind(&self, limit: u32) -> Result<Vec<(Scope, Id<id::Webhook>)>, Fault> {
        let sql = "SELECT w.tenant_id, w.id FROM webhook w JOIN event_head h ON h.tenant_id = w.tenant_id \
                   WHERE w.is_enabled AND w.heard < h.last ORDER BY w.heard LIMIT $1";
        let rows = self.rows(sql, [i64::from(limit).into()]).await?;
        let pair = |row: &QueryResult| Ok((scope_of(row.try_get("", "tenant_id")?), row.try_get("", "id")?));
        rows.iter().map(pair).collect()
    }

    async fn scoped_ids<K>(&self, sql: &str, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<K>)>, Fault> {
        let rows = self.rows(sql, [now.into(), i64::from(limit).into()]).await?;
        rows.iter().map(scoped_id).collect()
    }

    pub(crate) async fn rows<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Vec<QueryResult>, Fault> {
        self.db.stats.statements.inc();
        let begun = self.db.begin_platform_read().await?;
        let statement = Statement::from_sql_and_values(begun.get_database_backend(), sql, values);
        let rows = begun.query_all_raw(statement).await?;
        begun.commit().await?;
        Ok(rows)
    }

    pub(crate) async fn change<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<u64, Fault> {
        self.db.stats.statements.inc();
        let begun = self.db.begin_platform().await?;
        let statement = Statement::from_sql_and_values(begun.get_database_backend(), sql, values);
        let changed = begun.execute_raw(statement).await?.rows_affected();
        begun.commit().await?;
        Ok(changed)
    }
}

fn scoped_id<K>(row: &QueryResult) -> Result<(Scope, Id<K>), Fault> {
    Ok((scope_of(row.try_get("", "tenant_id")?), row.try_get("", "id")?))
}

fn tenant(row: &QueryResult) -> Result<Tenant, Fault> {
    let id: Uuid = row.try_get("", "id")?;
    Ok(Tenant { scope: scope_of(id), slug: row.try_get("", "slug")?, host: row.try_get("", "host")? })
}
