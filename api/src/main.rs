//! `qafila`: the server and its tools.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    // On a worker's stack, which requests use as well: the main thread would keep for itself what the start needs once.
    tokio::spawn(api::cli::run()).await.unwrap_or(ExitCode::FAILURE)
}
