//! The one place that talks to the outside.

use std::time::Duration;

use domain::payments::gateway::{HttpRequest, HttpResponse};
use store::Fault;

use crate::cx::Cx;

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long an answer may be, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Sends a request and reads the answer, whatever its status. Tries a second time if no connection was
/// made: then nothing was done yet.
///
/// Logs where to, the status and the time it took; never headers or bodies.
pub(crate) async fn send(cx: &Cx, request: HttpRequest) -> Result<HttpResponse, Fault> {
    let began = std::time::Instant::now();
    let mut answer = once(cx, &request).await;
    if answer.as_ref().is_err_and(reqwest::Error::is_connect) {
        answer = once(cx, &request).await;
    }
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

async fn once(cx: &Cx, request: &HttpRequest) -> Result<reqwest::Response, reqwest::Error> {
    let mut post = cx.app().http.post(&request.url).timeout(TIMEOUT).header("content-type", "application/json");
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
