//! RabbitMQ is told of everything, each record's events in their order, whatever becomes of it meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tests::{
    broker::{Broker, Message, Reader},
    shop::Shop,
};

use super::receiver::text;

/// What a queue holds, in its order. It is taken.
async fn take(reader: &Reader, queue: &str) -> Vec<Message> {
    let mut all = Vec::new();
    while reader.take(queue, |message| all.push(message)).await.unwrap() {}
    all
}

fn body(message: &Message) -> Value {
    serde_json::from_str(&message.body).unwrap()
}

fn id(message: &Message) -> String {
    message.properties.message_id().unwrap().clone()
}

/// Of each record the numbers of its events, as they came, without what came before.
fn assert_in_order(messages: &[Message]) -> usize {
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for message in messages.iter().filter(|message| seen.insert(id(message))) {
        let event = body(message);
        let sequence = event["sequence"].as_i64().unwrap();
        let before = last.insert(text(&event["aggregate"]), sequence).unwrap_or(0);
        assert_eq!(sequence, before + 1, "{event}");
    }
    seen.len()
}

/// The places that the feed has reached.
async fn reach(shop: &Shop) -> usize {
    let query = "{ auditEntries(page: { first: 1 }) { totalCount } }";
    let found = shop.staff("AUDIT_READ").run(query, json!({})).await;
    usize::try_from(found["auditEntries"]["totalCount"].as_u64().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn rabbitmq_is_told_of_everything_in_order_although_it_is_killed() {
    let mut broker = Broker::start(&["all", "orders"]).await;
    let url = broker.url();
    let shop = Shop::open_with(|flags| {
        flags.amqp_url = Some(url);
        flags.amqp_queues = Some("all: shop.#; orders: shop.order.*, *.payment.captured".to_owned());
    })
    .await;
    let replica = shop.replica().await;
    assert_eq!(reach(&shop).await, 1, "who reads has signed in, and that is an event too");
    let order = shop.order(&[("TEA", 1)]).await;
    shop.neighbour().order(&[("TEA", 1)]).await;
    shop.make(&["orderConfirm", "orderAllocate"], &order.id).await;
    // Two replicas publish at once; each event is sent by one of them.
    tokio::join!(shop.work(), replica.work());
    let reader = Reader::of(broker.port()).await.unwrap();
    let first = take(&reader, "all").await;
    assert_eq!(assert_in_order(&first), reach(&shop).await, "all of ours, and nothing of the neighbour's");
    assert_eq!(first.len(), reach(&shop).await, "each once");
    let orders = take(&reader, "orders").await;
    let keys: Vec<_> = orders.iter().map(|message| message.key.clone()).collect();
    assert_eq!(keys, ["shop.order.placed", "shop.order.confirmed", "shop.order.allocated"]);
    let (placed, properties) = (body(&orders[0]), &orders[0].properties);
    assert_eq!((placed["id"].as_str().unwrap(), &placed["type"]), (id(&orders[0]).as_str(), &json!("order.placed")));
    assert_eq!((&placed["aggregate"], &placed["data"]["number"]), (&json!(order.id), &json!(order.number)));
    assert_eq!(properties.content_type().unwrap(), "application/json");
    assert_eq!(properties.delivery_mode(), Some(2), "it survives a restart");
    assert!(properties.headers().unwrap().get(&"sequence".try_into().unwrap()).is_some());
    assert_eq!(shop.metric("qafila_amqp_events_waiting").await, 0);

    broker.kill();
    let before = reach(&shop).await;
    shop.make(&["orderShip", "orderDeliver"], &order.id).await;
    let next = shop.order(&[("CUP", 1)]).await;
    shop.work().await;
    let n_new = reach(&shop).await - before;
    assert_eq!(shop.metric("qafila_amqp_events_waiting").await, u64::try_from(n_new).unwrap(), "the shop went on");
    broker.start_again().await;
    shop.make(&["orderConfirm"], &next.id).await;
    // It answers before it has all of its queues again: until then, events go on waiting.
    let began = Instant::now();
    shop.work().await;
    while shop.metric("qafila_amqp_events_waiting").await != 0 {
        assert!(began.elapsed() < Duration::from_mins(2), "RabbitMQ is back, and is not told");
        shop.work().await;
    }
    let reader = Reader::of(broker.port()).await.unwrap();
    let second = take(&reader, "all").await;
    let all: Vec<_> = first.into_iter().chain(second).collect();
    assert_eq!(assert_in_order(&all), reach(&shop).await, "nothing is lost");
    assert_eq!(shop.metric("qafila_amqp_events_waiting").await, 0);

    // What was sent and not noted as confirmed is sent again, with the same id.
    shop.db_execute("UPDATE amqp_head SET confirmed = confirmed - 2 WHERE 2 < confirmed").await;
    shop.work().await;
    let again = take(&reader, "all").await;
    let known: Vec<_> = all.iter().map(id).collect();
    assert!(again.len() == 2 && again.iter().all(|message| known.contains(&id(message))), "{}", again.len());

    // No queue is bound to the neighbour: that is seen, and nothing waits for it.
    let before = shop.metric("qafila_amqp_events_unrouted").await;
    shop.neighbour().order(&[("TEA", 1)]).await;
    shop.work().await;
    assert!(before < shop.metric("qafila_amqp_events_unrouted").await, "no queue took the neighbour's events");
    assert_eq!(shop.metric("qafila_amqp_events_waiting").await, 0);
    replica.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_rabbitmq_has_not_confirmed_is_kept_twice_as_long_and_then_given_up() {
    let nowhere = "amqp://guest:guest@127.0.0.1:9/%2f".to_owned();
    let shop = Shop::open_with(|flags| flags.amqp_url = Some(nowhere)).await;
    let days = |n: u64| Duration::from_hours(24 * n);
    let query = "{ events(types: [\"order.placed\"]) { nodes { id } } }";
    let kept =
        async || shop.staff("EVENT_READ").run(query, json!({})).await["events"]["nodes"].as_array().unwrap().len();
    shop.order(&[("TEA", 1)]).await;
    shop.work().await;
    shop.later(days(31));
    shop.work().await;
    assert_eq!(kept().await, 1, "RabbitMQ was not told");
    shop.later(days(30));
    shop.work().await;
    assert_eq!(kept().await, 0);
}
