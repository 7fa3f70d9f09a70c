//! What a webhook is sent, as its own query shapes it.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{client::Client, shop::Shop};

use super::{
    receiver::{NOWHERE, Receiver, Seen, act, deliveries, done, manager, subscribe, text},
    signing::{catch_up, is_genuine},
};
use crate::inventory::ask::{changed, level, line};

/// Longer than the first wait, and shorter than the second.
const SOON: Duration = Duration::from_secs(6);

const ORDER: &str = "query ($id: ID!) { order(by: { id: $id }) { number state lines { sku quantity } } }";

/// Has a receiver told of placed orders as a query has it; says the webhook's id and its secret.
async fn ask(staff: &Client, url: &str, query: &str) -> (String, String) {
    let input = json!({ "name": "ERP", "url": url, "types": ["order.placed"], "payloadQuery": query });
    let made = done(staff, "webhookCreate", input).await;
    (text(&made["webhook"]["id"]), text(&made["secret"]))
}

/// The query of a webhook, in whose name it is run, and how often the webhook was changed.
async fn asked(staff: &Client, webhook: &str) -> Value {
    let query = "query ($id: ID!) { webhook(id: $id) { payloadQuery payloadAccount version } }";
    staff.run(query, json!({ "id": webhook })).await["webhook"].take()
}

/// What was made of the deliveries to a webhook, the latest first, as far as one may see it.
async fn bodies(staff: &Client, webhook: &str) -> Vec<Value> {
    let query = "query ($id: ID!) { webhookDeliveries(filter: { webhook: $id }) { nodes { body } } }";
    let found = staff.run(query, json!({ "id": webhook })).await["webhookDeliveries"]["nodes"].take();
    found.as_array().unwrap().iter().map(|one| one["body"].clone()).collect()
}

async fn me(staff: &Client) -> Value {
    staff.run("{ me { id } }", json!({})).await["me"]["id"].take()
}

/// Has the latest delivery to a webhook sent once more.
async fn replay(shop: &Shop, webhook: &str) {
    let sent = deliveries(shop, json!({ "webhook": webhook })).await.pop().unwrap();
    done(&manager(shop), "webhookDeliveryReplay", json!({ "delivery": sent["id"] })).await;
    shop.work().await;
}

