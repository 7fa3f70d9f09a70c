//! The last wall: PostgreSQL itself shows a transaction no row of a tenant it did not name.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use tests::shop::Shop;

use super::things::Things;

/// Tables that the store alone reads, for all tenants.
const OF_THE_PLATFORM: [&str; 5] = ["amqp_head", "event_head", "event_sequence", "idempotency", "outbox"];

/// Tables in which workers look for what is due, before they name a tenant. They change nothing there.
const LOOKED_AT: [&str; 9] = [
    "audit_head",
    "checkout_ticket",
    "credit_lot",
    "gateway_notice",
    "order_status",
    "simulated_notice",
    "stock_alert",
    "webhook",
    "webhook_delivery",
];

/// Who serves, on a connection of its own.
struct Role {
    connection: PgConnection,
}

impl Role {
    async fn serving(url: &str) -> Self {
        let mut connection = PgConnection::connect(url).await.unwrap();
        connection.execute("SET ROLE qafila_app").await.unwrap();
        Self { connection }
    }

    async fn owner(url: &str) -> Self {
        Self { connection: PgConnection::connect(url).await.unwrap() }
    }

    async fn names(&mut self, tenant: &str) {
        let sql =
            format!("SELECT set_config('qafila.tenant', (SELECT id::text FROM tenant WHERE slug = '{tenant}'), false)");
        self.connection.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    async fn count(&mut self, table: &str, rows: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM \"{table}\" WHERE {rows}");
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.connection).await.unwrap()
    }

    async fn change(&mut self, sql: String) -> Result<u64, sqlx::Error> {
        Ok(self.connection.execute(AssertSqlSafe(sql)).await?.rows_affected())
    }

    /// The tables whose rows have a tenant.
    async fn tables(&mut self) -> Vec<String> {
        let sql = "SELECT table_name::text FROM information_schema.columns \
                   WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY table_name";
        sqlx::query_scalar(sql).fetch_all(&mut self.connection).await.unwrap()
    }
}

const OURS: &str = "tenant_id = (SELECT id FROM tenant WHERE slug = 'shop')";
const NOT_OURS: &str = "tenant_id <> (SELECT id FROM tenant WHERE slug = 'shop')";

/// A shop with rows in its tables; none on SQLite, which has no such wall.
async fn filled() -> Option<Shop> {
    let shop = Shop::open().await;
    if shop.database_url().starts_with("sqlite:") {
        return None;
    }
    Things::of(&shop).await;
    Things::of(shop.neighbour()).await;
    Some(shop)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_no_tenant_sees_and_changes_no_row() {
    let Some(shop) = filled().await else { return };
    let (mut owner, mut serving) = (Role::owner(shop.database_url()).await, Role::serving(shop.database_url()).await);
    let tables = owner.tables().await;
    assert!(40 < tables.len(), "{tables:?}");
    let mut n_filled = 0;
    for table in tables.iter().filter(|table| !OF_THE_PLATFORM.contains(&table.as_str())) {
        n_filled += usize::from(0 < owner.count(table, "true").await);
        if !LOOKED_AT.contains(&table.as_str()) {
            assert_eq!(serving.count(table, "true").await, 0, "{table}");
        }
        for sql in [format!("UPDATE \"{table}\" SET tenant_id = tenant_id"), format!("DELETE FROM \"{table}\"")] {
            assert_eq!(serving.change(sql).await.unwrap(), 0, "{table}");
        }
    }
    assert!(35 < n_filled, "only {n_filled} tables have rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_names_a_tenant_sees_its_rows_and_no_other() {
    let Some(shop) = filled().await else { return };
    let (mut owner, mut serving) = (Role::owner(shop.database_url()).await, Role::serving(shop.database_url()).await);
    serving.names("shop").await;
    for table in owner.tables().await.iter().filter(|table| !OF_THE_PLATFORM.contains(&table.as_str())) {
        assert_eq!(serving.count(table, "true").await, owner.count(table, OURS).await, "{table}");
        assert_eq!(serving.count(table, NOT_OURS).await, 0, "{table}");
    }
    let insert = "INSERT INTO tax_rule (tenant_id, id, country, region_key, starts_at) \
                  SELECT id, gen_random_uuid(), 'AE', '', 0 FROM tenant WHERE slug = ";
    let refused = serving.change(format!("{insert}'neighbour'")).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    let stolen = "UPDATE tax_rule SET tenant_id = (SELECT id FROM tenant WHERE slug = 'neighbour')";
    let refused = serving.change(stolen.to_owned()).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    assert_eq!(serving.change(format!("{insert}'shop'")).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_serves_may_not_lift_the_wall() {
    let Some(shop) = filled().await else { return };
    let mut serving = Role::serving(shop.database_url()).await;
    for sql in [
        "ALTER TABLE account DISABLE ROW LEVEL SECURITY",
        "DROP POLICY one_tenant ON account",
        "DROP TABLE account",
        "TRUNCATE account CASCADE",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
    ] {
        let refused = serving.change(sql.to_owned()).await.unwrap_err().to_string();
        assert!(refused.contains("must be owner") || refused.contains("permission denied"), "{sql}: {refused}");
    }
}
