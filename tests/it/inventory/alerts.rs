//! Those who want to hear when a variant can be had again.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{at_once::at_once, client::Client, shop::Shop, tenant::Tenant};

use super::ask::{changed, line, text, told};
use crate::cart::refusal::wrong;

const CREATE: &str = "mutation ($input: StockAlertCreateInput!) { stockAlertCreate(input: $input) {
    token userErrors { code field message } } }";

const DELETE: &str = "mutation ($input: StockAlertDeleteInput!) { stockAlertDelete(input: $input) {
    deletedStockAlert userErrors { code field } } }";

/// Asks to hear of a variant, and gives the payload.
pub async fn ask(client: &Client, variant: &str, email: &str, key: Option<&str>) -> Value {
    let input = json!({ "variant": variant, "email": email, "idempotencyKey": key });
    client.run(CREATE, json!({ "input": input })).await["stockAlertCreate"].take()
}

/// Asks to hear of incense, of which there is none, and gives the token.
pub async fn wish(tenant: &Tenant, client: &Client, email: &str) -> String {
    let payload = ask(client, &tenant.variant("INCENSE").await, email, None).await;
    assert_eq!(payload["userErrors"], json!([]));
    text(&payload["token"])
}

async fn delete(client: &Client, by: Value) -> Value {
    client.run(DELETE, json!({ "input": { "by": by } })).await["stockAlertDelete"].take()
}

/// Who waits, and who was told, as staff see it: address, language, channel, whether they were told.
pub async fn all(tenant: &Tenant, filter: Value) -> Vec<Value> {
    let query = "query ($filter: StockAlertFilter!) { stockAlerts(filter: $filter) {
        totalCount nodes { id email language { tag } channel createdAt toldAt variant { sku } } } }";
    let found = tenant.staff("CUSTOMER_READ").run(query, json!({ "filter": filter })).await["stockAlerts"].take();
    let nodes = found["nodes"].as_array().unwrap().clone();
    assert_eq!(found["totalCount"], nodes.len());
    nodes
}

/// Puts some incense on the shelf of a place.
async fn restock(shop: &Shop, code: &str, quantity: i64) {
    let line = line(shop, "INCENSE", code, json!({ "quantity": quantity })).await;
    changed(&shop.staff("STOCK_MANAGE"), "stockReceive", json!({ "lines": [line] })).await;
}

