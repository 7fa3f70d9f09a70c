//! One attempt: a request, and what came of it.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use domain::events::address;
use integrations::standard_webhooks;

use super::guard::NotPermitted;
use crate::cx::Cx;

/// How long an attempt may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How much of an answer is kept, in bytes.
const KEPT: usize = 4096;

/// A request to a webhook.
#[derive(Clone)]
pub(super) struct Request {
    /// Where to.
    pub(super) url: String,
    /// The header [`ID`](standard_webhooks::ID).
    pub(super) id: String,
    /// The header [`TIMESTAMP`](standard_webhooks::TIMESTAMP).
    pub(super) at_seconds: i64,
    /// The header [`SIGNATURE`](standard_webhooks::SIGNATURE).
    pub(super) signature: String,
    /// The event.
    pub(super) body: String,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// The status of the answer, if one came.
    pub(super) status: Option<u16>,
    /// What the answer began with.
    pub(super) response: Option<String>,
    /// Why no answer came.
    pub(super) error: Option<&'static str>,
    /// How long it took.
    pub(super) elapsed: Duration,
}

impl Outcome {
    /// Nothing was sent, as nothing could be made to send: a fault of ours.
    pub(super) const fn unmade() -> Self {
        Self {
            status: None,
            response: None,
            error: Some("what was to be sent could not be made"),
            elapsed: Duration::ZERO,
        }
    }

    /// Whether the webhook took it.
    pub(super) fn is_taken(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the webhook says that it is gone for good.
    pub(super) fn is_gone(&self) -> bool {
        self.status == Some(410)
    }
}

/// Sends a request. Never fails: how it failed is an outcome.
pub(super) async fn send(cx: &Cx, request: &Request) -> Outcome {
    let began = Instant::now();
    let sent = tokio::time::timeout(TIMEOUT, attempt(cx, request)).await;
    let elapsed = began.elapsed();
    match sent {
        Ok(Ok((status, response))) => Outcome { status: Some(status), response: Some(response), error: None, elapsed },
        Ok(Err(error)) => Outcome { status: None, response: None, error: Some(error), elapsed },
        Err(_) => Outcome { status: None, response: None, error: Some("no answer in time"), elapsed },
    }
}

async fn attempt(cx: &Cx, request: &Request) -> Result<(u16, String), &'static str> {
    // What is named by number is resolved by nobody, and the operator may have changed the networks.
    let url = address::endpoint(&request.url, &cx.app().settings.webhook_networks);
    let url = url.map_err(|_| "the address may not be sent to")?;
    let post = cx
        .app()
        .webhooks
        .post(url)
        .header("content-type", "application/json")
        .header(standard_webhooks::ID, &request.id)
        .header(standard_webhooks::TIMESTAMP, request.at_seconds)
        .header(standard_webhooks::SIGNATURE, &request.signature)
        .body(request.body.clone());
    let mut answer = post.send().await.map_err(|error| reason(&error))?;
    let status = answer.status().as_u16();
    let mut kept = Vec::new();
    while kept.len() < KEPT {
        match answer.chunk().await {
            Ok(Some(chunk)) => kept.extend_from_slice(&chunk),
            // The status is the answer, whatever becomes of the rest.
            Ok(None) | Err(_) => break,
        }
    }
    kept.truncate(KEPT);
    // PostgreSQL stores no null bytes.
    Ok((status, String::from_utf8_lossy(&kept).replace('\0', "\u{FFFD}")))
}

/// Why no answer came, in words that bear no secret.
fn reason(error: &reqwest::Error) -> &'static str {
    let mut cause: Option<&dyn Error> = Some(error);
    while let Some(one) = cause {
        if one.is::<NotPermitted>() {
            return "the host leads to no address that events may be sent to";
        }
        cause = one.source();
    }
    if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection could be made"
    } else {
        "the connection broke"
    }
}
