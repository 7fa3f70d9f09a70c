//! WebSocket connections, as subscribers have them.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest, handshake::client::Request, http::HeaderValue},
};

use crate::client::Client;

/// A server that says nothing for so long fails its test.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection to `/graphql`.
#[derive(Debug)]
pub struct Socket {
    ws: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    /// Connects in this protocol, and says nothing yet.
    pub async fn connect(&self, protocol: Option<&'static str>) -> Socket {
        let (ws, _) = connect_async(self.upgrade(protocol)).await.expect("a connection");
        Socket { ws }
    }

    /// What asks for a connection in this protocol.
    pub(crate) fn upgrade(&self, protocol: Option<&'static str>) -> Request {
        let url = format!("{}/graphql", self.wire.url.replacen("http:", "ws:", 1));
        let mut request = url.into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(protocol));
        }
        request.headers_mut().insert("qafila-tenant", HeaderValue::from_static(self.tenant));
        request
    }

    /// Connects, introduces itself, and is known.
    pub async fn socket(&self) -> Socket {
        let mut socket = self.connect(Some("graphql-transport-ws")).await;
        let token = self.token().await.map(|token| format!("Bearer {token}"));
        let mut payload = json!({});
        if let Some(token) = token {
            payload["authorization"] = json!(token);
        }
        if let Some(channel) = self.channel() {
            payload["channel"] = json!(channel);
        }
        socket.send(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.next().await, json!({ "type": "connection_ack" }));
        socket
    }
}

impl Socket {
    /// Sends a message.
    pub async fn send(&mut self, message: &Value) {
        self.send_text(&message.to_string()).await;
    }

    /// Sends whatever it is.
    pub async fn send_text(&mut self, text: &str) {
        self.ws.send(Message::text(text)).await.expect("it is sent");
    }

    /// Asks for an operation. What is said before the server has begun with it is not told.
    pub async fn subscribe(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({ "query": query, "variables": variables });
        self.send(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// Waits until the server has read all that was sent: what is subscribed to is told from then on.
    pub async fn is_heard(&mut self) {
        self.send(&json!({ "type": "ping" })).await;
        assert_eq!(self.next().await, json!({ "type": "pong" }));
    }

    /// The next message.
    pub async fn next(&mut self) -> Value {
        loop {
            match self.message().await {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("not a message: {other:?}"),
            }
        }
    }

    /// The data of the next message, which is a response to this operation.
    pub async fn data(&mut self, id: &str) -> Value {
        let mut message = self.next().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("next"), &json!(id)), "{message:#}");
        assert_eq!(message["payload"].get("errors"), None, "{message:#}");
        message["payload"]["data"].take()
    }

    /// The codes of the next message, which ends this operation.
    pub async fn codes(&mut self, id: &str) -> Vec<String> {
        let message = self.next().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!(id)), "{message:#}");
        let errors = message["payload"].as_array().expect("errors");
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("none").to_owned()).collect()
    }

    /// The code with which the server closes.
    pub async fn closed(mut self) -> u16 {
        loop {
            match self.message().await {
                Message::Close(frame) => return frame.expect("a reason").code.into(),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("not closed: {other:?}"),
            }
        }
    }

    async fn message(&mut self) -> Message {
        let message = tokio::time::timeout(PATIENCE, self.ws.next()).await.expect("the server says something");
        message.expect("the connection stands").expect("a message")
    }
}
