//! The way to a server, and what everybody who uses it shares.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use serde_json::json;
use tokio::sync::Mutex;

use crate::client::{Client, PASSWORD};

/// What all clients of a server share.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) http: reqwest::Client,
    /// Where the server is, without a slash at the end.
    pub(crate) url: String,
    /// The server's clock: milliseconds since the epoch.
    pub(crate) clock: Arc<AtomicI64>,
    /// How long an access token is good for.
    pub(crate) access_token: Duration,
    /// By tenant and e-mail address.
    tokens: Mutex<HashMap<(&'static str, String), Held>>,
    keys: AtomicU64,
}

/// An access token, and the instant of the clock at which it ends.
#[derive(Debug)]
struct Held {
    token: String,
    until: i64,
}

impl Wire {
    pub(crate) fn to(url: String, clock: Arc<AtomicI64>, access_token: Duration) -> Arc<Self> {
        // A server that hangs fails its test.
        let patience = Duration::from_mins(1);
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().timeout(patience);
        let http = http.build().unwrap();
        Arc::new(Self { http, url, clock, access_token, tokens: Mutex::default(), keys: AtomicU64::new(1) })
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// An idempotency key that nobody has used here.
    pub(crate) fn key(&self) -> String {
        format!("key-{}", self.keys.fetch_add(1, Ordering::SeqCst))
    }

    /// A living access token of an account. Signs it in if there is none.
    pub(crate) async fn token(self: &Arc<Self>, tenant: &'static str, email: &str) -> String {
        let mut tokens = self.tokens.lock().await;
        let whose = (tenant, email.to_owned());
        if let Some(held) = tokens.get(&whose).filter(|held| self.now() < held.until) {
            return held.token.clone();
        }
        let query = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken userErrors { code } } }";
        let input = json!({ "input": { "email": email, "password": PASSWORD } });
        let nobody = Client::nobody(Arc::clone(self), tenant);
        let signed_in = Box::pin(nobody.done(query, input)).await;
        let token = signed_in["accessToken"].as_str().expect("a token").to_owned();
        let good_for = i64::try_from(self.access_token.as_millis()).unwrap();
        tokens.insert(whose, Held { token: token.clone(), until: self.now() + good_for });
        token
    }
}