/// Whom the feed told of, in no order.
async fn due(shop: &Shop) -> Vec<String> {
    let query = r#"{ events(types: ["stock_alert.due"], first: 100) { nodes { aggregate payload } } }"#;
    let feed = shop.staff("EVENT_READ").run(query, json!({})).await["events"]["nodes"].take();
    let mut told: Vec<_> = feed.as_array().unwrap().iter().map(|one| text(&one["payload"]["email"])).collect();
    told.sort();
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_variant_is_told_once_when_it_is_back() {
    let shop = Shop::open().await;
    let guest = shop.anonymous().in_language("en");
    wish(&shop, &guest, " Layla@Customer.example ").await;
    wish(&shop, &shop.anonymous(), "noura@customer.example").await;
    shop.work().await;
    assert_eq!(due(&shop).await, Vec::<String>::new());
    restock(&shop, "riyadh", 2).await;
    shop.work().await;
    assert_eq!(due(&shop).await, ["layla@customer.example", "noura@customer.example"]);

    let seen = all(&shop, json!({ "isTold": true, "email": "LAYLA@customer.example" })).await;
    assert_eq!(seen.len(), 1);
    assert_eq!((&seen[0]["email"], &seen[0]["channel"]), (&json!("layla@customer.example"), &json!("web-sa")));
    assert_eq!((&seen[0]["language"]["tag"], &seen[0]["variant"]["sku"]), (&json!("en"), &json!("INCENSE")));
    assert!(seen[0]["toldAt"].is_string());
    let query = r#"{ events(types: ["stock_alert.due"]) { nodes { aggregate payload } } }"#;
    let feed = shop.staff("EVENT_READ").run(query, json!({})).await["events"]["nodes"].take();
    let of_layla = feed.as_array().unwrap().iter().find(|one| one["payload"]["email"] == "layla@customer.example");
    let event = of_layla.unwrap();
    assert_eq!(event["aggregate"], seen[0]["id"]);
    assert_eq!((&event["payload"]["alert"], &event["payload"]["language"]), (&seen[0]["id"], &json!("en")));
    assert_eq!(event["payload"]["variant"], shop.variant("INCENSE").await);

    // It goes, and comes once more: they heard of it already.
    let gone = line(&shop, "INCENSE", "riyadh", json!({ "delta": -2, "reason": "x" })).await;
    changed(&shop.staff("STOCK_MANAGE"), "stockAdjust", json!({ "lines": [gone] })).await;
    restock(&shop, "riyadh", 2).await;
    shop.later(Duration::from_hours(1));
    shop.work().await;
    assert_eq!(due(&shop).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_stands_in_no_audit_entry() {
    let shop = Shop::open().await;
    let token = wish(&shop, &shop.anonymous(), "layla.secret@customer.example").await;
    wish(&shop, &shop.anonymous(), "noura.secret@customer.example").await;
    delete(&shop.anonymous(), json!({ "token": token })).await;
    restock(&shop, "riyadh", 1).await;
    shop.work().await;
    for (action, n) in [("stock_alert.created", 2), ("stock_alert.withdrawn", 1), ("stock_alert.due", 1)] {
        let entries = told(&shop, action).await;
        assert_eq!(entries.len(), n, "{action}");
        assert!(entries.iter().all(|entry| entry["alert"].is_string()), "{entries:?}");
        assert!(!json!(entries).to_string().contains("secret"), "{entries:?}");
    }
    shop.verify().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_and_two_returns_of_stock_tell_each_once() {
    let shop = Shop::open().await;
    for n in 0..30 {
        wish(&shop, &shop.anonymous(), &format!("buyer{n:02}@customer.example")).await;
    }
    let replica = shop.replica().await;
    at_once(2, async |n| restock(&shop, ["riyadh", "jeddah"][n], 1).await).await;
    at_once(4, async |n| if n % 2 == 0 { shop.work().await } else { replica.work().await }).await;
    shop.work().await;
    let wanted: Vec<_> = (0..30).map(|n| format!("buyer{n:02}@customer.example")).collect();
    assert_eq!(due(&shop).await, wanted);
    replica.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_another_channel_is_told_when_it_can_be_had_there() {
    let shop = Shop::open().await;
    wish(&shop, &shop.anonymous().in_channel("web-kw"), "kuwait@customer.example").await;
    wish(&shop, &shop.anonymous(), "jeddah@customer.example").await;
    restock(&shop, "jeddah", 5).await;
    shop.work().await;
    assert_eq!(due(&shop).await, ["jeddah@customer.example"], "Kuwait is served from Riyadh alone");
    // No stock comes back here: the channel begins to sell from another place. It is found by looking again.
    let place = super::ask::place(&shop, "jeddah").await;
    let input = json!({ "channel": "web-kw", "locations": [{ "location": place }] });
    let query =
        "mutation ($input: ChannelLocationsSetInput!) { channelLocationsSet(input: $input) { userErrors { code } } }";
    shop.staff_all().done(query, json!({ "input": input })).await;
    shop.work().await;
    assert_eq!(due(&shop).await.len(), 1, "not yet");
    shop.later(Duration::from_mins(15));
    shop.work().await;
    assert_eq!(due(&shop).await, ["jeddah@customer.example", "kuwait@customer.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_that_is_taken_back_is_told_to_nobody() {
    let shop = Shop::open().await;
    let (guest, layla) = (shop.anonymous(), shop.customer("layla"));
    let token = wish(&shop, &guest, "guest@customer.example").await;
    wish(&shop, &layla, "layla@customer.example").await;
    let mine = "{ me { stockAlerts { id email variant { sku } } } }";
    let own = layla.run(mine, json!({})).await["me"]["stockAlerts"].take();
    assert_eq!((own.as_array().unwrap().len(), &own[0]["email"]), (1, &json!("layla@customer.example")));
    let guests = all(&shop, json!({ "email": "guest@customer.example" })).await[0]["id"].take();
    for client in [&guest, &layla, &shop.customer("omar")] {
        let payload =
            delete(client, json!({ "id": if client.token().await.is_some() { &guests } else { &own[0]["id"] } })).await;
        assert_eq!(wrong(&payload), ["NOT_FOUND by"], "it is somebody else's");
    }
    for token in ["x", &format!("{token}x")] {
        let none = delete(&guest, json!({ "token": token })).await;
        assert_eq!(none, json!({ "deletedStockAlert": null, "userErrors": [] }), "nobody learns whether there is one");
    }
    assert_eq!(wrong(&delete(&guest, json!({ "token": " " })).await), ["REQUIRED by"]);
    assert_eq!(wrong(&delete(&guest, json!({ "id": "x" })).await), ["INVALID_ID by"]);
    assert_eq!(all(&shop, json!({})).await.len(), 2);
    let done = delete(&guest, json!({ "token": token })).await;
    assert_eq!(done, json!({ "deletedStockAlert": null, "userErrors": [] }));
    let done = delete(&layla, json!({ "id": own[0]["id"] })).await;
    assert_eq!(done, json!({ "deletedStockAlert": own[0]["id"], "userErrors": [] }));
    assert_eq!(all(&shop, json!({})).await, Vec::<Value>::new(), "the addresses are gone");
    assert_eq!(layla.run(mine, json!({})).await["me"]["stockAlerts"], json!([]));
    restock(&shop, "riyadh", 1).await;
    shop.work().await;
    assert_eq!(due(&shop).await, Vec::<String>::new());

    let cup = line(&shop, "DALLAH", "riyadh", json!({ "delta": -1, "reason": "x" })).await;
    changed(&shop.staff("STOCK_MANAGE"), "stockAdjust", json!({ "lines": [cup] })).await;
    ask(&guest, &shop.variant("DALLAH").await, "guest@customer.example", None).await;
    let id = all(&shop, json!({})).await[0]["id"].take();
    let by_staff = delete(&shop.staff("STOCK_MANAGE"), json!({ "id": id })).await;
    assert_eq!(wrong(&by_staff), Vec::<String>::new());
    assert_eq!(wrong(&delete(&shop.staff("STOCK_MANAGE"), json!({ "id": id })).await), ["NOT_FOUND by"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_twice_waits_once_and_nobody_learns_of_it() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let first = wish(&shop, &guest, "layla@customer.example").await;
    let second = wish(&shop, &guest, "LAYLA@customer.example").await;
    assert_ne!(first, second);
    let answers = at_once(8, async |_| wish(&shop, &guest, "noura@customer.example").await).await;
    assert_eq!(answers.len(), 8);
    assert_eq!(all(&shop, json!({})).await.len(), 2);
    delete(&guest, json!({ "token": second })).await;
    assert_eq!(all(&shop, json!({})).await.len(), 2, "a stranger's token takes nothing back");
    delete(&guest, json!({ "token": first })).await;
    assert_eq!(all(&shop, json!({})).await.len(), 1);

    let incense = shop.variant("INCENSE").await;
    let once = ask(&guest, &incense, "sara@customer.example", Some("k")).await;
    assert_eq!(ask(&guest, &incense, "sara@customer.example", Some("k")).await, once, "the same token");
    let other = ask(&guest, &incense, "other@customer.example", Some("k")).await;
    assert_eq!(wrong(&other), ["IDEMPOTENCY_KEY_REUSED idempotencyKey"]);
    let elsewhere = guest.clone().in_channel("web-kw");
    wish(&shop, &elsewhere, "sara@customer.example").await;
    assert_eq!(all(&shop, json!({ "email": "sara@customer.example" })).await.len(), 2, "one in each channel");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_waited_for_and_whom_one_cannot_write_to_is_refused() {
    let shop = Shop::open().await;
    let guest = shop.anonymous();
    let (tea, incense) = (shop.variant("TEA").await, shop.variant("INCENSE").await);
    let theirs = shop.neighbour().variant("INCENSE").await;
    for (variant, email, code) in [
        (tea.as_str(), "layla@customer.example", "VARIANT_AVAILABLE variant"),
        (&theirs, "layla@customer.example", "NOT_FOUND variant"),
        ("tea", "layla@customer.example", "INVALID_ID variant"),
        (&incense, "layla@customer", "INVALID_EMAIL email"),
        (&incense, "", "REQUIRED email"),
        (&incense, "a\u{0}b@customer.example", "CONTROL_CHARACTER email"),
    ] {
        let payload = ask(&guest, variant, email, None).await;
        assert_eq!((wrong(&payload), &payload["token"]), (vec![code.to_owned()], &Value::Null), "{variant} {email}");
    }
    let [ar, en] = ["ar", "en"].map(|tag| guest.clone().in_language(tag));
    let message = async |client: &Client| {
        ask(client, &tea, "layla@customer.example", None).await["userErrors"][0]["message"].take()
    };
    assert_eq!(message(&ar).await, "هذا المنتج متوفر الآن، فلا حاجة إلى الانتظار.");
    assert_eq!(message(&en).await, "This product is available now: you do not need to wait for it.");
    assert_eq!(all(&shop, json!({})).await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_see_what_is_wanted_most() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let gone = line(&shop, "DALLAH", "riyadh", json!({ "delta": -1, "reason": "x" })).await;
    changed(&staff, "stockAdjust", json!({ "lines": [gone] })).await;
    let dallah = shop.variant("DALLAH").await;
    let kuwait = shop.anonymous().in_channel("web-kw");
    for n in 0..3 {
        ask(&shop.anonymous(), &dallah, &format!("{n}@customer.example"), None).await;
        if n < 2 {
            wish(&shop, &kuwait, &format!("{n}@customer.example")).await;
        }
    }
    let query = "query ($channel: String, $first: Int) { stockAlertCounts(channel: $channel, first: $first) {
        count variant { sku stockAlertCount } } }";
    let counts = async |variables: Value| staff.run(query, variables).await["stockAlertCounts"].take();
    let of = |sku: &str, n: i64| json!({ "count": n, "variant": { "sku": sku, "stockAlertCount": n } });
    assert_eq!(counts(json!({ "first": 20 })).await, json!([of("DALLAH", 3), of("INCENSE", 2)]));
    assert_eq!(counts(json!({ "first": 1 })).await, json!([of("DALLAH", 3)]));
    assert_eq!(counts(json!({ "channel": "web-kw", "first": 9 })).await, json!([of("INCENSE", 2)]));
    assert_eq!(counts(json!({ "channel": "nowhere", "first": 9 })).await, json!([]));
    assert_eq!(staff.try_run(query, json!({ "first": 101 })).await.codes(), ["PAGE_TOO_LARGE"]);
    let neighbour = shop.neighbour().staff_all();
    assert_eq!(neighbour.run(query, json!({ "first": 9 })).await["stockAlertCounts"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_are_forgotten() {
    let shop = Shop::open().await;
    wish(&shop, &shop.anonymous(), "told@customer.example").await;
    restock(&shop, "riyadh", 1).await;
    shop.work().await;
    let kuwait = line(&shop, "INCENSE", "riyadh", json!({ "delta": -1, "reason": "x" })).await;
    changed(&shop.staff("STOCK_MANAGE"), "stockAdjust", json!({ "lines": [kuwait] })).await;
    wish(&shop, &shop.anonymous(), "waits@customer.example").await;
    let emails = async || {
        let mut all: Vec<_> = all(&shop, json!({})).await.iter().map(|one| text(&one["email"])).collect();
        all.sort();
        all
    };
    shop.later(Duration::from_hours(30 * 24));
    shop.work().await;
    assert_eq!(emails().await.len(), 2);
    shop.later(Duration::from_hours(1));
    shop.work().await;
    assert_eq!(emails().await, ["waits@customer.example"], "who was told is forgotten after a month");
    shop.later(Duration::from_hours(335 * 24));
    shop.work().await;
    assert_eq!(emails().await, Vec::<String>::new(), "and who waits, after a year");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_waits_for_fifty_and_the_answer_does_not_tell() {
    let shop = Shop::open().await;
    let layla = shop.customer("layla");
    for n in 0..52 {
        wish(&shop, &layla, &format!("layla+{n}@customer.example")).await;
    }
    let own = layla.run("{ me { stockAlerts { id } } }", json!({})).await["me"]["stockAlerts"].take();
    assert_eq!(own.as_array().unwrap().len(), 50);
    wish(&shop, &shop.anonymous(), "layla+1@customer.example").await;
    wish(&shop, &shop.anonymous(), "layla+51@customer.example").await;
    assert_eq!(told(&shop, "stock_alert.created").await.len(), 51, "somebody else may");
}