fn all_alike(seen: &[Seen]) -> bool {
    seen.windows(2).all(|pair| pair[0].body == pair[1].body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_sent_what_it_asks_for_signed_and_in_the_envelope_of_all_others() {
    let (shop, receiver, other) = (Shop::open().await, Receiver::open().await, Receiver::open().await);
    catch_up(&shop);
    let staff = shop.staff_all();
    let (id, secret) = ask(&staff, &receiver.url, ORDER).await;
    subscribe(&shop, &other.url, &["order.placed"]).await;
    let order = shop.order(&[("TEA", 2)]).await;
    shop.work().await;
    let seen = receiver.seen().remove(0);
    assert!(is_genuine(&secret, &seen));
    let (mut shaped, mut plain) = (seen.event(), other.seen()[0].event());
    let lines = json!([{ "sku": "TEA", "quantity": 2 }]);
    let wanted = json!({ "order": { "number": order.number, "state": "PLACED", "lines": lines } });
    assert_eq!(shaped["data"].take(), wanted);
    assert_eq!(plain["data"].take()["number"], order.number, "who asks for nothing is sent the event");
    assert_eq!(shaped, plain, "all else is as ever, and there are no errors");
    assert_eq!(seen.header("webhook-id"), text(&shaped["id"]));
    assert_eq!(bodies(&staff, &id).await, [json!(seen.body)], "the log has what was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_attempt_and_every_replay_sends_the_same_bytes() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    catch_up(&shop);
    let staff = shop.staff_all();
    let (id, secret) = ask(&staff, &receiver.url, ORDER).await;
    receiver.says(500);
    let order = shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    shop.make(&["orderConfirm"], &order.id).await;
    receiver.says(204);
    shop.later(SOON);
    shop.work().await;
    assert_eq!(receiver.seen()[0].event()["data"]["order"]["state"], "PLACED", "as it was at the first attempt");
    for query in [json!("{ me { id } }"), Value::Null] {
        done(&staff, "webhookUpdate", json!({ "webhook": id, "payloadQuery": query })).await;
        replay(&shop, &id).await;
    }
    let seen = receiver.seen();
    assert!(seen.len() == 4 && all_alike(&seen), "{seen:#?}");
    assert!(seen.iter().all(|one| is_genuine(&secret, one)));
    // What had its delivery when there was no query is sent as it is, for ever.
    receiver.forget();
    receiver.says(500);
    shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    shop.work().await;
    done(&staff, "webhookUpdate", json!({ "webhook": id, "payloadQuery": ORDER })).await;
    receiver.says(204);
    shop.later(SOON);
    shop.work().await;
    let seen = receiver.seen();
    assert!(seen.len() == 2 && all_alike(&seen), "{seen:#?}");
    assert!(seen[0].event()["data"]["number"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_at_once_make_one_payload_of_each_event() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let staff = shop.staff_all();
    let (id, _) = ask(&staff, &receiver.url, ORDER).await;
    for _ in 0..6 {
        shop.order(&[("COFFEE-250-LIGHT", 1)]).await;
    }
    tokio::join!(shop.work(), shop.work(), shop.work());
    shop.work().await;
    let mut sent: Vec<_> = receiver.seen().into_iter().map(|seen| json!(seen.body)).collect();
    let mut kept = bodies(&staff, &id).await;
    sent.sort_by_key(Value::to_string);
    kept.sort_by_key(Value::to_string);
    assert_eq!((sent.len(), sent), (6, kept));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_shape_a_payload_is_refused_and_nothing_changes() {
    let shop = Shop::open_with(|flags| {
        flags.max_query_depth = Some("6".to_owned());
        flags.max_query_complexity = Some("200".to_owned());
    })
    .await;
    let staff = shop.staff_all();
    let (id, _) = ask(&staff, NOWHERE, ORDER).await;
    let before = asked(&staff, &id).await;
    let many: Vec<_> = (0..31).map(|n| format!("a{n}: me {{ id }}")).collect();
    let many = format!("{{ {} }}", many.join(" "));
    let deep = "{ orders { nodes { lines { variant { product { category { id } } } } } } }";
    let in_arguments = format!("{{ orders(page: {}1{}) {{ totalCount }} }}", "[".repeat(900), "]".repeat(900));
    for (query, said) in [
        ("{ orders", "1:9: expected "),
        ("{ nothing }", "1:3: Unknown field \"nothing\""),
        ("{ order }", "order"),
        (
            "query ($id: ID!) { orders(page: { first: $id }) { totalCount } }",
            "Invalid value for argument \"page.first\"",
        ),
        (
            "query ($id: Int!) { order(by: { id: $id }) { id } }",
            "there is no $id: Int!, but $id: ID!, $order: ID!, $variant: ID!, $location: ID!",
        ),
        ("query ($event: ID!) { order(by: { id: $event }) { id } }", "there is no $event: ID!, but $id: ID!"),
        ("query A { me { id } } query B { me { id } }", "there must be exactly one operation"),
        ("mutation { signOut { userErrors { code } } }", "the operation must be a query"),
        ("subscription { orderChanged { id } }", "the operation must be a query"),
        (deep, "Query is nested too deep."),
        (&in_arguments, "Query is nested too deep."),
        ("{ events(first: 100) { nodes { id aggregate } } }", "Query is too complex."),
        (many.as_str(), "The query has more than \u{2068}30\u{2069} aliases. Please split it."),
    ] {
        let query_of = |name: &str| {
            let kind = format!("W{}Input", &name[1..]);
            format!(
                "mutation ($input: {kind}!) {{ {name}(input: $input) {{
                webhook {{ id }} userErrors {{ code field message params {{ name value }} }} }} }}"
            )
        };
        let create = json!({ "name": "", "url": NOWHERE, "payloadQuery": query });
        let update = json!({ "webhook": id, "name": "WMS", "payloadQuery": query });
        for (name, input, n_wrong) in [("webhookCreate", create, 2), ("webhookUpdate", update, 1)] {
            let english = staff.clone().in_language("en");
            let payload = english.run(&query_of(name), json!({ "input": input })).await[name].take();
            let errors = payload["userErrors"].as_array().unwrap();
            assert_eq!((&payload["webhook"], errors.len()), (&Value::Null, n_wrong), "{query}: {errors:?}");
            let wrong = errors.last().unwrap();
            let what = (&wrong["code"], &wrong["field"], &wrong["params"][0]["name"]);
            assert_eq!(what, (&json!("INVALID_PAYLOAD_QUERY"), &json!(["payloadQuery"]), &json!("detail")), "{query}");
            let detail = text(&wrong["params"][0]["value"]);
            assert!(detail.contains(said), "{query}: {detail}");
            assert!(text(&wrong["message"]).contains(&detail) && text(&wrong["message"]).starts_with("This query"));
        }
    }
    for (query, code) in [("a\0b", "CONTROL_CHARACTER"), (&"x".repeat(8001), "TOO_LONG"), ("\u{200F}", "REQUIRED")] {
        let refused = act(&staff, "webhookUpdate", json!({ "webhook": id, "payloadQuery": query })).await;
        assert_eq!(refused["userErrors"], json!([{ "code": code, "field": ["payloadQuery"] }]));
    }
    assert_eq!(asked(&staff, &id).await, before);
    assert_eq!(staff.run("{ webhooks { totalCount } }", json!({})).await["webhooks"]["totalCount"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_is_written_down_changed_and_taken_away() {
    let shop = Shop::open().await;
    let staff = shop.staff_all();
    let account = me(&staff).await;
    let (id, _) = ask(&staff, NOWHERE, &format!(" {ORDER}\n")).await;
    assert_eq!(asked(&staff, &id).await, json!({ "payloadQuery": ORDER, "payloadAccount": account, "version": 1 }));
    let change = async |what: Value| {
        let mut input = what;
        input["webhook"] = json!(id);
        done(&staff, "webhookUpdate", input).await;
        asked(&staff, &id).await
    };
    assert_eq!(change(json!({ "name": "WMS" })).await["payloadQuery"], ORDER, "what is left out stays");
    assert_eq!(change(json!({ "payloadQuery": "{ me { id } }" })).await["payloadQuery"], "{ me { id } }");
    let none = json!({ "payloadQuery": null, "payloadAccount": null, "version": 4 });
    assert_eq!(change(json!({ "payloadQuery": null })).await, none);
    assert_eq!(change(json!({ "payloadQuery": ORDER })).await["payloadQuery"], ORDER);
    assert_eq!(change(json!({ "payloadQuery": " " })).await["payloadQuery"], Value::Null);
    let query = "query ($id: ID!) { auditEntries(filter: { record: $id }) { nodes { action before after } } }";
    let entries = staff.run(query, json!({ "id": id })).await["auditEntries"]["nodes"].take();
    let queries = |of: &str| {
        let entries = entries.as_array().unwrap().iter();
        entries.map(|entry| entry[of]["payload_query"].clone()).collect::<Vec<_>>()
    };
    let me = json!("{ me { id } }");
    let after = [Value::Null, json!(ORDER), Value::Null, me.clone(), json!(ORDER), json!(ORDER)];
    assert_eq!(queries("after"), after);
    assert_eq!(queries("before")[..5], [json!(ORDER), Value::Null, me, json!(ORDER), json!(ORDER)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_its_author_may_no_longer_see_is_told_to_nobody() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let query = "query ($id: ID!) { order(by: { id: $id }) { number email } customers { nodes { email } } }";
    ask(&shop.staff_all(), &receiver.url, query).await;
    let (alone, other) = (Receiver::open().await, Receiver::open().await);
    ask(&shop.staff_all(), &alone.url, ORDER).await;
    ask(&manager(&shop), &other.url, ORDER).await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let told = receiver.seen()[0].event();
    assert_eq!(told["data"]["order"], json!({ "number": order.number, "email": "guest@customer.example" }));
    assert!(told["data"]["customers"]["nodes"][0]["email"].is_string() && told.get("errors").is_none(), "{told}");
    let theirs = other.seen()[0].event();
    assert_eq!(theirs["data"], json!({ "order": null }), "who stored it may set up webhooks, and see no orders");
    let gone =
        "DELETE FROM account_role WHERE account_id IN (SELECT id FROM account WHERE email = 'all@staff.example')";
    assert!(0 < shop.db_execute(gone).await);
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let told = receiver.seen()[1].event();
    assert_eq!((&told["data"], &told["errors"][0]["path"]), (&json!({ "order": null }), &json!(["customers"])));
    assert_eq!(told["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert!(!told.to_string().contains("customer.example"), "{told}");
    assert_eq!(alone.seen()[1].event()["data"], json!({ "order": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_it_sent_to_themselves_in_the_name_of_another() {
    let (shop, ours, mine) = (Shop::open().await, Receiver::open().await, Receiver::open().await);
    let (all, other) = (shop.staff_all(), manager(&shop));
    let (id, _) = ask(&all, &ours.url, ORDER).await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert_eq!(ours.seen()[0].event()["data"]["order"]["number"], order.number);
    assert_eq!(bodies(&other, &id).await, [Value::Null], "nor does the log show it");
    done(&other, "webhookUpdate", json!({ "webhook": id, "name": "WMS", "types": ["order.*"] })).await;
    assert_eq!(asked(&other, &id).await["payloadAccount"], me(&all).await, "neither changes what it is sent, or where");
    done(&other, "webhookUpdate", json!({ "webhook": id, "url": mine.url })).await;
    assert_eq!(asked(&other, &id).await["payloadAccount"], me(&other).await);
    replay(&shop, &id).await;
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    assert_eq!(mine.seen().len(), 2);
    assert!(mine.seen().iter().all(|seen| seen.event()["data"] == json!({ "order": null })));
    done(&all, "webhookUpdate", json!({ "webhook": id, "payloadQuery": ORDER })).await;
    assert_eq!(asked(&all, &id).await["payloadAccount"], me(&all).await, "whoever writes it takes it over");
    replay(&shop, &id).await;
    assert_eq!(mine.seen()[2].event()["data"]["order"]["number"], order.number);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_of_another_tenant_are_not_found() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let theirs = shop.neighbour().order(&[("TEA", 1)]).await;
    let query = format!(
        "query ($id: ID!) {{ ours: order(by: {{ id: $id }}) {{ id }} theirs: order(by: {{ id: \"{0}\" }}) {{ id }} node(id: \"{0}\") {{ id }} \
         orders {{ totalCount }} }}",
        theirs.id
    );
    ask(&shop.staff_all(), &receiver.url, &query).await;
    let order = shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let wanted = json!({ "ours": { "id": order.id }, "theirs": null, "node": null, "orders": { "totalCount": 1 } });
    assert_eq!(receiver.seen()[0].event()["data"], wanted);
    let (id, _) = ask(&shop.staff_all(), NOWHERE, ORDER).await;
    let change = json!({ "webhook": id, "payloadQuery": "{ me { id } }" });
    let refused = act(&shop.neighbour().staff_all(), "webhookUpdate", change).await;
    assert_eq!(refused["userErrors"], json!([{ "code": "NOT_FOUND", "field": ["webhook"] }]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payload_that_cannot_be_made_is_our_fault_and_is_made_later() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) =
        ask(&shop.staff_all(), &receiver.url, "query ($id: ID!) { order(by: { id: $id }) { notes { text } } }").await;
    shop.order(&[("TEA", 1)]).await;
    shop.db_execute("ALTER TABLE order_note RENAME TO order_note_away").await;
    shop.work().await;
    let waiting = deliveries(&shop, json!({ "webhook": id })).await.remove(0);
    let attempt = &waiting["attempts"][0];
    assert_eq!((receiver.seen().len(), &waiting["state"], &attempt["status"]), (0, &json!("PENDING"), &Value::Null));
    assert_eq!(attempt["error"], "what was to be sent could not be made");
    let shown = super::receiver::webhook(&shop, &id).await;
    assert_eq!(shown["failures"], 0, "it is no fault of the webhook's");
    shop.db_execute("ALTER TABLE order_note_away RENAME TO order_note").await;
    shop.later(SOON);
    shop.work().await;
    assert_eq!(receiver.seen()[0].event()["data"], json!({ "order": { "notes": [] } }));
    assert_eq!(deliveries(&shop, json!({ "webhook": id })).await[0]["state"], "DELIVERED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_is_shaped_too_and_says_what_does_not_fit() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let staff = shop.staff_all();
    let (id, _) = ask(&staff, &receiver.url, "query ($id: ID!) { webhook(id: $id) { name } me { id } }").await;
    done(&staff, "webhookTest", json!({ "webhook": id })).await;
    shop.work().await;
    let told = receiver.seen()[0].event();
    let wanted = json!({ "webhook": { "name": "ERP" }, "me": { "id": me(&staff).await } });
    assert_eq!((&told["type"], &told["data"]), (&json!("webhook.tested"), &wanted));
    done(&staff, "webhookUpdate", json!({ "webhook": id, "payloadQuery": ORDER })).await;
    done(&staff, "webhookTest", json!({ "webhook": id })).await;
    shop.work().await;
    let told = receiver.seen()[1].event();
    assert_eq!((&told["data"]["order"], &told["errors"][0]["path"]), (&Value::Null, &json!(["order"])));
    assert_eq!(told["errors"][0]["extensions"]["code"], "INVALID_ID");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_knows_the_records_that_an_event_names() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let staff = shop.staff_all();
    let query = "query ($variant: ID!, $location: ID!) {
        stockLevels(filter: { variants: [$variant], locations: [$location] }) {
            nodes { variant { sku } location onHand } } }";
    let input = json!({ "name": "ERP", "url": receiver.url, "types": ["stock.*"], "payloadQuery": query });
    done(&staff, "webhookCreate", input).await;
    let received = line(&shop, "TEA", "dammam", json!({ "quantity": 3 })).await;
    changed(&staff, "stockReceive", json!({ "lines": [received] })).await;
    shop.work().await;
    let (on_hand, ..) = level(&shop, "TEA", "dammam").await;
    let node = json!({ "variant": { "sku": "TEA" }, "location": "dammam", "onHand": on_hand });
    assert_eq!(receiver.seen()[0].event()["data"], json!({ "stockLevels": { "nodes": [node] } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_is_forgotten_with_its_event() {
    let (shop, receiver) = (Shop::open().await, Receiver::open().await);
    let (id, _) = ask(&shop.staff_all(), &receiver.url, ORDER).await;
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    let kept = "UPDATE webhook_payload SET body = body";
    assert_eq!(shop.db_execute(kept).await, 1);
    shop.later(Duration::from_hours(31 * 24));
    shop.work().await;
    assert!(deliveries(&shop, json!({ "webhook": id })).await.is_empty());
    assert_eq!(shop.db_execute(kept).await, 0);
}
