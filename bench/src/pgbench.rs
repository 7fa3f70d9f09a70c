//! The same row changes as an order makes, by `pgbench`: what the database can at best.

use std::{collections::HashMap, path::Path};

use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use tokio::process::Command;

/// Tables of which the server changes a row that is there. Of every other it inserts rows.
const CHANGED: [&str; 3] = ["cart", "stock_level", "channel"];

/// Where the rows that everybody changes stand in the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hot {
    /// Where the server has them: before the inserts. Whoever is next waits for all of it.
    First,
    /// Behind everything else: the shortest wait there can be.
    Last,
}

/// One transaction an order, as `pgbench` runs it.
#[derive(Debug)]
pub struct Script {
    cart: String,
    hot: [String; 2],
    inserts: Vec<String>,
}

impl Script {
    /// Reads from the database what the transaction that placed this order wrote.
    pub async fn of_order(url: &str, order: &str) -> Self {
        let mut conn = PgConnection::connect(url).await.expect("the database");
        let order = order_row(&mut conn, order).await;
        let (tenant, id) = (literal(&order["tenant_id"]), order["id"].clone());
        let mut rows = Vec::new();
        for table in tables(&mut conn).await {
            // The worker has touched the event since; it is known by the order.
            let which = if table == "outbox" {
                format!("aggregate_id = {} AND sequence = 1", literal(&id))
            } else {
                format!("xmin = (SELECT xmin FROM \"order\" WHERE id = {})", literal(&id))
            };
            rows.extend(select(&mut conn, &table, &which).await.into_iter().map(|row| (table.clone(), row)));
        }
        let names = fresh(&order, &rows);
        let is_changed = |table: &str| CHANGED.contains(&table);
        let insert = |(table, row): &(String, Map<String, Value>)| insert(table, row, &names);
        let inserts: Vec<_> = rows.iter().filter(|(table, _)| !is_changed(table)).map(insert).collect();
        let written: Vec<_> = rows.iter().map(|(table, _)| table.as_str()).collect();
        for table in CHANGED.iter().chain(&["order", "order_line", "reservation", "movement", "payment", "outbox"]) {
            assert!(written.contains(table), "an order without a row of {table}: {written:?}");
        }
        let level = rows.iter().find_map(|(table, row)| (table == "stock_level").then_some(row)).expect("a level");
        let level = format!(
            "UPDATE stock_level SET reserved = reserved + 1 WHERE tenant_id = {tenant} AND variant_id = {} \
             AND location_id = {} AND on_hand - reserved - safety >= 1;",
            literal(&level["variant_id"]),
            literal(&level["location_id"]),
        );
        let number = format!(
            "UPDATE channel SET next_number = next_number + 1 WHERE tenant_id = {tenant} AND id = {} \
             RETURNING next_number \\gset",
            literal(&order["channel_id"]),
        );
        let cart = format!(
            "UPDATE cart SET state = 'COMPLETED', order_id = {}, version = version + 1 WHERE tenant_id = {tenant} \
             AND id = (SELECT id FROM bench_cart WHERE n = :n) AND state = 'OPEN';",
            names[&text(&id)],
        );
        Self { cart, hot: [level, number], inserts }
    }

    /// Places orders of these carts, and says how many a second.
    pub async fn run(&self, (pgbench, url): (&Path, &str), carts: &[String], clients: usize, hot: Hot) -> f64 {
        let mut conn = PgConnection::connect(url).await.expect("the database");
        let first = offer(&mut conn, carts).await;
        let n_each = carts.len() / clients;
        let mut script = format!("\\set i :i + 1\n\\set n {first} + :client_id * {n_each} + :i\nBEGIN;\n");
        // The number is part of the order: its row is first in any case, the level's alone can be last.
        let (level, number) = (&self.hot[0], &self.hot[1]);
        let parts: Vec<&String> = match hot {
            Hot::First => [&self.cart, level, number].into_iter().chain(&self.inserts).collect(),
            Hot::Last => self.inserts.iter().chain([&self.cart, level, number]).collect(),
        };
        for part in parts {
            script.push_str(part);
            script.push('\n');
        }
        script.push_str("COMMIT;\n");
        if hot == Hot::Last {
            // Nothing else may wait for the number, so it is another's: as unique, and free of the row.
            script = script.replace("'B' || :next_number", "'L' || :n");
        }
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), script).expect("a script");
        let (clients, n_each) = (clients.to_string(), n_each.to_string());
        let ran = Command::new(pgbench)
            .args(["-n", "-M", "prepared", "-j", "2", "-D", "i=-1", "-c", &clients, "-t", &n_each, "-f"])
            .arg(file.path())
            .arg(url)
            .output()
            .await
            .expect("pgbench runs");
        let (said, wrong) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(ran.status.success() && !wrong.contains("ERROR"), "pgbench: {}\n{said}{wrong}", ran.status);
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        tps.unwrap_or_else(|| panic!("pgbench did not say how many: {said}"))
    }
}

