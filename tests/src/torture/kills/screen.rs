//! A screen that shows every order as it stands: told by WebSocket, and whenever it comes back, it first looks.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, task::JoinHandle};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::{
    client::Client,
    torture::{report::Report, shopping::text},
};

/// How long it rests before it connects again.
const REST: Duration = Duration::from_millis(100);

/// How long news may take to reach it.
const LATE: Duration = Duration::from_secs(30);

const ORDERS: &str = "query ($after: String) { orders(page: { first: 100, after: $after }) {
    pageInfo { hasNextPage endCursor } nodes { id version state } } }";
const CHANGES: &str = "subscription { orderChanged { order { id version state } } }";

type Stream = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What a screen shows: of each order its version and its state.
#[derive(Default)]
struct Shown {
    orders: Mutex<BTreeMap<String, (u64, String)>>,
    n_connected: AtomicUsize,
    n_told: AtomicUsize,
    is_over: AtomicBool,
}

/// A screen, whatever becomes of the server meanwhile.
pub(super) struct Screen {
    reader: Client,
    shown: Arc<Shown>,
    listening: JoinHandle<()>,
}

impl Screen {
    pub(super) fn of(reader: Client) -> Self {
        let (shown, client) = (Arc::<Shown>::default(), reader.clone());
        let showing = Arc::clone(&shown);
        let listening = tokio::spawn(async move {
            while !showing.is_over.load(Ordering::SeqCst) {
                // It ends when the server does.
                let _ended = show(&client, &showing).await;
                tokio::time::sleep(REST).await;
            }
        });
        Self { reader, shown, listening }
    }

    /// Compares what it shows with what is there. Says how often it was told, and how often it connected.
    pub(super) async fn compare(&self, report: &Report) -> (usize, usize) {
        let began = Instant::now();
        let wrong = loop {
            let wrong = self.wrong().await;
            if wrong.as_ref().is_some_and(Vec::is_empty) || LATE < began.elapsed() {
                break wrong;
            }
            tokio::time::sleep(REST).await;
        };
        match wrong {
            Some(wrong) => wrong.into_iter().for_each(|wrong| report.found(wrong)),
            None => report.found("a screen could not be compared: there was no answer"),
        }
        (self.shown.n_told.load(Ordering::SeqCst), self.shown.n_connected.load(Ordering::SeqCst))
    }

    /// Orders that it shows as they are not, if there is an answer.
    async fn wrong(&self) -> Option<Vec<String>> {
        let there = all(&self.reader).await?;
        let orders = self.shown.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let is_wrong = |order: &&Value| orders.get(&text(&order["id"])).is_none_or(|shown| shown.1 != order["state"]);
        let wrong = there.iter().filter(is_wrong);
        Some(wrong.map(|order| format!("a screen shows {:?} for {order}", orders.get(&text(&order["id"])))).collect())
    }

    pub(super) async fn close(self) {
        self.shown.is_over.store(true, Ordering::SeqCst);
        self.listening.abort();
        // It was told to.
        let _ended = self.listening.await;
    }
}

impl Shown {
    fn show(&self, order: &Value) {
        let (id, version) = (text(&order["id"]), order["version"].as_u64().unwrap_or_default());
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = orders.entry(id).or_default();
        // What it read may be newer than what it is told only now.
        if shown.0 <= version {
            *shown = (version, text(&order["state"]));
        }
    }
}

/// Subscribes; once that is heard, looks at what there is; and then shows what it is told, until the connection breaks.
async fn show(client: &Client, shown: &Shown) -> Option<()> {
    let (mut stream, _) = connect_async(client.upgrade(Some("graphql-transport-ws"))).await.ok()?;
    let token = client.token().await?;
    send(&mut stream, &json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } }))
        .await?;
    loop {
        let message = match stream.next().await?.ok()? {
            Message::Text(message) => message,
            Message::Ping(_) | Message::Pong(_) => continue,
            _ => return None,
        };
        let message: Value = serde_json::from_str(&message).ok()?;
        match message["type"].as_str()? {
            "connection_ack" => {
                let payload = json!({ "query": CHANGES });
                send(&mut stream, &json!({ "type": "subscribe", "id": "o", "payload": payload })).await?;
                send(&mut stream, &json!({ "type": "ping" })).await?;
            }
            "ping" => send(&mut stream, &json!({ "type": "pong" })).await?,
            "pong" => {
                all(client).await?.iter().for_each(|order| shown.show(order));
                shown.n_connected.fetch_add(1, Ordering::SeqCst);
            }
            "next" => {
                shown.show(&message["payload"]["data"]["orderChanged"]["order"]);
                shown.n_told.fetch_add(1, Ordering::SeqCst);
            }
            _ => return None,
        }
    }
}

async fn send(stream: &mut Stream, message: &Value) -> Option<()> {
    stream.send(Message::text(message.to_string())).await.ok()
}

/// Every order as it stands, if there is an answer.
async fn all(client: &Client) -> Option<Vec<Value>> {
    let (mut orders, mut after) = (Vec::new(), Value::Null);
    loop {
        let request = client.request(reqwest::Method::POST, "/graphql").await;
        let body = json!({ "query": ORDERS, "variables": { "after": after } }).to_string();
        let answer = request.header("content-type", "application/json").body(body).send().await.ok()?;
        let mut answer: Value = serde_json::from_str(&answer.text().await.ok()?).ok()?;
        let mut page = answer["data"]["orders"].take();
        let Value::Array(nodes) = page["nodes"].take() else { return None };
        orders.extend(nodes);
        if page["pageInfo"]["hasNextPage"] != true {
            return Some(orders);
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}
