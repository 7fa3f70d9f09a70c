//! Somebody who asks a server that may die before it answers.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use super::report::Report;
use crate::client::Client;

/// After how long a server that lives should have answered.
const PATIENCE: Duration = Duration::from_mins(2);

/// A client who takes no answer for an answer.
#[derive(Clone)]
pub(super) struct Caller<'r> {
    pub(super) client: Client,
    /// Whether the server is being killed: then it may leave questions open.
    pub(super) is_killed: &'r AtomicBool,
    /// How often anybody was told to come back later.
    pub(super) n_put_off: &'r AtomicUsize,
    pub(super) report: &'r Report,
}

/// No answer came. What was asked for may be done, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unanswered;

impl Caller<'_> {
    /// Runs an operation, and gives its data.
    pub(super) async fn ask(&self, query: &str, variables: Value) -> Result<Value, Unanswered> {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.request(Method::POST, "/graphql").await;
        let (status, text) = self.send(request.header("content-type", "application/json").body(body)).await?;
        let mut answer: Value = serde_json::from_str(&text).unwrap_or_default();
        if status == 200 && answer.get("errors").is_none() {
            return Ok(answer["data"].take());
        }
        // What the server stands on may be dead, too: then it can say no more than that.
        if !self.is_killed.load(Ordering::SeqCst) {
            self.report.found(format!("{query}\nwith {variables}\nwas answered with {status}: {text}"));
        }
        Err(Unanswered)
    }

    /// Runs a mutation of one field, and gives its payload.
    pub(super) async fn call(&self, query: &str, input: Value) -> Result<Value, Unanswered> {
        let data = self.ask(query, json!({ "input": input })).await?;
        Ok(data.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default())
    }

    /// Sends a request, and gives the status and the text of the answer, if all of it came. Who is told to come back
    /// later comes back then.
    pub(super) async fn send(&self, request: RequestBuilder) -> Result<(u16, String), Unanswered> {
        loop {
            let again = request.try_clone().expect("a body that can be sent again");
            let answer = async {
                let response = again.timeout(PATIENCE).send().await?;
                let (status, later) = (response.status().as_u16(), retry_after(&response));
                Ok::<_, reqwest::Error>((status, later, response.text().await?))
            };
            match answer.await {
                Ok((429 | 503, Some(later), _)) => {
                    self.n_put_off.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(later).await;
                }
                Ok((status, _, text)) => return Ok((status, text)),
                Err(error) => {
                    if !self.is_killed.load(Ordering::SeqCst) {
                        self.report.found(format!("a living server did not answer: {error:?}"));
                    }
                    return Err(Unanswered);
                }
            }
        }
    }
}

/// When to come back, if the answer says so.
fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}
