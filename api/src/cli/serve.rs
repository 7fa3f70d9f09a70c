//! `qafila serve`

use std::process::{ExitCode, Stdio};

use app::cx::Clock;
use tokio::{
    process::Command,
    signal::unix::{SignalKind, signal},
};

use super::{Failure, configure, demo, migrate, open, say};
use crate::{
    config::{Config, flags::ConfigFlags},
    server::{self, Server, Work},
};

/// The tenant of the demo shop.
const DEMO: &str = "demo";

/// Serves until it is told to stop.
pub(super) async fn serve(flags: ConfigFlags) -> Result<ExitCode, Failure> {
    let config = configure(flags)?;
    if migrate::is_sqlite(&config) {
        migrate::apply(&config).await?;
        fill_if_empty(&config).await?;
    } else {
        migrate::refuse_pending(&config).await?;
    }
    // From here on: whoever reads the greeting may stop it at once.
    let told_to_stop = stop_signal().map_err(Failure::new)?;
    let server = server::start(&config, Clock::System, Work::Background).await.map_err(Failure::new)?;
    greet(&server);
    told_to_stop.await;
    tracing::info!("stopping: requests in flight are finished");
    server.stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Fills an empty database with the demo shop. A process of its own does it: what the whole shop takes
/// in memory while it is loaded is not then held by the server for as long as it runs.
async fn fill_if_empty(config: &Config) -> Result<(), Failure> {
    if !config.demo || !is_empty(config).await? {
        return Ok(());
    }
    let seed = Command::new(std::env::current_exe().map_err(Failure::new)?)
        .args(["seed", "--tenant", DEMO, "--database-url", &config.database_url, "--data-dir"])
        .arg(&config.data_dir)
        .args(["--log", &config.log])
        .env("QAFILA_TOKEN_SECRET", config.token_secret.expose())
        .stdout(Stdio::null())
        .status();
    let status = seed.await.map_err(Failure::new)?;
    // One that a killed server left behind may have been first.
    if status.success() || !is_empty(config).await? {
        return Ok(());
    }
    Err(Failure::new("the demo shop could not be made; see above"))
}

async fn is_empty(config: &Config) -> Result<bool, Failure> {
    let app = open(config).await?;
    let is_empty = app::seed::is_empty(&app).await.map_err(Failure::new)?;
    app.db.clone().close().await.map_err(Failure::new)?;
    Ok(is_empty)
}

/// Prints where it is, who can sign in, and a line to try.
fn greet(server: &Server) {
    let url = format!("http://{}", server.address());
    say(&format!("Qafila serves on {url}\n  GraphQL   {url}/graphql\n  GraphiQL  {url}/"));
    if let Some((customer, staff)) = demo::sign_ins(&demo::folder()) {
        say(&format!("Demo sign-ins\n  customer  {}  {}", customer.email, customer.password));
        say(&format!("  staff     {}  {}", staff.email, staff.password));
    }
    let query =
        r#"{"query":"{ products(page: { first: 3 }) { nodes { name priceRange { lowest { formatted } } } } }"}"#;
    say(&format!(
        "Try\n  curl -s {url}/graphql -H 'Content-Type: application/json' -H 'Accept-Language: ar' -d '{query}'"
    ));
}

/// Ctrl-C, or the signal by which supervisors stop a process, heard of from the call on.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
