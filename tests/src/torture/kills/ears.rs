//! Who hears of events all along: one who is told, and one who asks.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, extract::State, http::StatusCode};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::{
    broker::{Message, Reader},
    client::Client,
    torture::shopping::text,
};

/// How long who asks rests if there is nothing new, or no answer.
const REST: Duration = Duration::from_millis(100);

/// The queue that everything of the shop goes to.
pub(super) const QUEUE: &str = "all";

const FEED: &str = "query ($after: String) { events(after: $after, first: 100) { endCursor hasNextPage
    nodes { id type at schemaVersion sequence aggregate actor correlationId cause payload } } }";

/// Somebody outside who hears of every event.
#[derive(Debug)]
pub(super) struct Ear {
    heard: Arc<Mutex<Vec<String>>>,
    is_over: Arc<AtomicBool>,
    listening: JoinHandle<()>,
}

/// What somebody heard, event by event.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Ids, each where it was heard first.
    pub(super) ids: Vec<String>,
    pub(super) n_twice: usize,
    /// Duplicates that were not the same, and events that came before their turn.
    pub(super) wrong: Vec<String>,
}

impl Ear {
    /// A receiver of webhooks, and its address.
    pub(super) async fn of_webhook() -> (Self, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let router = Router::new().fallback(take).with_state(Arc::clone(&heard));
        let listening = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        (Self { heard, is_over: Arc::default(), listening }, url)
    }

    /// A reader of the feed, from its beginning, whatever becomes of the server meanwhile.
    pub(super) fn of_feed(reader: Client) -> Self {
        let (heard, is_over) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicBool>::default());
        let (said, over) = (Arc::clone(&heard), Arc::clone(&is_over));
        let listening = tokio::spawn(async move {
            let mut after = Value::Null;
            while !over.load(Ordering::SeqCst) {
                let Some(page) = page(&reader, &after).await else {
                    tokio::time::sleep(REST).await;
                    continue;
                };
                let events = page["nodes"].as_array().into_iter().flatten();
                said.lock().unwrap_or_else(PoisonError::into_inner).extend(events.map(Value::to_string));
                after = page["endCursor"].clone();
                if page["hasNextPage"] != true {
                    tokio::time::sleep(REST).await;
                }
            }
        });
        Self { heard, is_over, listening }
    }

    /// A reader of RabbitMQ's queue `all`, whatever becomes of RabbitMQ meanwhile.
    pub(super) fn of_queue(port: u16) -> Self {
        let (heard, is_over) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicBool>::default());
        let (said, over) = (Arc::clone(&heard), Arc::clone(&is_over));
        let listening = tokio::spawn(async move {
            while !over.load(Ordering::SeqCst) {
                // It ends when RabbitMQ does.
                let _ended = take_all(port, &said, &over).await;
                tokio::time::sleep(REST).await;
            }
        });
        Self { heard, is_over, listening }
    }

    /// How many messages came.
    pub(super) fn n_messages(&self) -> usize {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// What came up to now. Duplicates must be the same to the letter, and each record's events come in their order.
    pub(super) fn heard(&self, who: &str) -> Heard {
        let messages = self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (mut heard, mut seen, mut last) = (Heard::default(), BTreeMap::new(), BTreeMap::new());
        for message in messages {
            let event: Value = serde_json::from_str(&message).unwrap_or_default();
            let (id, aggregate) = (text(&event["id"]), text(&event["aggregate"]));
            let sequence = event["sequence"].as_i64().unwrap_or_default();
            if let Some(before) = seen.get(&id) {
                heard.n_twice += 1;
                if *before != message {
                    heard.wrong.push(format!("{who}: {id} was {before}, and then {message}"));
                }
                continue;
            }
            let before = last.insert(aggregate.clone(), sequence);
            if before.is_some_and(|before| before + 1 != sequence) {
                heard.wrong.push(format!("{who}: of {aggregate}, {sequence} came after {before:?}: {message}"));
            }
            heard.ids.push(id.clone());
            seen.insert(id, message);
        }
        heard
    }

    /// Nobody listens any more.
    pub(super) async fn close(self) {
        self.is_over.store(true, Ordering::SeqCst);
        self.listening.abort();
        // It was told to.
        let _ended = self.listening.await;
    }
}

/// A page of the feed, if there is an answer.
async fn page(reader: &Client, after: &Value) -> Option<Value> {
    let request = reader.request(reqwest::Method::POST, "/graphql").await;
    let body = json!({ "query": FEED, "variables": { "after": after } }).to_string();
    let answer = request.header("content-type", "application/json").body(body).send().await.ok()?;
    let mut answer: Value = serde_json::from_str(&answer.text().await.ok()?).ok()?;
    let page = answer["data"]["events"].take();
    (!page.is_null()).then_some(page)
}

async fn take(State(heard): State<Arc<Mutex<Vec<String>>>>, body: String) -> StatusCode {
    heard.lock().unwrap_or_else(PoisonError::into_inner).push(body);
    StatusCode::NO_CONTENT
}

/// Takes from a queue what comes, until the connection breaks. What was taken and not acknowledged comes again.
///
/// Once it is back, RabbitMQ hands out the next before it knows that who had the one before is gone. What comes again was
/// handed out before all that came on this connection, and that is its place.
async fn take_all(port: u16, heard: &Mutex<Vec<String>>, is_over: &AtomicBool) -> Result<(), amqprs::error::Error> {
    let reader = Reader::of(port).await?;
    let lock = || heard.lock().unwrap_or_else(PoisonError::into_inner);
    let mut n_before = lock().len();
    while !is_over.load(Ordering::SeqCst) {
        let keep = |message: Message| {
            if message.is_redelivered {
                lock().insert(n_before, message.body);
                n_before += 1;
            } else {
                lock().push(message.body);
            }
        };
        if !reader.take(QUEUE, keep).await? {
            tokio::time::sleep(REST).await;
        }
    }
    Ok(())
}
