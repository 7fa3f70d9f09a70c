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

/// A webhook that something can be sent to.
#[derive(Clone, Copy, Debug)]
pub struct DueWebhook {
    /// Whose it is.
    pub scope: Scope,
    /// The webhook.
    pub id: Id<id::Webhook>,
    /// How many deliveries may be sent to it now, beside those that are being sent.
    pub places: u32,
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

    /// Carts of every tenant that hold stock longer than they may.
    pub async fn overdue_holds(&self, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<id::Cart>)>, Fault> {
        let sql = "SELECT tenant_id, cart_id AS id FROM cart_hold WHERE state = 'HELD' AND expires_at <= $1 \
                   GROUP BY tenant_id, cart_id ORDER BY MIN(expires_at) LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// What is left of gift cards and store credit although its time is up, of every tenant.
    pub async fn expired_credit(&self, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<id::CreditLot>)>, Fault> {
        let sql = "SELECT tenant_id, id FROM credit_lot WHERE left_minor > 0 AND expires_at <= $1 \
                   ORDER BY expires_at LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Channels in which somebody waits for a variant that it is time to look for, of every tenant.
    pub async fn due_alerts(&self, now: Instant, limit: u32) -> Result<Vec<(Scope, Id<id::Channel>)>, Fault> {
        let sql = "SELECT tenant_id, channel_id AS id FROM stock_alert WHERE state = 'WAITING' AND look_at <= $1 \
                   GROUP BY tenant_id, channel_id ORDER BY MIN(look_at) LIMIT $2";
        self.scoped_ids(sql, now, limit).await
    }

    /// Tenants of which somebody waits for a variant since before `created`, or was told of one before `told`.
    pub async fn old_alerts(&self, created: Instant, told: Instant) -> Result<Vec<Scope>, Fault> {
        let sql = "SELECT DISTINCT tenant_id FROM stock_alert WHERE created_at < $1 OR (state = 'TOLD' \
                   AND told_at < $2) LIMIT 100";
        let rows = self.rows(sql, [created.into(), told.into()]).await?;
        rows.iter().map(|row| Ok(scope_of(row.try_get("", "tenant_id")?))).collect()
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

    /// Webhooks that something can be sent to now, of every tenant, in no order, and how much at once: none is left
    /// alone after failures, and of one that was, one delivery is tried.
    pub async fn due_webhooks(&self, now: Instant, at_once: u32) -> Result<Vec<DueWebhook>, Fault> {
        let sql = "SELECT w.tenant_id, w.id, CASE WHEN w.closed_until IS NULL THEN $2 ELSE 1 END - \
                   (SELECT COUNT(*) FROM webhook_delivery c WHERE c.tenant_id = w.tenant_id AND c.webhook_id = w.id \
                   AND c.state = 'PENDING' AND c.claimed_until > $1) AS places FROM webhook w \
                   WHERE (w.closed_until IS NULL OR w.closed_until <= $1) AND EXISTS (SELECT 1 \
                   FROM webhook_delivery d WHERE d.tenant_id = w.tenant_id AND d.webhook_id = w.id \
                   AND d.state = 'PENDING' AND d.due_at <= $1 AND d.claimed_until <= $1 \
                   AND (w.is_enabled OR d.name = 'webhook.tested')) ORDER BY RANDOM() LIMIT 1000";
        let rows = self.rows(sql, [now.into(), i64::from(at_once).into()]).await?;
        let due = |row: &QueryResult| {
            let places: i64 = row.try_get("", "places")?;
            let scope = scope_of(row.try_get("", "tenant_id")?);
            Ok(DueWebhook { scope, id: row.try_get("", "id")?, places: u32::try_from(places).unwrap_or_default() })
        };
        rows.iter().map(due).collect()
    }

    /// Deliveries to a webhook that can be sent now, the longest due first: none whose record has an older one waiting.
    pub async fn due_deliveries(
        &self,
        webhook: &DueWebhook,
        now: Instant,
        limit: u32,
    ) -> Result<Vec<Id<id::WebhookDelivery>>, Fault> {
        let sql = "SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.tenant_id = d.tenant_id \
                   AND w.id = d.webhook_id WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.state = 'PENDING' \
                   AND d.due_at <= $3 AND d.claimed_until <= $3 AND (d.name = 'webhook.tested' OR (w.is_enabled \
                   AND NOT EXISTS (SELECT 1 FROM webhook_delivery p WHERE p.tenant_id = d.tenant_id \
                   AND p.webhook_id = d.webhook_id AND p.aggregate_id = d.aggregate_id \
                   AND p.state = 'PENDING' AND p.sequence < d.sequence))) ORDER BY d.due_at, d.id LIMIT $4";
        let values = [webhook.scope.tenant.into(), webhook.id.into(), now.into(), i64::from(limit).into()];
        self.rows(sql, values).await?.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
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

    pub(crate) async fn change(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, Fault> {
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
