//! Orders as files.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, world::riyadh};

use super::ask::{done, standing};

/// The rows of a file of JSON lines.
async fn rows(client: &Client, query: &str) -> Vec<Value> {
    let reply = client.get(&format!("/export/orders?format=jsonl{query}")).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/jsonl; charset=utf-8"), "{reply}");
    match &reply.body {
        Value::String(text) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        // One line alone is JSON by itself.
        one => vec![one.clone()],
    }
}

async fn numbers(client: &Client, query: &str) -> Vec<String> {
    let rows = rows(client, query).await;
    rows.iter().map(|row| format!("{} {}", row["number"].as_str().unwrap(), row["sku"].as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_line_of_an_order_is_a_row() {
    let shop = Shop::open().await;
    let order = shop.customer("layla").order(&[("TEA", 12), ("DATES", 1)]).await;
    done(&shop.staff_all(), "orderTagsAdd", &order.id, json!({ "tags": ["VIP", "هدية"] })).await;
    let found = rows(&shop.staff("ORDER_READ"), "").await;
    assert_eq!(found.len(), 2);
    let row = &found[1];
    let expected = json!({
        "number": "W1001", "placed_at": "2026-03-01T09:00:00Z", "state": "PLACED", "channel": "web-sa",
        "language": "ar", "email": "guest@customer.example", "phone": "+966512345678", "customer": row["customer"],
        "recipient": "ليلى أحمد", "country": "SA", "city": "الرياض", "payment_method": "CASH_ON_DELIVERY",
        "payment_status": "PENDING", "tags": ["VIP", "هدية"], "currency": "SAR", "order_subtotal": "253.00",
        "order_discount": "11.50", "order_delivery": "18.00", "order_delivery_discount": "0.00",
        "order_payment_fee": "15.00", "order_tax": "35.81", "order_total": "274.50", "line": 2, "sku": "DATES",
        "name_ar": row["name_ar"], "name_en": row["name_en"], "quantity": 1, "unit_price": "115.00",
        "line_subtotal": "115.00", "line_discount": "11.50", "line_total": "103.50", "line_tax_rate_percent": "15",
        "line_tax": "13.50",
    });
    assert_eq!(*row, expected);
    assert!(row["customer"].as_str().unwrap().starts_with("account_"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn spreadsheets_read_arabic_and_reckon_with_nothing() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let cart = guest.cart_ready(&[("TEA", 1)], "CASH_ON_DELIVERY").await;
    let mut address = riyadh();
    address["name"] = json!("=HYPERLINK(\"http://x.example\", \"ليلى\")");
    guest.steps(&cart, json!([{ "shippingAddressSet": { "address": address } }])).await;
    guest.checkout(&cart).await;
    let reply = shop.staff("ORDER_READ").get("/export/orders").await;
    assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"orders.csv\"");
    let Value::String(text) = &reply.body else { panic!("not a text: {reply}") };
    // Reading the answer as text takes the mark away.
    let text = text.trim_start_matches('\u{feff}');
    let lines: Vec<_> = text.split("\r\n").collect();
    assert_eq!(lines.len(), 3, "a head, a row, and the end of it: {text}");
    assert!(lines[0].starts_with("number,placed_at,state,channel,"), "{text}");
    assert!(lines[1].starts_with("W1001,2026-03-01T09:00:00Z,PLACED,web-sa,ar,guest@customer.example,'+966512345678,"));
    assert!(lines[1].contains(",\"'=HYPERLINK(\"\"http://x.example\"\", \"\"ليلى\"\")\",SA,الرياض,"), "{text}");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_what_the_filter_wants_however_many_pages_that_are() {
    let shop = Shop::open().await;
    let staff = shop.staff("ORDER_READ");
    assert!(rows(&staff, "").await.is_empty(), "nothing is no row");
    for n in 0..53 {
        let sku = if n % 2 == 0 { "COFFEE-250-LIGHT" } else { "COFFEE-500-LIGHT" };
        shop.order(&[(sku, 1)]).await;
        if n == 25 {
            shop.later(Duration::from_hours(1));
        }
    }
    let all: Vec<_> = (0..53).map(|n| format!("W{} COFFEE-{}-LIGHT", 1001 + n, 250 + n % 2 * 250)).collect();
    assert_eq!(numbers(&staff, "").await, all, "the oldest first, none twice and none left out");
    let cancelled = standing(&shop, "CANCELLED").await;
    done(&shop.staff_all(), "orderTagsAdd", &cancelled.id, json!({ "tags": ["هدية"] })).await;
    let last = [format!("{} COFFEE-250-LIGHT", cancelled.number)];
    for (query, expected) in [
        ("&states=CANCELLED,REFUNDED", &last[..]),
        ("&tag=%D9%87%D8%AF%D9%8A%D9%87", &last),
        ("&number=W1003", &all[2..3]),
        ("&sku=COFFEE-500-LIGHT&number=W1003", &[]),
        ("&placedUntil=2026-03-01T10:00:00Z", &all[..26]),
        ("&placedFrom=2026-03-01T10:00:00Z&states=PLACED", &all[26..]),
        ("&channel=web-kw", &[]),
        ("&location=riyadh", &[]),
        ("&search=w1002", &all[1..2]),
    ] {
        assert_eq!(numbers(&staff, query).await, expected, "{query}");
    }
    let of_nobody = "&customer=account_01h455vb4pex5vsknk084sn02q";
    assert!(rows(&staff, of_nobody).await.is_empty());
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_orders_takes_none_away() {
    let shop = Shop::open().await;
    shop.order(&[("TEA", 1)]).await;
    for (client, status, code) in [
        (shop.anonymous(), 401, "UNAUTHENTICATED"),
        (shop.customer("layla"), 403, "FORBIDDEN"),
        (shop.staff("STOCK_READ"), 403, "FORBIDDEN"),
    ] {
        let reply = client.get("/export/orders").await;
        assert_eq!((reply.status, reply.codes()), (status, vec![code]), "{reply}");
    }
    let staff = shop.staff("ORDER_READ").in_language("en");
    for query in ["format=xls", "states=NONE", "customer=x", "channel=nowhere", "placedFrom=today", "colour=red"] {
        let reply = staff.get(&format!("/export/orders?{query}")).await;
        assert_eq!((reply.status, reply.codes()), (400, vec!["INVALID_PARAMETER"]), "{query}: {reply}");
        let name = query.split('=').next().unwrap();
        assert!(reply.body["errors"][0]["message"].as_str().unwrap().contains(name), "{reply}");
    }
    shop.close().await;
}