/// Numbers the carts in a table of their own; says the first number.
async fn offer(conn: &mut PgConnection, carts: &[String]) -> i64 {
    let make = "CREATE TABLE IF NOT EXISTS bench_cart (n bigserial PRIMARY KEY, id uuid NOT NULL)";
    sqlx::query(make).execute(&mut *conn).await.expect("a table");
    let mut first = None;
    for cart in carts {
        let add = format!("INSERT INTO bench_cart (id) VALUES ('{}') RETURNING n", uuid_of(cart));
        let n = sqlx::query(AssertSqlSafe(add)).fetch_one(&mut *conn).await.expect("a cart").get::<i64, _>(0);
        first.get_or_insert(n);
    }
    first.expect("at least one cart")
}

async fn tables(conn: &mut PgConnection) -> Vec<String> {
    let sql = "SELECT c.table_name::text FROM information_schema.columns c \
               JOIN information_schema.tables t USING (table_schema, table_name) \
               WHERE c.column_name = 'tenant_id' AND t.table_schema = 'public' AND t.table_type = 'BASE TABLE' ORDER BY 1";
    let rows = sqlx::query(sql).fetch_all(conn).await.expect("the tables");
    rows.iter().map(|row| row.get(0)).collect()
}

async fn select(conn: &mut PgConnection, table: &str, which: &str) -> Vec<Map<String, Value>> {
    let sql = format!("SELECT to_jsonb(t)::text FROM \"{table}\" t WHERE {which}");
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await.unwrap_or_else(|error| panic!("{table}: {error}"));
    rows.iter().map(|row| serde_json::from_str(row.get(0)).expect("a row")).collect()
}

async fn order_row(conn: &mut PgConnection, order: &str) -> Map<String, Value> {
    let which = format!("id = '{}'", uuid_of(order));
    select(conn, "order", &which).await.pop().expect("the order")
}

/// What stands in place of each value that no two orders share.
fn fresh(order: &Map<String, Value>, rows: &[(String, Map<String, Value>)]) -> HashMap<String, String> {
    let ids = rows.iter().filter(|(table, _)| !CHANGED.contains(&table.as_str())).filter_map(|(_, row)| row.get("id"));
    let ids = ids.chain([&order["cart_id"]]).map(text);
    let id = |k: usize| format!("(lpad(to_hex(:n::bigint), 16, '0') || lpad('{k}', 16, '0'))::uuid");
    let mut names: HashMap<_, _> = ids.enumerate().map(|(k, value)| (value, id(k))).collect();
    names.insert(text(&order["number"]), "'B' || :next_number::text".to_owned());
    names.insert(text(&order["token_hash"]), "md5(:n::text)".to_owned());
    for (table, row) in rows {
        if table == "idempotency" {
            names.insert(text(&row["key"]), "'b' || :n::text".to_owned());
        }
    }
    names
}

fn insert(table: &str, row: &Map<String, Value>, names: &HashMap<String, String>) -> String {
    // What the worker writes later is no part of it.
    let later = ["position", "delivered_at", "number"];
    let is_part = |(column, value): &(&String, &Value)| {
        let is_later = table == "outbox" && later.contains(&column.as_str());
        !(is_later || value.is_null())
    };
    let (columns, values): (Vec<_>, Vec<_>) = row
        .iter()
        .filter(is_part)
        .map(|(column, value)| {
            let name = value.as_str().and_then(|value| names.get(value));
            (format!("\"{column}\""), name.cloned().unwrap_or_else(|| literal(value)))
        })
        .unzip();
    format!("INSERT INTO \"{table}\" ({}) VALUES ({});", columns.join(", "), values.join(", "))
}

/// A value as SQL. A colon would be a variable of `pgbench`: it is written as an escape.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a")),
        other => other.to_string(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

/// The UUID of an id such as `cart_01h…`: 26 digits of base 32 after the type.
fn uuid_of(id: &str) -> String {
    let (_, digits) = id.rsplit_once('_').expect("an id");
    let alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    let value = digits
        .chars()
        .fold(0_u128, |value, digit| (value << 5) | alphabet.find(digit).expect("a digit of base 32") as u128);
    format!("{value:032x}")
}
