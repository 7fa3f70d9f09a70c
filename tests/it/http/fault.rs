//! When it is our fault.

use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};
use tests::{
    client::{Client, Reply},
    shop::Shop,
};

use super::asking::plain;

const CREATE: &str = "mutation ($variant: ID!) { cartCreate(input: { lines: [{ variant: $variant, quantity: 1 }] }) {
    cart { id } userErrors { code } } }";
const CART: &str = "{ me { cart { id } } }";

/// It says what to report, and nothing of how the shop is built.
fn assert_opaque(reply: &Reply, language: &str) {
    assert_eq!((reply.codes(), &reply.body["data"]), (vec!["INTERNAL"], &Value::Null));
    let (message, trace) = (plain(&reply.body["errors"][0]["message"]), reply.header("x-request-id"));
    let said = if language == "ar" { "حدث" } else { "Something went wrong on our side." };
    assert!(message.contains(trace) && message.contains(said), "{trace:?}: {message}");
    assert_eq!((trace.is_empty(), reply.header("content-language")), (false, language));
    let body = reply.body.to_string().to_lowercase();
    for inside in ["select", "insert", "table", "relation", "sqlite", "postgres", "sqlx", "tenant_id", "elsewhere"] {
        assert!(!body.contains(inside), "{inside}: {body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_a_query_tells_a_trace_and_no_sql() {
    let shop = Shop::open().await;
    let staff = shop.staff("CUSTOMER_READ").with_header("x-request-id", "trace-of-mine");
    staff.run("{ organisations { nodes { code } } }", json!({})).await;
    shop.db_execute("ALTER TABLE organisation RENAME TO elsewhere").await;
    for language in ["ar", "en"] {
        let staff = staff.clone().in_language(language);
        let reply = staff.try_run("{ organisations { nodes { code } } }", json!({})).await;
        assert_opaque(&reply, language);
        assert_eq!((reply.status, reply.header("x-request-id")), (200, "trace-of-mine"));
        let beside = staff.run("{ customers { totalCount } }", json!({})).await;
        assert_eq!(beside["customers"]["totalCount"], 2, "the rest goes on");
    }
    shop.db_execute("ALTER TABLE elsewhere RENAME TO organisation").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_amid_a_mutation_undoes_what_was_done_before_it() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let variables = json!({ "variant": shop.variant("TEA").await });
    assert_eq!(layla.run(CART, json!({})).await["me"]["cart"], Value::Null);
    shop.db_execute("ALTER TABLE cart_line RENAME TO elsewhere").await;
    let reply = layla.clone().in_language("en").try_run(CREATE, variables.clone()).await;
    shop.db_execute("ALTER TABLE elsewhere RENAME TO cart_line").await;
    assert_opaque(&reply, "en");
    assert_eq!(layla.run(CART, json!({})).await["me"]["cart"], Value::Null, "the cart was made before its lines");
    layla.done(CREATE, variables).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_before_anybody_is_let_in_is_as_opaque() {
    let shop = Shop::open().await;
    shop.db_execute("ALTER TABLE tenant RENAME TO elsewhere").await;
    let reply = shop.anonymous().with_header("accept-language", "en").try_run("{ __typename }", json!({})).await;
    shop.db_execute("ALTER TABLE elsewhere RENAME TO tenant").await;
    assert_eq!(reply.status, 500);
    assert_opaque(&reply, "en");
}

/// Locks what a cart is written to, until it is released.
enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Held {
    async fn db_hold(shop: &Shop) -> Self {
        let url = shop.database_url();
        if url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(url).await.unwrap();
            connection.execute("BEGIN IMMEDIATE").await.unwrap();
            Self::Sqlite(connection)
        } else {
            let mut connection = PgConnection::connect(url).await.unwrap();
            connection.execute("BEGIN; LOCK TABLE cart IN ACCESS EXCLUSIVE MODE").await.unwrap();
            Self::Postgres(connection)
        }
    }

    async fn db_release(self) {
        match self {
            Self::Sqlite(mut connection) => connection.execute("ROLLBACK").await.map(drop),
            Self::Postgres(mut connection) => connection.execute("ROLLBACK").await.map(drop),
        }
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_takes_too_long_is_given_up_and_changes_nothing() {
    let shop = Shop::open_with(|flags| flags.request_timeout_seconds = Some("1".to_owned())).await;
    let layla = shop.customer("layla");
    let variables = json!({ "variant": layla.variant("TEA").await });
    for (language, message) in [
        ("ar", "استغرقت العملية وقتًا أطول من المسموح به. يُرجى المحاولة مرة أخرى."),
        ("en", "This took longer than allowed. Please try again."),
    ] {
        let held = Held::db_hold(&shop).await;
        let reply = layla.clone().in_language(language).try_run(CREATE, variables.clone()).await;
        held.db_release().await;
        assert_eq!((reply.status, reply.codes()), (504, vec!["TIMED_OUT"]));
        assert_eq!(plain(&reply.body["errors"][0]["message"]), message);
        assert_eq!(reply.header("content-language"), language);
    }
    assert_eq!(layla.run(CART, json!({})).await["me"]["cart"], Value::Null);
    layla.done(CREATE, variables).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_vain_for_what_others_hold_is_asked_to_come_back() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    let variables = json!({ "variant": layla.variant("TEA").await });
    let held = Held::db_hold(&shop).await;
    let reply = layla.try_run(CREATE, variables.clone()).await;
    held.db_release().await;
    assert_eq!((reply.status, reply.codes(), reply.header("retry-after")), (503, vec!["OVERLOADED"], "1"));
    assert_eq!(layla.run(CART, json!({})).await["me"]["cart"], Value::Null);
    layla.done(CREATE, variables).await;
}

/// Runs an operation as soon as there is a place for it.
async fn run_once_admitted(client: Client, query: &str, variables: Value) -> Reply {
    loop {
        let reply = client.try_run(query, variables.clone()).await;
        if reply.status != 503 {
            return reply;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_in_a_rush_is_asked_to_come_back_at_once() {
    let shop = Shop::open_with(|flags| flags.max_requests_at_once = Some("2".to_owned())).await;
    let layla = shop.customer("layla");
    let variables = json!({ "variant": layla.variant("TEA").await });
    let held = Held::db_hold(&shop).await;
    // Two that wait for what is locked, each once it has a place, until a third finds none.
    let waiting: Vec<_> =
        (0..2).map(|_| tokio::spawn(run_once_admitted(layla.clone(), CREATE, variables.clone()))).collect();
    let ask = async || shop.anonymous().try_run("{ __typename }", json!({})).await;
    let mut reply = ask().await;
    while reply.status == 200 {
        reply = ask().await;
    }
    assert_eq!((reply.status, reply.codes(), reply.header("retry-after")), (503, vec!["OVERLOADED"], "1"));
    assert_eq!(reply.header("content-language"), "ar");
    let english = shop.anonymous().with_header("accept-language", "en").try_run("{ __typename }", json!({})).await;
    assert_eq!(
        plain(&english.body["errors"][0]["message"]),
        "We are very busy right now. Please try again in a moment."
    );
    held.db_release().await;
    for reply in waiting {
        let reply = reply.await.unwrap();
        assert_eq!((reply.status, reply.codes()), (200, vec![]), "who has a place is served");
    }
    assert_eq!(ask().await.status, 200);
}
