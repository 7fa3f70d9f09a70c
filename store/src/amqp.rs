//! How far RabbitMQ has confirmed the feed of each tenant, and who publishes it just now.

use domain::time::Instant;
use uuid::Uuid;

use crate::{Fault, Platform, Scope, outbox::scope_of};

impl Platform<'_> {
    /// The tenants whose feed goes beyond what was confirmed, and that nobody publishes just now.
    pub async fn unpublished(&self, now: Instant) -> Result<Vec<Scope>, Fault> {
        let sql = "SELECT h.tenant_id FROM event_head h LEFT JOIN amqp_head a ON a.tenant_id = h.tenant_id \
                   WHERE h.last > COALESCE(a.confirmed, h.trimmed) AND COALESCE(a.claimed_until, 0) <= $1 \
                   ORDER BY h.tenant_id LIMIT 1000";
        let rows = self.rows(sql, [now.into()]).await?;
        rows.iter().map(|row| Ok(scope_of(row.try_get("", "tenant_id")?))).collect()
    }

    /// Claims a tenant's feed for publishing, and says up to which place it was confirmed. `None`: somebody else has
    /// it. Of a tenant of which nothing was published, everything that is kept is to be.
    pub async fn claim_publishing(
        &self,
        scope: Scope,
        who: Uuid,
        now: Instant,
        until: Instant,
    ) -> Result<Option<i64>, Fault> {
        let sql = "INSERT INTO amqp_head (tenant_id, confirmed, claimed_until) \
                   SELECT tenant_id, trimmed, 0 FROM event_head WHERE tenant_id = $1 ON CONFLICT DO NOTHING";
        self.change(sql, [scope.tenant.into()]).await?;
        let sql =
            "UPDATE amqp_head SET claimed_by = $2, claimed_until = $3 WHERE tenant_id = $1 AND claimed_until <= $4";
        if self.change(sql, [scope.tenant.into(), who.into(), until.into(), now.into()]).await? == 0 {
            return Ok(None);
        }
        let sql = "SELECT confirmed FROM amqp_head WHERE tenant_id = $1";
        let found = self.rows(sql, [scope.tenant.into()]).await?;
        found.first().map(|row| Ok(row.try_get("", "confirmed")?)).transpose()
    }

    /// Notes how far a tenant's feed was confirmed, and lets it go. `false`: somebody else had it by then, and goes on
    /// from where it was.
    pub async fn published(&self, scope: Scope, who: Uuid, confirmed: i64) -> Result<bool, Fault> {
        let sql = "UPDATE amqp_head SET confirmed = $3, claimed_until = 0 \
                   WHERE tenant_id = $1 AND claimed_by = $2 AND confirmed <= $3";
        Ok(self.change(sql, [scope.tenant.into(), who.into(), confirmed.into()]).await? == 1)
    }

    /// How many events wait for RabbitMQ to confirm them: those that were trimmed wait no more.
    pub async fn n_unpublished(&self) -> Result<i64, Fault> {
        let sql = "SELECT CAST(COALESCE(SUM(h.last - CASE WHEN h.trimmed < a.confirmed THEN a.confirmed ELSE h.trimmed END), \
                   0) AS bigint) AS n FROM event_head h LEFT JOIN amqp_head a ON a.tenant_id = h.tenant_id";
        let found = self.rows(sql, []).await?;
        found.first().map_or(Ok(0), |row| Ok(row.try_get("", "n")?))
    }
}
