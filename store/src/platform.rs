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
