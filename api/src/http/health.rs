//! Whether the server is alive, and whether it can serve.

use axum::{extract::State, http::StatusCode};

use super::Shared;

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers and has its tables.
pub(crate) async fn ready(State(shared): State<Shared>) -> (StatusCode, &'static str) {
    if shared.app.db.platform().is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached or is not migrated\n")
    }
}
