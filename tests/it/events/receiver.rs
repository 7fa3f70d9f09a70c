//! Somebody outside who is told of events.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tests::{client::Client, shop::Shop, tenant::Tenant};
use tokio::{net::TcpListener, task::JoinHandle};

/// Where nobody listens, and where webhooks of the tests may be.
pub const NOWHERE: &str = "http://127.0.0.1:9/hook";

/// What the receiver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This status, with this body.
    Says(u16, String),
    /// A redirect to another path of its own.
    Moved,
    /// Nothing, for as long as anybody waits.
    Nothing,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The event.
    pub fn event(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// The event's name.
    pub fn kind(&self) -> String {
        self.event()["type"].as_str().unwrap().to_owned()
    }
}

#[derive(Debug)]
struct Shared {
    seen: Mutex<Vec<Seen>>,
    answer: Mutex<Answer>,
}

/// A server of its own, which keeps what it is told.
#[derive(Debug)]
pub struct Receiver {
    pub url: String,
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

impl Receiver {
    /// Listens on a free port, and answers with 204.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let answer = Mutex::new(Answer::Says(204, String::new()));
        let shared = Arc::new(Shared { seen: Mutex::default(), answer });
        let router = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, shared, serving }
    }

    /// What it answers from now on.
    pub fn answers(&self, answer: Answer) {
        *self.shared.answer.lock().unwrap() = answer;
    }

    /// From now on, this status.
    pub fn says(&self, status: u16) {
        self.answers(Answer::Says(status, String::new()));
    }

    /// What came, in order.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// The names of the events that came, in order.
    pub fn heard(&self) -> Vec<String> {
        self.seen().iter().map(Seen::kind).collect()
    }

    /// Forgets what came.
    pub fn forget(&self) {
        self.shared.seen.lock().unwrap().clear();
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn take(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8(body.to_vec()).unwrap();
    shared.seen.lock().unwrap().push(Seen { path: uri.path().to_owned(), headers, body });
    let answer = shared.answer.lock().unwrap().clone();
    match answer {
        Answer::Says(status, body) => (StatusCode::from_u16(status).unwrap(), body).into_response(),
        Answer::Moved => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/elsewhere")]).into_response(),
        Answer::Nothing => std::future::pending().await,
    }
}

/// Who sets webhooks up.
pub fn manager(tenant: &Tenant) -> Client {
    tenant.staff("WEBHOOK_MANAGE")
}

/// Runs one of the mutations of webhooks, and gives its payload.
pub async fn act(staff: &Client, name: &str, input: Value) -> Value {
    let kind = format!("W{}Input", &name[1..]);
    let shown = match name {
        "webhookCreate" | "webhookSecretRotate" => "webhook { id isEnabled version } secret",
        "webhookUpdate" => "webhook { id name url types isEnabled version }",
        "webhookDelete" => "deletedWebhook",
        _ => "delivery { id event state }",
    };
    let query =
        format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} userErrors {{ code field }} }} }}");
    staff.run(&query, json!({ "input": input })).await[name].take()
}

/// The same, which must be done.
pub async fn done(staff: &Client, name: &str, input: Value) -> Value {
    let payload = act(staff, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// Has a receiver told of these types; says the webhook's id and its secret.
pub async fn subscribe(tenant: &Tenant, url: &str, types: &[&str]) -> (String, String) {
    let input = json!({ "name": "ERP", "url": url, "types": types });
    let made = done(&manager(tenant), "webhookCreate", input).await;
    (text(&made["webhook"]["id"]), text(&made["secret"]))
}

/// A webhook that is off and leads nowhere, and what it is to be sent all the same; by their ids.
pub async fn quiet(shop: &Shop) -> (String, String) {
    let staff = manager(shop);
    let input = json!({ "name": "ERP", "url": NOWHERE, "isEnabled": false });
    let webhook = text(&done(&staff, "webhookCreate", input).await["webhook"]["id"]);
    let tried = done(&staff, "webhookTest", json!({ "webhook": webhook })).await;
    (webhook, text(&tried["delivery"]["id"]))
}

/// Deliveries, the newest first.
pub async fn deliveries(tenant: &Tenant, filter: Value) -> Vec<Value> {
    let query = "query ($filter: WebhookDeliveryFilter!) { webhookDeliveries(filter: $filter, page: { first: 100 }) {
        nodes { id event type state dueAt createdAt deliveredAt webhook { id }
        attempts { number url status response error durationMilliseconds at } } } }";
    let found = manager(tenant).run(query, json!({ "filter": filter })).await;
    found["webhookDeliveries"]["nodes"].as_array().unwrap().clone()
}

/// A webhook, as who sets them up sees it.
pub async fn webhook(tenant: &Tenant, id: &str) -> Value {
    let query = "query ($id: ID!) { webhook(id: $id) {
        id name url types isEnabled failures closedUntil previousSecretUntil version createdAt } }";
    manager(tenant).run(query, json!({ "id": id })).await["webhook"].take()
}

/// A text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}
