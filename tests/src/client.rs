//! Clients, as people: somebody in a tenant, in a channel, with a language.

use std::{fmt, sync::Arc};

use reqwest::{
    Method, RequestBuilder,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::{Value, json};

use crate::wire::Wire;

/// The password of every account of the fixture.
pub const PASSWORD: &str = "qafila-test-2026";

/// Somebody who sends requests to one tenant. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    pub(crate) wire: Arc<Wire>,
    pub(crate) tenant: &'static str,
    who: Who,
    headers: HeaderMap,
}

#[derive(Clone)]
enum Who {
    Nobody,
    /// Signed in by e-mail address, when the first request is sent and again when the token has ended.
    Account(String),
    /// With this token, whatever it is.
    Bearer(String),
}

/// What the server sent.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body: JSON, or a string if it is something else.
    pub body: Value,
}

impl Client {
    pub(crate) fn nobody(wire: Arc<Wire>, tenant: &'static str) -> Self {
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static("qafila-tenant"), HeaderValue::from_static(tenant))]);
        Self { wire, tenant, who: Who::Nobody, headers }
    }

    /// The same, signed in as the account of this e-mail address.
    #[must_use]
    pub fn signed_in_as(mut self, email: &str) -> Self {
        self.who = Who::Account(email.to_owned());
        self
    }

    /// The same with this access token.
    #[must_use]
    pub fn bearing(mut self, token: &str) -> Self {
        self.who = Who::Bearer(token.to_owned());
        self
    }

    /// The same in this language, by `Qafila-Language`. Without one it is the channel's first: Arabic.
    #[must_use]
    pub fn in_language(self, tag: &str) -> Self {
        self.with_header("qafila-language", tag)
    }

    /// The same in this channel, by `Qafila-Channel`. Without one it is the shop's first: `web-sa`.
    #[must_use]
    pub fn in_channel(self, code: &str) -> Self {
        self.with_header("qafila-channel", code)
    }

    /// The same with this header, instead of any of its name.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
        self
    }

    /// The same without this header, such as `qafila-tenant`.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// The access token, if it is somebody.
    pub async fn token(&self) -> Option<String> {
        match &self.who {
            Who::Nobody => None,
            Who::Account(email) => Some(self.wire.token(self.tenant, email).await),
            Who::Bearer(token) => Some(token.clone()),
        }
    }

    /// An idempotency key that nobody has used in this test.
    pub fn key(&self) -> String {
        self.wire.key()
    }

    /// Runs an operation and gives its data. Panics if there are top-level errors.
    pub async fn run(&self, query: &str, variables: Value) -> Value {
        let mut reply = self.try_run(query, variables).await;
        assert!(reply.body.get("errors").is_none(), "{query}\nwas answered with errors: {reply}");
        reply.body["data"].take()
    }

    /// Runs a mutation of one field and gives its payload. Panics if it was refused; the query must ask for
    /// `userErrors`.
    pub async fn done(&self, query: &str, variables: Value) -> Value {
        let data = self.run(query, variables).await;
        let payload = data.as_object().and_then(|fields| fields.values().next()).cloned().expect("a payload");
        let errors = payload["userErrors"].as_array().unwrap_or_else(|| panic!("{query}\ndoes not ask for userErrors"));
        assert!(errors.is_empty(), "{query}\nwas refused: {payload:#}");
        payload
    }

    /// Runs an operation and gives whatever comes.
    pub async fn try_run(&self, query: &str, variables: Value) -> Reply {
        self.post(json!({ "query": query, "variables": variables }).to_string()).await
    }

    /// Sends a body to `/graphql`, as it is.
    pub async fn post(&self, body: impl Into<Vec<u8>>) -> Reply {
        self.post_to("/graphql", "application/json", body).await
    }

    /// Sends a body to a path, as it is.
    pub async fn post_to(&self, path: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
        let request = self.request(Method::POST, path).await;
        Reply::to(request.header("content-type", content_type).body(body.into())).await
    }

    /// Gets a path, with its query.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::GET, path).await).await
    }

    /// A whole number of `/metrics`.
    pub async fn metric(&self, name: &str) -> u64 {
        let page = self.get("/metrics").await.body;
        let page = page.as_str().expect("a page of metrics");
        let value = page.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        value.unwrap_or_else(|| panic!("no {name} in\n{page}"))
    }

    /// A request to a path, with the client's headers; for what the methods above do not do.
    pub async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.wire.http.request(method, format!("{}{path}", self.wire.url)).headers(self.headers.clone());
        match self.token().await {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// The channel it is in, if it says so.
    pub(crate) fn channel(&self) -> Option<&str> {
        self.headers.get("qafila-channel").and_then(|code| code.to_str().ok())
    }
}

impl Reply {
    /// The answer to a request.
    pub async fn to(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body in UTF-8");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The codes of the top-level errors.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("without a code")).collect()
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:#}", self.status, self.body)
    }
}

/// The codes of a payload's `userErrors`.
pub fn codes(payload: &Value) -> Vec<&str> {
    let errors = payload["userErrors"].as_array().expect("a payload with userErrors");
    errors.iter().map(|error| error["code"].as_str().unwrap_or("without a code")).collect()
}
