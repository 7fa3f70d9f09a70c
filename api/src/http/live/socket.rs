//! WebSocket connections: <https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md>.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use axum::{
    extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::{sync::mpsc, time::MissedTickBehavior};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::operation::{Listening, Opened, Operation, Told};
use crate::{
    graphql::code::ErrorCode,
    http::{Shared, admit, graphql::Asked, reply::Refused},
};

const PROTOCOL: &str = "graphql-transport-ws";

/// How long a client may take to introduce itself.
const INTRODUCTION: Duration = Duration::from_secs(5);

/// How often a client is asked whether it is there.
const PING: Duration = Duration::from_secs(20);

/// How long a client may take to receive a message, and how long it may be silent beyond a ping.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many messages wait for a client that is slow. Beyond, its subscriptions wait, and fall behind.
const WAITING: usize = 16;

/// What the client sends.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Sent {
    ConnectionInit { payload: Option<Map<String, Value>> },
    Ping { payload: Option<Value> },
    Pong,
    Subscribe { id: String, payload: Asked },
    Complete { id: String },
}

/// What a subscription has to say: to the operation of this id, if it is still the one of this number.
struct Said {
    id: String,
    number: u64,
    told: Told,
}

/// Why a connection ends.
struct Close(u16, &'static str);

impl Close {
    const GOING_AWAY: Self = Self(1001, "Going away");
    const INVALID: Self = Self(4400, "Invalid message");
    const UNAUTHORIZED: Self = Self(4401, "Unauthorized");
    const FORBIDDEN: Self = Self(4403, "Forbidden");
    const PROTOCOL: Self = Self(4406, "Subprotocol not acceptable");
    const LATE: Self = Self(4408, "Connection initialisation timeout");
    const SAME_ID: Self = Self(4409, "Subscriber already exists");
    const TWICE: Self = Self(4429, "Too many initialisation requests");
}

/// A connection.
struct Socket {
    shared: Shared,
    /// What the client said of itself, by headers and when it introduced itself.
    headers: HeaderMap,
    ws: WebSocket,
    is_known: bool,
    open: HashMap<String, (u64, DropGuard)>,
    n_opened: u64,
    say: mpsc::Sender<Said>,
}

/// Takes a connection.
pub(crate) fn upgrade(shared: Shared, mut headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    // Each operation is a request of its own.
    headers.remove("x-request-id");
    let max = shared.limits.body_bytes;
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(max).max_frame_size(max);
    upgrade.on_upgrade(move |ws| {
        let (tasks, (say, said)) = (shared.live.tasks.clone(), mpsc::channel(WAITING));
        let socket = Socket { shared, headers, ws, is_known: false, open: HashMap::new(), n_opened: 0, say };
        tasks.track_future(socket.run(said))
    })
}

impl Socket {
    async fn run(mut self, said: mpsc::Receiver<Said>) {
        if self.ws.protocol().is_none_or(|protocol| protocol.as_bytes() != PROTOCOL.as_bytes()) {
            return self.close(Close::PROTOCOL).await;
        }
        // A client that is gone needs no goodbye.
        if let Err(Some(why)) = self.talk(said).await {
            self.close(why).await;
        }
    }

    /// Talks until one of both ends it. `None`: the client is gone.
    async fn talk(&mut self, mut said: mpsc::Receiver<Said>) -> Result<(), Option<Close>> {
        let stop = self.shared.live.stop.clone();
        let mut ping = tokio::time::interval(PING);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut heard = Instant::now();
        let mut introduction = std::pin::pin!(tokio::time::sleep(INTRODUCTION));
        loop {
            tokio::select! {
                () = stop.cancelled() => return Err(Some(Close::GOING_AWAY)),
                () = &mut introduction, if !self.is_known => return Err(Some(Close::LATE)),
                message = self.ws.recv() => {
                    let message = message.ok_or(None)?.map_err(|_| None)?;
                    heard = Instant::now();
                    self.hear(message).await?;
                }
                Some(said) = said.recv() => self.tell(said).await?,
                _ = ping.tick() => {
                    if PING.saturating_add(PATIENCE) < heard.elapsed() {
                        return Err(None);
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    async fn hear(&mut self, message: Message) -> Result<(), Option<Close>> {
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(None),
            Message::Binary(_) => return Err(Some(Close::INVALID)),
        };
        match serde_json::from_str(text.as_str()).map_err(|_| Some(Close::INVALID))? {
            Sent::ConnectionInit { .. } if self.is_known => Err(Some(Close::TWICE)),
            Sent::ConnectionInit { payload } => self.introduce(payload.unwrap_or_default()).await,
            Sent::Ping { payload } => {
                let pong = payload.map_or(json!({ "type": "pong" }), |said| json!({ "type": "pong", "payload": said }));
                self.send_json(&pong).await
            }
            Sent::Pong => Ok(()),
            Sent::Subscribe { .. } if !self.is_known => Err(Some(Close::UNAUTHORIZED)),
            Sent::Subscribe { id, .. } if self.open.contains_key(&id) => Err(Some(Close::SAME_ID)),
            Sent::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Sent::Complete { id } => {
                self.open.remove(&id);
                Ok(())
            }
        }
    }

    /// Notes who the client says it is, and looks whether that is so.
    async fn introduce(&mut self, payload: Map<String, Value>) -> Result<(), Option<Close>> {
        for (name, value) in &payload {
            let name = name.to_ascii_lowercase();
            let name = match name.as_str() {
                "authorization" => HeaderName::from_static("authorization"),
                "channel" | "qafila-channel" => HeaderName::from_static("qafila-channel"),
                "language" | "qafila-language" => HeaderName::from_static("qafila-language"),
                "currency" | "qafila-currency" => HeaderName::from_static("qafila-currency"),
                "tenant" | "qafila-tenant" => HeaderName::from_static("qafila-tenant"),
                _ => continue,
            };
            let value = value.as_str().and_then(|text| HeaderValue::from_str(text).ok());
            self.headers.insert(name, value.ok_or(Some(Close::FORBIDDEN))?);
        }
        if admit::admit(&self.shared, &self.headers).await.is_err() {
            return Err(Some(Close::FORBIDDEN));
        }
        self.is_known = true;
        self.send_json(&json!({ "type": "connection_ack" })).await
    }

    /// Runs what is asked for. What can be answered at once is; a subscription is open before the next message is read.
    async fn subscribe(&mut self, id: String, asked: Asked) -> Result<(), Option<Close>> {
        let max = self.shared.live.per_connection;
        if max <= self.open.len() {
            let refused = Refused::new(admit::spoken(&self.headers), ErrorCode::SubscriptionLimitReached);
            return self.say(&id, &Told::Ends(refused.with("max", max).errors())).await;
        }
        let (shared, headers) = (self.shared.clone(), self.headers.clone());
        match (Operation { shared, headers, asked, over_get: None }).open().await {
            Opened::Refused(errors) => self.say(&id, &Told::Ends(errors)).await,
            Opened::Answered(response) => {
                self.say(&id, &Told::News(response)).await?;
                self.send_json(&json!({ "id": id, "type": "complete" })).await
            }
            Opened::Listens(listening) => {
                self.n_opened = self.n_opened.saturating_add(1);
                let (token, number) = (CancellationToken::new(), self.n_opened);
                let telling = relay(listening, self.say.clone(), id.clone(), number);
                let ends = token.clone();
                self.shared.live.tasks.spawn(async move { ends.run_until_cancelled(telling).await });
                self.open.insert(id, (number, token.drop_guard()));
                Ok(())
            }
        }
    }

    /// Passes on what a subscription has to say, unless the client wanted no more of it.
    async fn tell(&mut self, said: Said) -> Result<(), Option<Close>> {
        if self.open.get(&said.id).is_none_or(|(number, _)| *number != said.number) {
            return Ok(());
        }
        if matches!(said.told, Told::Ends(_)) {
            self.open.remove(&said.id);
        }
        self.say(&said.id, &said.told).await
    }

    async fn say(&mut self, id: &str, told: &Told) -> Result<(), Option<Close>> {
        let (kind, payload) = match told {
            Told::News(response) => ("next", response),
            Told::Ends(errors) => ("error", errors),
        };
        self.send_json(&json!({ "id": id, "type": kind, "payload": payload })).await
    }

    async fn send_json(&mut self, message: &Value) -> Result<(), Option<Close>> {
        self.send(Message::text(message.to_string())).await
    }

    /// Sends a message. A client that does not take it is given up.
    async fn send(&mut self, message: Message) -> Result<(), Option<Close>> {
        let sent = tokio::time::timeout(PATIENCE, self.ws.send(message)).await;
        sent.map_err(|_| None)?.map_err(|_| None)
    }

    async fn close(mut self, Close(code, reason): Close) {
        let frame = CloseFrame { code, reason: reason.into() };
        // Whether it hears of it or not, it is over.
        drop(self.send(Message::Close(Some(frame))).await);
    }
}

/// Hands on what a subscription is told, to its end.
async fn relay(mut listening: Box<Listening>, say: mpsc::Sender<Said>, id: String, number: u64) {
    loop {
        let told = listening.next().await;
        let ends = matches!(told, Told::Ends(_));
        if say.send(Said { id: id.clone(), number, told }).await.is_err() || ends {
            return;
        }
    }
}
