//! Sending to webhooks: again, in order, not too often, and nowhere inside.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::shop::Shop;

use super::receiver::{Answer, Receiver, Seen, act, deliveries, done, manager, quiet, subscribe, text, webhook};

/// Longer than the first wait, and shorter than the second.
const SOON: Duration = Duration::from_secs(6);

fn ids(seen: &[Seen]) -> Vec<String> {
    seen.iter().map(|seen| seen.header("webhook-id").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_taken_is_sent_again_with_the_same_id_and_body() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    receiver.answers(Answer::Says(500, format!("no{}", "x".repeat(9000))));
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert_eq!(receiver.seen().len(), 1, "not at once");
    let waiting = deliveries(&shop, json!({ "webhook": id })).await;
    assert_eq!((&waiting[0]["state"], &waiting[0]["deliveredAt"]), (&json!("PENDING"), &Value::Null));
    assert_eq!(shop.metric("qafila_webhook_deliveries_waiting").await, 1);
    assert_eq!(webhook(&shop, &id).await["failures"], 1);
    shop.later(SOON);
    receiver.says(200);
    shop.work().await;
    let seen = receiver.seen();
    assert_eq!((seen.len(), &seen[0].body), (2, &seen[1].body));
    assert_eq!(ids(&seen)[0], ids(&seen)[1]);
    assert_ne!(seen[0].header("webhook-timestamp"), seen[1].header("webhook-timestamp"));
    let sent = deliveries(&shop, json!({ "webhook": id })).await.remove(0);
    assert_eq!((&sent["state"], &sent["dueAt"]), (&json!("DELIVERED"), &Value::Null));
    let attempts = sent["attempts"].as_array().unwrap();
    let told: Vec<_> = attempts.iter().map(|one| (one["number"].clone(), one["status"].clone())).collect();
    assert_eq!(told, [(json!(1), json!(500)), (json!(2), json!(200))]);
    assert_eq!(text(&attempts[0]["response"]).len(), 4096, "what the answer began with");
    assert_eq!((&attempts[0]["url"], &attempts[0]["error"]), (&json!(receiver.url), &Value::Null));
    assert!(attempts[0]["durationMilliseconds"].is_i64());
    assert_eq!(webhook(&shop, &id).await["failures"], 0);
    assert_eq!(shop.metric("qafila_webhook_deliveries_waiting").await, 0);
    shop.later(Duration::from_hours(1));
    shop.work().await;
    assert_eq!(receiver.seen().len(), 2, "what was taken is not sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_one_order_wait_for_one_another_and_those_of_others_do_not() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    subscribe(&shop, &receiver.url, &["order.*"]).await;
    let first = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &first.id).await;
    receiver.says(503);
    shop.work().await;
    assert_eq!(receiver.heard(), ["order.placed"]);
    receiver.says(200);
    let second = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.make(&["orderConfirm"], &second.id).await;
    shop.work().await;
    let of = |order: &str| {
        let seen = receiver.seen().into_iter().skip(1).filter(|seen| seen.event()["aggregate"] == order);
        seen.map(|seen| seen.kind()).collect::<Vec<_>>()
    };
    assert_eq!(of(&second.id), ["order.placed", "order.confirmed"]);
    assert_eq!(of(&first.id), Vec::<String>::new());
    shop.later(SOON);
    shop.work().await;
    assert_eq!(of(&first.id), ["order.placed", "order.confirmed", "order.allocated"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_at_once_send_each_event_once() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    subscribe(&shop, &receiver.url, &["order.*"]).await;
    for _ in 0..6 {
        let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
        shop.make(&["orderConfirm"], &order.id).await;
    }
    tokio::join!(shop.work(), shop.work(), shop.work());
    shop.work().await;
    let mut all = ids(&receiver.seen());
    assert_eq!(all.len(), 12);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 12, "none twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_hangs_delays_nobody_else() {
    let (shop, hangs, well) = (Shop::open().await, Receiver::open().await, Receiver::open().await);
    let (slow, _) = subscribe(&shop, &hangs.url, &["order.*"]).await;
    subscribe(&shop, &well.url, &["order.*"]).await;
    hangs.answers(Answer::Nothing);
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    let began = Instant::now();
    let looking = async {
        while well.seen().is_empty() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        began.elapsed()
    };
    let ((), heard_after) = tokio::join!(shop.work(), looking);
    assert!(heard_after < Duration::from_secs(8), "{heard_after:?}: the other one is told meanwhile");
    assert_eq!(well.seen()[0].event()["aggregate"], order.id);
    let waiting = deliveries(&shop, json!({ "webhook": slow })).await.remove(0);
    let attempt = &waiting["attempts"][0];
    assert_eq!((&attempt["status"], &attempt["error"]), (&Value::Null, &json!("no answer in time")));
    hangs.says(200);
    shop.later(SOON);
    shop.work().await;
    assert_eq!(deliveries(&shop, json!({ "webhook": slow })).await[0]["state"], "DELIVERED");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_gone_is_told_no_more() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    receiver.says(410);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    assert_eq!(webhook(&shop, &id).await["isEnabled"], false);
    let dead = deliveries(&shop, json!({ "states": ["DEAD"] })).await;
    assert_eq!((dead.len(), &dead[0]["attempts"][0]["status"]), (1, &json!(410)));
    assert_eq!(shop.metric("qafila_webhook_deliveries_dead").await, 1);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.later(Duration::from_hours(2));
    shop.work().await;
    assert_eq!(receiver.seen().len(), 1);
    let feed = "{ events(types: [\"webhook.disabled\"]) { nodes { aggregate } } }";
    let told = shop.staff("EVENT_READ").run(feed, json!({})).await;
    assert_eq!(told["events"]["nodes"], json!([{ "aggregate": id }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_fails_again_and_again_is_left_alone_for_a_while_and_then_tried_with_one() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    receiver.says(500);
    for _ in 0..8 {
        shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    }
    shop.work().await;
    let n_tried = receiver.seen().len();
    assert!((5..=8).contains(&n_tried), "{n_tried}: four at once, and no more when five have failed");
    assert_ne!(webhook(&shop, &id).await["closedUntil"], Value::Null);
    shop.later(Duration::from_secs(30));
    shop.work().await;
    assert_eq!(receiver.seen().len(), n_tried, "nothing is tried");
    shop.later(Duration::from_mins(20));
    shop.work().await;
    assert_eq!(receiver.seen().len(), n_tried + 1, "one is, and fails");
    receiver.says(200);
    shop.later(Duration::from_mins(31));
    shop.work().await;
    assert_eq!(deliveries(&shop, json!({ "states": ["DELIVERED"] })).await.len(), 8);
    let well = webhook(&shop, &id).await;
    assert_eq!((&well["failures"], &well["closedUntil"]), (&json!(0), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_arrive_for_a_day_is_dead_until_somebody_replays_it() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    subscribe(&shop, &receiver.url, &["order.placed"]).await;
    receiver.says(500);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    for _ in 0..26 {
        shop.work().await;
        shop.later(Duration::from_hours(1));
    }
    shop.work().await;
    let dead = deliveries(&shop, json!({ "states": ["DEAD"] })).await.remove(0);
    let n_attempts = dead["attempts"].as_array().unwrap().len();
    assert!((8..=13).contains(&n_attempts), "{n_attempts}");
    let n_seen = receiver.seen().len();
    assert_eq!(n_seen, n_attempts);
    receiver.says(200);
    let replay = json!({ "delivery": dead["id"], "idempotencyKey": "k" });
    let replayed = done(&manager(&shop), "webhookDeliveryReplay", replay.clone()).await;
    assert_eq!(replayed["delivery"], json!({ "id": dead["id"], "event": dead["event"], "state": "PENDING" }));
    assert_eq!(done(&manager(&shop), "webhookDeliveryReplay", replay).await, replayed);
    let twice = act(&manager(&shop), "webhookDeliveryReplay", json!({ "delivery": dead["id"] })).await;
    assert_eq!(twice["userErrors"], json!([{ "code": "DELIVERY_PENDING", "field": ["delivery"] }]));
    shop.later(Duration::from_hours(1));
    shop.work().await;
    let seen = receiver.seen();
    assert_eq!(seen.len(), n_seen + 1);
    assert_eq!((ids(&seen)[n_seen].as_str(), &seen[n_seen].body), (dead["event"].as_str().unwrap(), &seen[0].body));
    let sent = deliveries(&shop, json!({ "event": dead["event"] })).await.remove(0);
    assert_eq!(sent["state"], "DELIVERED");
    // What arrived can be sent once more, too.
    done(&manager(&shop), "webhookDeliveryReplay", json!({ "delivery": dead["id"] })).await;
    shop.work().await;
    assert_eq!(receiver.seen().len(), n_seen + 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn redirects_are_not_followed() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) = subscribe(&shop, &receiver.url, &["order.placed"]).await;
    receiver.answers(Answer::Moved);
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert_eq!(receiver.seen().iter().map(|seen| seen.path.as_str()).collect::<Vec<_>>(), ["/hook"]);
    assert_eq!(deliveries(&shop, json!({ "webhook": id })).await[0]["attempts"][0]["status"], 307);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_leads_inside_is_not_followed() {
    let shop = Shop::open_with(|flags| flags.webhook_allowed_networks = Some("none".to_owned())).await;
    let receiver = Receiver::open().await;
    let url = receiver.url.replace("http://127.0.0.1", "https://localhost");
    let (id, _) = subscribe(&shop, &url, &["order.placed"]).await;
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert!(receiver.seen().is_empty());
    let tried = deliveries(&shop, json!({ "webhook": id })).await.remove(0);
    let said = "the host leads to no address that events may be sent to";
    assert_eq!((&tried["attempts"][0]["status"], &tried["attempts"][0]["error"]), (&Value::Null, &json!(said)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_nobody_answers_at_costs_an_attempt_and_nothing_else() {
    let shop = Shop::open().await;
    let (webhook, delivery) = quiet(&shop).await;
    shop.work().await;
    let tried = deliveries(&shop, json!({ "webhook": webhook })).await.remove(0);
    assert_eq!((&tried["id"], &tried["state"]), (&json!(delivery), &json!("PENDING")));
    assert_eq!(tried["attempts"][0]["error"], "no connection could be made");
}
