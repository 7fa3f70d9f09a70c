//! Whether what webhooks are sent is genuine, as a library of others finds out.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use standardwebhooks::Webhook;
use tests::shop::Shop;

use super::receiver::{Receiver, Seen, act, done, manager, subscribe, text, webhook};

/// Sets the clock to what it is: whoever verifies refuses what is old.
#[expect(clippy::disallowed_methods, reason = "the library that verifies asks the machine's clock")]
pub fn catch_up(shop: &Shop) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    shop.later(now - Duration::from_millis(u64::try_from(shop.now()).unwrap()));
}

/// Whether what came bears a signature of this secret.
pub fn is_genuine(secret: &str, seen: &Seen) -> bool {
    Webhook::new(secret).unwrap().verify(seen.body.as_bytes(), &seen.headers).is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_is_signed_so_that_anybodys_library_verifies_it() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    catch_up(&shop);
    let (_, secret) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    let (_, other) = subscribe(shop.neighbour(), &receiver.url, &["order.paid"]).await;
    assert!(secret.starts_with("whsec_") && secret.len() == "whsec_".len() + 44, "{secret}");
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let seen = receiver.seen().pop().expect("an event");
    assert!(is_genuine(&secret, &seen));
    assert!(!is_genuine(&other, &seen), "another one's secret");
    let tampered = Seen { body: seen.body.replace("order.placed", "order.paid"), ..seen.clone() };
    assert!(!is_genuine(&secret, &tampered));
    let mut renamed = seen.clone();
    renamed.headers.insert("webhook-id", "event_01h455vb4pex5vsknk084sn02q".parse().unwrap());
    assert!(!is_genuine(&secret, &renamed));
    let event = seen.event();
    assert_eq!(
        (seen.header("webhook-id"), seen.header("content-type")),
        (event["id"].as_str().unwrap(), "application/json")
    );
    assert_eq!((&event["type"], &event["aggregate"]), (&json!("order.placed"), &json!(order.id)));
    assert_eq!(event["data"]["number"], order.number);
    let keys: Vec<_> = event.as_object().unwrap().keys().cloned().collect();
    let mut wanted = [
        "id",
        "type",
        "timestamp",
        "schemaVersion",
        "sequence",
        "aggregate",
        "actor",
        "correlationId",
        "cause",
        "data",
    ];
    wanted.sort_unstable();
    assert_eq!(keys, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_rotation_both_secrets_sign_for_a_day() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    catch_up(&shop);
    shop.later(Duration::ZERO);
    let (id, old) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    let rotated = done(&manager(&shop), "webhookSecretRotate", json!({ "webhook": id })).await;
    let new = text(&rotated["secret"]);
    assert_ne!(old, new);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    let seen = receiver.seen().pop().unwrap();
    assert_eq!(seen.header("webhook-signature").split(' ').count(), 2);
    assert!(is_genuine(&old, &seen) && is_genuine(&new, &seen));
    assert_ne!(webhook(&shop, &id).await["previousSecretUntil"], json!(null));

    shop.later(Duration::from_hours(24));
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    let seen = receiver.seen().pop().unwrap();
    let signature = seen.header("webhook-signature").to_owned();
    let at = seen.header("webhook-timestamp").parse().unwrap();
    let by = |secret: &str| Webhook::new(secret).unwrap().sign(seen.header("webhook-id"), at, seen.body.as_bytes());
    assert_eq!(by(&new).unwrap(), signature);
    assert_ne!(by(&old).unwrap(), signature);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_shown_once_and_stands_nowhere() {
    let shop = Shop::open().await;
    let staff = manager(&shop);
    let input = json!({ "name": "ERP", "url": "https://erp.example/hook?token=hush", "isEnabled": false,
        "idempotencyKey": "once" });
    let made = done(&staff, "webhookCreate", input.clone()).await;
    let again = done(&staff, "webhookCreate", input.clone()).await;
    assert_eq!(again, made, "the answer was lost, and is asked for again");
    let mut other = input;
    other["name"] = json!("WMS");
    let refused = act(&staff, "webhookCreate", other).await;
    assert_eq!(refused["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(refused["secret"], json!(null));
    let query = "{ auditEntries(page: { first: 100 }) { nodes { after } } }";
    let audit = shop.staff("AUDIT_READ").run(query, json!({})).await.to_string();
    assert!(audit.contains("webhookCreate") || audit.contains("ERP"), "{audit}");
    assert!(!audit.contains("hush") && !audit.contains("whsec"), "{audit}");
    shop.work().await;
    let feed =
        shop.staff("EVENT_READ").run("{ events(types: [\"webhook.*\"]) { nodes { payload } } }", json!({})).await;
    assert!(!feed.to_string().contains("hush"), "{feed}");
    let id = text(&made["webhook"]["id"]);
    let first = done(&staff, "webhookSecretRotate", json!({ "webhook": id, "idempotencyKey": "turn" })).await;
    let second = done(&staff, "webhookSecretRotate", json!({ "webhook": id, "idempotencyKey": "turn" })).await;
    assert_eq!(first, second);
    assert_ne!(first["secret"], made["secret"]);
}
