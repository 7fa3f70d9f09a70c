//! The one place that asks the outside something and waits for the answer.

use std::time::Duration;

use domain::{
    events::address,
    outside::{HttpRequest, HttpResponse},
};
use store::Fault;

use crate::cx::Cx;

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long an answer may take that a reader waits for.
const TIMEOUT_OF_READER: Duration = Duration::from_secs(3);

/// How long an answer may be, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Sends a request and reads the answer, whatever its status. Tries a second time if no connection was
/// made: then nothing was done yet.
///
/// Logs where to, the status and the time it took; never headers or bodies.
pub(crate) async fn send(cx: &Cx, request: HttpRequest) -> Result<HttpResponse, Fault> {
    let began = std::time::Instant::now();
    let post = || once(&cx.app().http, &request, TIMEOUT);
    let mut answer = post().await;
    if answer.as_ref().is_err_and(reqwest::Error::is_connect) {
        answer = post().await;
    }
    read(cx, &request, (began, answer)).await
}

/// The same to an address that staff named, once: it leads to nowhere inside, and nobody waits long for it.
pub(crate) async fn send_where_staff_said(cx: &Cx, request: HttpRequest) -> Result<HttpResponse, Fault> {
    // What is named by number is resolved by nobody, and the operator may have changed the networks.
    let url = address::endpoint(&request.url, &cx.app().settings.webhook_networks);
    url.map_err(|_| Fault::new("the address may not be sent to"))?;
    let began = std::time::Instant::now();
    let answer = once(&cx.app().webhooks, &request, TIMEOUT_OF_READER).await;
    read(cx, &request, (began, answer)).await
}

/// Reads what was answered, and logs that something was asked.
async fn read(
    cx: &Cx,
    request: &HttpRequest,
    (began, answer): (std::time::Instant, Result<reqwest::Response, reqwest::Error>),
) -> Result<HttpResponse, Fault> {
    let host = reqwest::Url::parse(&request.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_default();
    let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let request_id = cx.request_id();
    match answer {
        Ok(answer) => {
            let status = answer.status().as_u16();
            tracing::info!(method = "POST", host, status, elapsed_ms, request_id, "asked the outside");
            Ok(HttpResponse { status, body: body(answer).await? })
        }
        Err(error) => {
            // The address of a request can bear secrets.
            let error = error.without_url();
            tracing::info!(method = "POST", host, status = 0, elapsed_ms, request_id, "asked the outside in vain");
            Err(Fault::new(error))
        }
    }
}

async fn once(
    client: &reqwest::Client,
    request: &HttpRequest,
    timeout: Duration,
) -> Result<reqwest::Response, reqwest::Error> {
    let mut post = client.post(&request.url).timeout(timeout).header("content-type", "application/json");
    for (name, value) in &request.headers {
        post = post.header(*name, value);
    }
    post.body(request.body.clone()).send().await
}

async fn body(mut answer: reqwest::Response) -> Result<String, Fault> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| Fault::new(error.without_url()))? {
        if MAX_ANSWER < body.len().saturating_add(chunk.len()) {
            return Err(Fault::new("an answer from outside is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    String::from_utf8(body).map_err(Fault::new)
}
