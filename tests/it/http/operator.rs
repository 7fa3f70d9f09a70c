//! What operators and browsers ask besides GraphQL.

use reqwest::Method;
use serde_json::json;
use tests::{client::Reply, shop::Shop};

#[tokio::test(flavor = "multi_thread")]
async fn the_server_says_that_it_lives_and_that_it_is_ready() {
    let shop = Shop::open().await;
    let anybody = shop.anonymous().without_header("qafila-tenant");
    let alive = anybody.get("/healthz").await;
    assert_eq!((alive.status, alive.body), (200, json!("alive\n")));
    let ready = anybody.get("/readyz").await;
    assert_eq!((ready.status, ready.body), (200, json!("ready\n")));
    shop.db_execute("ALTER TABLE tenant RENAME TO tenant_elsewhere").await;
    let (alive, ready) = (anybody.get("/healthz").await, anybody.get("/readyz").await);
    shop.db_execute("ALTER TABLE tenant_elsewhere RENAME TO tenant").await;
    assert_eq!(alive.status, 200, "to start it anew would not help");
    assert_eq!(ready.status, 503);
    assert_eq!(ready.body, json!("the database cannot be reached or is not migrated\n"));
    assert_eq!(anybody.get("/readyz").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_count_by_route_and_status() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    guest.run("{ __typename }", json!({})).await;
    guest.post("nonsense").await;
    guest.get("/products/987654321").await;
    let reply = guest.get("/metrics").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/plain; version=0.0.4"));
    let page = reply.body.as_str().unwrap();
    for line in [
        "# TYPE qafila_http_request_seconds histogram",
        r#"qafila_http_request_seconds_count{route="/graphql",status="200"} 1"#,
        r#"qafila_http_request_seconds_count{route="/graphql",status="400"} 1"#,
        r#"qafila_http_request_seconds_count{route="none",status="404"} 1"#,
        "# TYPE qafila_sql_statements_total counter",
        "# TYPE qafila_events_waiting gauge",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\nis not in\n{page}");
    }
    assert!(!page.contains("987654321"), "paths are not names of metrics");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_wait_are_counted() {
    let shop = Shop::open().await;
    shop.work().await;
    assert_eq!(shop.metric("qafila_events_waiting").await, 0);
    shop.order(&[("TEA", 1)]).await;
    assert!(0 < shop.metric("qafila_events_waiting").await);
    shop.work().await;
    assert_eq!(shop.metric("qafila_events_waiting").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_may_ask() {
    let shop = Shop::open().await;
    let preflight = shop.anonymous().request(Method::OPTIONS, "/graphql").await;
    let preflight = preflight
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type,qafila-channel");
    let reply = Reply::to(preflight).await;
    assert_eq!(reply.status, 200);
    for header in ["access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers"] {
        assert_eq!(reply.header(header), "*", "{header}");
    }
    let asked = shop.anonymous().with_header("origin", "https://shop.example");
    for reply in [asked.try_run("{ __typename }", json!({})).await, asked.post("nonsense").await] {
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("access-control-expose-headers"), "*");
        assert_eq!(reply.header("access-control-allow-credentials"), "", "nothing is asked in a cookie's name");
    }
}
