//! Metrics for the operator, in the text form of Prometheus.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use prometheus::{HistogramOpts, HistogramVec, IntGauge, Registry, TextEncoder};

use super::Shared;

/// How long requests took, and what waits.
#[derive(Clone)]
pub struct Timings {
    requests: HistogramVec,
    waiting_events: IntGauge,
}

impl Timings {
    /// Timings in `registry`.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let options = HistogramOpts::new("qafila_http_request_seconds", "How long HTTP requests took");
        let requests = HistogramVec::new(options, &["route", "status"])?;
        let waiting_events = IntGauge::new("qafila_events_waiting", "Events in the outbox that are not delivered")?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(waiting_events.clone()))?;
        Ok(Self { requests, waiting_events })
    }
}

/// Everything that is counted.
pub(crate) async fn page(State(shared): State<Shared>) -> Response {
    if let Ok(waiting) = shared.app.db.platform().waiting_events().await {
        shared.timings.waiting_events.set(waiting);
    }
    let text = TextEncoder::new().encode_to_string(&shared.registry.gather()).unwrap_or_default();
    ([(header::CONTENT_TYPE, prometheus::TEXT_FORMAT)], text).into_response()
}

/// Times a request, by route and status.
pub(crate) async fn measure(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;
    let (status, elapsed) = (response.status(), begun.elapsed());
    shared.timings.requests.with_label_values(&[route.as_str(), status.as_str()]).observe(elapsed.as_secs_f64());
    tracing::debug!(%method, route, status = status.as_u16(), elapsed_ms = elapsed.as_millis(), "request");
    response
}
