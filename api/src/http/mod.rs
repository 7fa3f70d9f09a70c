//! HTTP: what is answered where.

mod admit;
mod batch;
mod examples;
mod export;
pub mod gate;
mod gateway;
mod graphiql;
mod graphql;
mod health;
pub mod live;
mod metrics;
pub mod nesting;
mod reply;
pub mod shape;
mod walk;

use std::{sync::Arc, time::Duration};

use app::cx::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
pub use live::Connections;
pub use metrics::Timings;
use prometheus::Registry;
use tokio::sync::Semaphore;
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer};

use crate::schema::Schema;

/// What one request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of a body.
    pub body_bytes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Fields, weighed.
    pub complexity: usize,
    /// Aliases of a query.
    pub aliases: usize,
    /// How long it may take.
    pub time: Duration,
    /// How many may be under way at once.
    pub at_once: usize,
}

/// What every handler shares.
#[derive(Clone)]
pub struct Shared {
    /// The application.
    pub app: Arc<App>,
    /// The schema.
    pub schema: Schema,
    /// The operator's metrics.
    pub registry: Registry,
    /// How long requests took.
    pub timings: Timings,
    /// What one request may cost.
    pub limits: Limits,
    /// A place for each request that may be under way.
    pub room: Arc<Semaphore>,
    /// Who is connected.
    pub live: Connections,
}

/// Everything that is answered.
pub fn router(shared: Shared) -> Router {
    let limit = DefaultBodyLimit::max(shared.limits.body_bytes);
    Router::new()
        .route("/", get(graphiql::page))
        .route("/graphql", get(graphql::get).post(graphql::post).fallback(graphql::other_method))
        .route("/export/orders", get(export::orders))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::page))
        .route("/webhooks/cards/{tenant}", post(gateway::notice))
        .route("/simulator/v1/{*path}", post(gateway::simulator))
        .route("/simulator/challenge/{tenant}/{charge}", get(gateway::challenge).post(gateway::answer))
        .layer(limit)
        .layer(CorsLayer::permissive())
        .layer(CatchPanicLayer::custom(reply::panicked))
        .layer(middleware::from_fn_with_state(shared.clone(), metrics::measure))
        .layer(middleware::from_fn(admit::identify))
        .with_state(shared)
}
