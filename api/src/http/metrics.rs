//! Metrics for the operator, in the text form of Prometheus.

use std::{sync::atomic::Ordering, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use prometheus::{HistogramOpts, HistogramVec, IntGauge, Registry, TextEncoder};

use app::live::Live;
use store::Backlog;

use super::Shared;

/// How long requests took, and what waits.
#[derive(Clone)]
pub struct Timings {
    requests: HistogramVec,
    waiting_events: IntGauge,
    oldest_event: IntGauge,
    waiting_deliveries: IntGauge,
    oldest_delivery: IntGauge,
    dead_deliveries: IntGauge,
    subscriptions: IntGauge,
    lagged_subscriptions: IntGauge,
    waiting_for_amqp: IntGauge,
    unrouted_by_amqp: IntGauge,
}

impl Timings {
    /// Timings in `registry`.
    pub fn register(registry: &Registry) -> Result<Self, prometheus::Error> {
        let options = HistogramOpts::new("qafila_http_request_seconds", "How long HTTP requests took");
        let requests = HistogramVec::new(options, &["route", "status"])?;
        registry.register(Box::new(requests.clone()))?;
        let gauge = |name, help| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok::<_, prometheus::Error>(gauge)
        };
        Ok(Self {
            requests,
            waiting_events: gauge("qafila_events_waiting", "Events in the outbox that are not delivered")?,
            oldest_event: gauge("qafila_events_oldest_seconds", "Age of the oldest of them")?,
            waiting_deliveries: gauge("qafila_webhook_deliveries_waiting", "Deliveries to webhooks to be sent")?,
            oldest_delivery: gauge("qafila_webhook_deliveries_oldest_seconds", "Age of the oldest of them")?,
            dead_deliveries: gauge("qafila_webhook_deliveries_dead", "Deliveries to webhooks that were given up")?,
            subscriptions: gauge("qafila_subscriptions", "Subscriptions that are open")?,
            lagged_subscriptions: gauge("qafila_subscriptions_lagged", "Subscriptions ended as their client was slow")?,
            waiting_for_amqp: gauge("qafila_amqp_events_waiting", "Events that RabbitMQ has not confirmed")?,
            unrouted_by_amqp: gauge("qafila_amqp_events_unrouted", "Events that no queue of RabbitMQ took")?,
        })
    }

    fn set_live(&self, live: &Live) {
        self.subscriptions.set(i64::try_from(live.listeners()).unwrap_or(i64::MAX));
        self.lagged_subscriptions.set(i64::try_from(live.lagged()).unwrap_or(i64::MAX));
    }

    fn set(&self, backlog: &Backlog, now: domain::time::Instant) {
        let age = |since: Option<domain::time::Instant>| {
            since.map_or(0, |since| now.millis().saturating_sub(since.millis()).div_euclid(1000).max(0))
        };
        self.waiting_events.set(backlog.events);
        self.oldest_event.set(age(backlog.oldest_event));
        self.waiting_deliveries.set(backlog.deliveries);
        self.oldest_delivery.set(age(backlog.oldest_delivery));
        self.dead_deliveries.set(backlog.dead_deliveries);
    }
}

/// Everything that is counted.
pub(crate) async fn page(State(shared): State<Shared>) -> Response {
    if let Ok(backlog) = shared.app.db.platform().backlog().await {
        shared.timings.set(&backlog, shared.app.clock.now());
    }
    if let Some(amqp) = &shared.app.settings.amqp {
        let n_unrouted = amqp.n_unrouted.load(Ordering::Relaxed);
        shared.timings.unrouted_by_amqp.set(i64::try_from(n_unrouted).unwrap_or(i64::MAX));
        if let Ok(n) = shared.app.db.platform().n_unpublished().await {
            shared.timings.waiting_for_amqp.set(n);
        }
    }
    shared.timings.set_live(&shared.live.live);
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
